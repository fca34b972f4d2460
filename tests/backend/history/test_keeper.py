from backend.history.keeper import History
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Sample, Series

REF = Ref("h", Kind.DOMAIN, "u")
NOW = 1_700_000_000.0


def test_what_was_measured_is_told_in_the_order_asked_for() -> None:
    history = History()
    history.add(
        Sample(REF, 0.0, {(Measure.CPU, ""): 0.5, (Measure.LOAD, ""): 2.0}, when=NOW + 10 * n)
        for n in range(6)
    )
    asked = (Series(REF, Measure.LOAD), Series(REF, Measure.CPU), Series(REF, Measure.SWAP_IN))
    load, cpu, none = history.read(asked, NOW, NOW + 60, 600).result(5)
    assert [(point.at, point.mean) for point in cpu.points][:2] == [(NOW, 0.5), (NOW + 10, 0.5)]
    assert {point.mean for point in load.points} == {2.0}
    assert none.runs == ()
