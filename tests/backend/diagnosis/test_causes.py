from backend.diagnosis.causes import EXPLAINED, LIMITED, NEAR_LIMIT, Cause, Limit
from backend.diagnosis.quantities import Quantity
from backend.fields import Field
from backend.measures import Of

VDA = Limit(Field.DRIVE_READ_IOPS, "vda", 100.0)


def test_a_cause_that_explains_another_stands_before_it() -> None:
    order = list(Cause)
    for cause, why in EXPLAINED.items():
        assert all(order.index(one) < order.index(cause) for one in why)


def test_a_limit_is_reached_shortly_before_it() -> None:
    rule = Cause.DISK_LIMIT.rule_for((VDA,), "vda")
    assert rule is not None
    first = next(rule.signs())
    assert (first.quantity, first.limit) == (Quantity.READS, 100.0)
    assert first.bound == NEAR_LIMIT * 100.0


def test_limits_count_where_they_were_set() -> None:
    assert Cause.DISK_LIMIT.rule_for((VDA,), "vdb") is None
    assert Cause.NETWORK_LIMIT.rule_for((VDA,), "vda") is None
    assert Cause.DISK_LIMIT.rule_for((Limit(Field.DRIVE_READ_IOPS, "vda", 0.0),), "vda") is None
    quota = Limit(Field.PROCESSOR_QUOTA_US, "", 0.5)
    assert Cause.CPU_LIMIT.rule_for((quota,), "3") is not None, "it is that of each processor"


def test_each_limit_is_of_a_kind_of_device_that_a_cause_looks_at() -> None:
    looked_at = {cause.of for cause in Cause if cause.rule is None}
    assert {quantity.of for quantity in LIMITED.values()} == looked_at
    assert looked_at == {Of.PROCESSOR, Of.DRIVE, Of.ADAPTER}
