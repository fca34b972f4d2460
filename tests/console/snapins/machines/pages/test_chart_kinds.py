from backend.measures import Measure
from backend.series import Series
from console.snapins.machines.pages.chart_kinds import EACH, machine_charts
from console.widgets.curve import Ink
from tests.fakes.machines import domain

REF = domain("a").ref
CPU, MEMORY, DISK, NETWORK = machine_charts()


def test_each_aspect_is_of_one_unit_and_each_line_has_an_ink_of_its_own() -> None:
    for kind in machine_charts():
        for aspect in kind.aspects:
            for lines in (aspect.lines, aspect.of_one):
                assert len({line.measure.unit for line in lines}) <= 1
                assert len({line.ink for line in lines}) == len(lines)
                assert len({line.name for line in lines}) == len(lines)


def test_all_processors_are_one_measure_and_one_of_them_is_another() -> None:
    use = CPU.aspect("use")
    assert use.series(REF, "", ("0", "1")) == (
        Series(REF, Measure.CPU),
        Series(REF, Measure.CPU_DELAY),
    )
    assert use.series(REF, "1", ("0", "1")) == (
        Series(REF, Measure.VCPU, "1"),
        Series(REF, Measure.VCPU_DELAY, "1"),
    )


def test_each_device_is_a_curve_in_an_ink_by_its_place() -> None:
    drawn = DISK.aspect("latency").drawn(EACH, ("vda", "vdb"))
    assert [(line.measure, line.name, device) for line, device in drawn] == [
        (Measure.DISK_WRITE_LATENCY, "vda", "vda"),
        (Measure.DISK_WRITE_LATENCY, "vdb", "vdb"),
    ]
    assert {line.ink for line, _device in drawn} == {None}


def test_what_is_not_known_is_looked_at_as_usual() -> None:
    assert NETWORK.aspect("gone").id == "rate"
    assert MEMORY.aspect("").lines[0].ink is Ink.VIOLET
