from backend.diagnosis.causes import Cause, Limit
from backend.diagnosis.examine import Diagnosis, Finding, Outcome, Weight, examine, places
from backend.diagnosis.quantities import Quantity
from backend.fields import Field
from backend.measures import Measure, Of
from backend.series import Course, Point, Series
from tests.fakes.diagnoses import (
    BUSY,
    DEVICES,
    GIB,
    HUNGRY,
    IDLE,
    MIB,
    NIC,
    REF,
    SINCE,
    STEP,
    UNTIL,
    WRITING,
    course,
    judged,
)

M = Measure


def of(diagnosis: Diagnosis, cause: Cause) -> Finding:
    return next(one for one in diagnosis.findings if one.cause is cause)


def found(diagnosis: Diagnosis) -> list[Cause]:
    return [one.cause for one in diagnosis.found]


def test_nothing_holds_up_an_idle_machine() -> None:
    diagnosis = judged()
    assert not diagnosis.found
    assert not diagnosis.unknown
    assert diagnosis.is_enough
    assert {one.cause for one in diagnosis.findings} == set(Cause), "each is told once"
    delay = of(diagnosis, Cause.CPU_CONTENTION)
    assert delay.outcome is Outcome.CLEAR
    assert delay.evidence[0].value == 0.005, "what was not so tells how much it was"
    assert of(diagnosis, Cause.DISK_LIMIT).outcome is Outcome.UNSET


def test_who_waits_for_processors_is_held_up_by_the_host() -> None:
    diagnosis = judged(BUSY)
    assert found(diagnosis) == [Cause.CPU_CONTENTION]
    first = diagnosis.found[0]
    assert (first.device, first.weight) == ("0", Weight.LIKELY)
    assert first.held_s == 300.0
    told = {one.quantity: one.value for one in first.evidence}
    assert round(told[Quantity.VCPU_DELAY] or 0, 2) == 0.48
    assert told[Quantity.HOST_CPU] == 1.0


def test_a_quota_explains_that_its_processor_waits() -> None:
    quota = Limit(Field.PROCESSOR_QUOTA_US, "", 0.5)
    diagnosis = judged(BUSY, limits=(quota,))
    assert found(diagnosis) == [Cause.CPU_LIMIT]
    assert of(diagnosis, Cause.CPU_CONTENTION).explained_by is Cause.CPU_LIMIT


def test_memory_that_the_balloon_took_is_not_a_guest_too_small() -> None:
    assert found(judged(HUNGRY)) == [Cause.BALLOON]
    grown = {**HUNGRY, (M.MEMORY_MAXIMUM, ""): 0.4 * GIB}
    assert found(judged(grown)) == [Cause.GUEST_MEMORY]
    unneeded = {**HUNGRY, (M.MEMORY_USABLE, ""): 0.2 * GIB, (M.SWAP_OUT, ""): 0.0}
    assert not judged(unneeded).found, "what nobody misses holds nobody up"


def test_a_disk_at_its_limit_is_not_called_slow() -> None:
    for limit in (
        Limit(Field.DRIVE_TOTAL_BYTES_S, "vda", 2.0 * MIB),
        Limit(Field.DRIVE_WRITE_IOPS, "vda", 4.0),
    ):
        diagnosis = judged(WRITING, limits=(limit,))
        assert found(diagnosis) == [Cause.DISK_LIMIT]
        assert of(diagnosis, Cause.DISK_SLOW).explained_by is Cause.DISK_LIMIT
        reached = diagnosis.found[0].evidence[0]
        assert reached.limit == limit.value
        assert reached.is_reached


def test_a_disk_far_from_its_limit_is_slow_by_itself() -> None:
    far = (Limit(Field.DRIVE_TOTAL_BYTES_S, "vda", 200.0 * MIB),)
    assert found(judged(WRITING, limits=far)) == [Cause.DISK_SLOW]
    other = (Limit(Field.DRIVE_TOTAL_BYTES_S, "vdb", 2.0 * MIB),)
    assert found(judged(WRITING, limits=other)) == [Cause.DISK_SLOW]


def test_a_host_short_of_memory_is_named() -> None:
    pressed = {(M.PRESSURE_MEMORY, ""): 0.3, (M.HOST_SWAP_OUT, ""): 20 * MIB}
    diagnosis = judged(pressed)
    assert found(diagnosis) == [Cause.HOST_MEMORY]
    assert diagnosis.found[0].weight is Weight.LIKELY
    assert found(judged({(M.HOST_SWAP_OUT, ""): 2 * MIB}, without=(M.PRESSURE_MEMORY,))) == [
        Cause.HOST_MEMORY
    ], "one sign is enough, whatever is not known"


def test_packets_that_are_dropped_are_told_and_a_few_are_not() -> None:
    dropped = {(M.DROPS_IN, NIC): 50.0, (M.PACKETS_IN, NIC): 900.0}
    assert found(judged(dropped)) == [Cause.NETWORK_DROPS]
    assert not judged({(M.DROPS_IN, NIC): 2.0, (M.PACKETS_IN, NIC): 9000.0}).found


def test_a_processor_that_is_full_is_the_guests_own_work() -> None:
    diagnosis = judged({(M.VCPU, "1"): 0.99})
    assert found(diagnosis) == [Cause.CPU_FULL]
    assert diagnosis.found[0].device == "1"


def test_the_cause_stands_before_what_follows_from_it() -> None:
    slow = {**HUNGRY, **WRITING}
    assert found(judged(slow))[0] is Cause.BALLOON, "who swaps has a busy disk"


def test_what_lasts_a_moment_is_no_bottleneck() -> None:
    assert not judged(BUSY, since=1100.0, until=1120.0).found
    short = judged(BUSY, since=1100.0, until=1140.0).found
    assert [one.cause for one in short] == [Cause.CPU_CONTENTION]
    # Pressure and figures of who is not looked at come once in a slot: one more may be missed.
    assert 40.0 <= short[0].held_s <= 50.0
    assert 1140.0 <= short[0].last <= 1150.0


def test_what_is_not_known_is_never_called_fine() -> None:
    diagnosis = judged(without=(M.PRESSURE_MEMORY, M.HOST_SWAP_IN, M.HOST_SWAP_OUT))
    unknown = of(diagnosis, Cause.HOST_MEMORY)
    assert unknown.outcome is Outcome.UNKNOWN
    assert unknown.missing == (Quantity.PRESSURE_MEMORY, Quantity.HOST_SWAPPING)
    silent = judged(without=(M.MEMORY_USED, M.SWAP_IN, M.SWAP_OUT))
    assert {one.cause for one in silent.unknown} == {Cause.GUEST_MEMORY}
    assert of(silent, Cause.BALLOON).outcome is Outcome.CLEAR, "it has all of its memory"
    squeezed = judged(HUNGRY, without=(M.MEMORY_USED, M.SWAP_IN, M.SWAP_OUT))
    assert of(squeezed, Cause.BALLOON).outcome is Outcome.UNKNOWN
    unset = judged(WRITING, limits=None)
    assert of(unset, Cause.DISK_LIMIT).outcome is Outcome.UNKNOWN
    assert found(unset) == [Cause.DISK_SLOW]


def test_of_a_machine_that_is_not_read_nothing_is_said() -> None:
    diagnosis = examine((), DEVICES, (), SINCE, UNTIL)
    assert not diagnosis.is_enough
    assert not diagnosis.found
    assert {one.outcome for one in diagnosis.findings} == {Outcome.UNKNOWN, Outcome.UNSET}


def test_a_drive_without_figures_makes_the_others_not_fine() -> None:
    devices = {**DEVICES, Of.DRIVE: ("vda", "vdb")}
    courses = [course(place, value, SINCE, UNTIL, None) for place, value in IDLE.items()]
    slow = of(examine(courses, devices, (), SINCE, UNTIL), Cause.DISK_SLOW)
    assert (slow.outcome, slow.device) == (Outcome.UNKNOWN, "vdb")


def test_of_two_devices_the_worse_is_told_with_the_other() -> None:
    both = {**BUSY, (M.VCPU_DELAY, "1"): 0.12}
    first = judged(both).found[0]
    assert (first.device, first.also) == ("0", ("1",))
    swapped = {**BUSY, (M.VCPU_DELAY, "0"): 0.12, (M.VCPU_DELAY, "1"): 0.48}
    assert judged(swapped).found[0].device == "1"


def test_all_that_is_looked_at_is_asked_for() -> None:
    asked = places(DEVICES)
    assert set(IDLE) <= set(asked)
    assert len(asked) == len(set(asked))


def test_a_long_stretch_is_judged_in_longer_slots() -> None:
    points = tuple(Point(at, 0.4, 0.4, 0.4) for at in range(0, 86_400, 60))
    told = [Course(Series(REF, M.VCPU_DELAY, "0"), (points,), 60.0)]
    diagnosis = examine(told, {Of.PROCESSOR: ("0",)}, (), 0.0, 86_400.0)
    assert found(diagnosis) == [Cause.CPU_CONTENTION]
    assert diagnosis.found[0].held_s == 86_400.0


def test_it_tells_since_when_and_a_moment_between_is_no_end() -> None:
    first = judged(BUSY, since=1100.0, until=1200.0).found[0]
    assert (first.since, first.last) == (1100.0, 1200.0)
    places_ = {place: value for place, value in BUSY.items() if place[0] is M.VCPU_DELAY}
    ((place, value),) = places_.items()

    def told(*quiet: float) -> Finding:
        at = [SINCE + number * STEP for number in range(30)]
        points = (Point(one + 3, 0.0, 0.0 if one in quiet else value, 1.0) for one in at)
        courses = [Course(Series(REF, *place), (tuple(points),), STEP)]
        return of(examine(courses, DEVICES, (), SINCE, UNTIL), Cause.CPU_CONTENTION)

    assert told(1200.0).since == SINCE
    assert told(1200.0, 1210.0).since == 1220.0
    assert told(1200.0, 1210.0).held_s == 280.0
