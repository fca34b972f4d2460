from backend.objections import ChangedElsewhere, SizeTooSmall
from console.sdk.wording import sentence


def test_what_somebody_else_changed_is_named() -> None:
    told = sentence(ChangedElsewhere(before="lan", now="dmz").problem)
    assert "lan" in told
    assert "dmz" in told


def test_a_size_is_told_in_its_unit() -> None:
    assert "1 MiB" in sentence(SizeTooSmall(minimum_bytes=2**20).problem)
