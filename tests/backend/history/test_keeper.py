from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.history.keeper import History
from backend.history.ledger import Ledger
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Sample, Series

REF = Ref("h", Kind.DOMAIN, "u")
NOW = 1_700_000_000.0


@pytest.fixture
def history() -> Iterator[History]:
    history = History()
    yield history
    history.close()


def samples() -> list[Sample]:
    figures = {(Measure.CPU, ""): 0.5, (Measure.LOAD, ""): 2.0}
    return [Sample(REF, 0.0, figures, when=NOW + 10 * n) for n in range(6)]


def test_what_was_measured_is_told_in_the_order_asked_for(history: History) -> None:
    history.add(samples())
    asked = (Series(REF, Measure.LOAD), Series(REF, Measure.CPU), Series(REF, Measure.SWAP_IN))
    load, cpu, none = history.read(asked, NOW, NOW + 60, 600).result(5)
    assert [(point.at, point.mean) for point in cpu.points][:2] == [(NOW, 0.5), (NOW + 10, 0.5)]
    assert {point.mean for point in load.points} == {2.0}
    assert none.runs == ()
    assert history.places(REF).result(5) == ((Measure.CPU, ""), (Measure.LOAD, ""))


def test_what_it_cannot_take_costs_that_alone(
    history: History, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[[str], None]
) -> None:
    expected_log("the history goes on without")
    with monkeypatch.context() as patched:

        def fail(*_arguments: object) -> None:
            raise ZeroDivisionError

        patched.setattr(Ledger, "add", fail)
        history.add(samples())
        history.add(samples())
        history.places(REF).result(5)
    history.add(samples())
    assert len(history.places(REF).result(5)) == 2


def test_closed_it_has_all_on_disk(tmp_path: Path) -> None:
    first = History(tmp_path / "h.sqlite")
    first.add(samples())
    first.close()
    second = History(tmp_path / "h.sqlite")
    (cpu,) = second.read([Series(REF, Measure.CPU)], NOW, NOW + 60, 600).result(5)
    assert len(list(cpu.points)) == 6
    second.close()
