from dataclasses import replace

from backend.diagnosis.causes import Cause, Limit
from backend.diagnosis.examine import Diagnosis, Evidence, Finding
from backend.diagnosis.quantities import Quantity
from backend.fields import Field
from backend.measures import Measure, Unit
from backend.model import DomainState
from console.snapins.machines.why import evidence
from tests.fakes.diagnoses import BUSY, MIB, WRITING, judged
from tests.fakes.machines import domain

WEB = domain("web-01", DomainState.RUNNING)


def of(diagnosis: Diagnosis, cause: Cause) -> Finding:
    return next(one for one in diagnosis.findings if one.cause is cause)


def test_each_figure_has_its_unit() -> None:
    assert evidence.figure(Unit.SHARE, 0.484) == "48 %"
    assert evidence.figure(Unit.BYTES_PER_S, 2 * MIB) == "2 MiB/s"
    assert evidence.figure(Unit.SECONDS, 0.0123) == "12.3 ms"
    assert evidence.figure(Unit.SECONDS, 2.5) == "2.5 s"
    assert evidence.figure(Unit.PER_S, 120.0) == "120"


def test_what_was_found_tells_what_is_too_much_and_what_stands_beside() -> None:
    told = evidence.sentence(of(judged(BUSY), Cause.CPU_CONTENTION), WEB)
    assert told.startswith("Waits 48 % of the time for a processor of the server (too much from 10")
    assert "the server's processors are busy 100 %" in told
    assert "60 %" in told


def test_a_limit_is_told_with_what_there_is_of_it() -> None:
    limit = Limit(Field.DRIVE_TOTAL_BYTES_S, "vda", 2.0 * MIB)
    finding = of(judged(WRITING, limits=(limit,)), Cause.DISK_LIMIT)
    told = evidence.sentence(finding, WEB)
    assert told.startswith(
        "Reads and writes 2 MiB/s of 2 MiB/s allowed, operations that wait at once: 4"
    )
    assert "takes 0" not in told, "of what there was nothing of, nothing is told"
    measured = evidence.main(finding)
    assert measured
    assert measured.quantity is Quantity.DISK_BYTES


def test_what_was_not_found_tells_what_came_nearest() -> None:
    some = {(Measure.DISK_WRITE_LATENCY, "vda"): 0.03, (Measure.DISK_WRITES, "vda"): 9.0}
    told = evidence.sentence(of(judged(some), Cause.DISK_SLOW), WEB)
    assert told == "At most: a write takes 30 ms (too much from 50 ms)"
    balloon = evidence.sentence(of(judged(), Cause.BALLOON), WEB)
    assert balloon == "At most: the balloon has 0 % of its memory (too much from 5 %)"


def test_what_is_just_less_than_its_bound_does_not_read_as_that() -> None:
    clear = of(judged(), Cause.CPU_CONTENTION).evidence[0]
    assert "waits 9.9 % of the time" in evidence.phrase(replace(clear, value=0.0996))
    assert "waits 10 % of the time" in evidence.phrase(replace(clear, value=0.1))
    assert "waits 9 % of the time" in evidence.phrase(replace(clear, value=0.09))


def test_what_was_too_much_and_not_for_long_says_for_how_long() -> None:
    clear = of(judged(), Cause.CPU_CONTENTION)
    (first, *others) = clear.evidence
    short = replace(clear, held_s=20.0, evidence=(replace(first, value=0.48), *others))
    told = evidence.sentence(short, WEB)
    assert told == (
        "For 20 s only: waits 48 % of the time for a processor of the server (too much from 10 %)"
    )


def test_devices_of_which_the_same_is_so_are_named() -> None:
    both = {**BUSY, (Measure.VCPU_DELAY, "1"): 0.12}
    assert "the same at processor 1" in evidence.sentence(judged(both).found[0], WEB)


def test_a_curve_has_room_for_what_is_too_much() -> None:
    small = Evidence(Quantity.VCPU_DELAY, 0.01, 0.1, row=(0.01, None, 0.02))
    assert evidence.trend(small) == (0.08, 0.16)
    assert evidence.trend(replace(small, row=(0.5, 1.0))) == (0.5, 1.0)
    assert evidence.trend(replace(small, bound=None, row=(0.0, 0.0))) == ()


def test_each_quantity_has_words() -> None:
    for quantity in Quantity:
        assert "1" in evidence.phrase(Evidence(quantity, 1.0))
