import pytest
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.snapins.machines.pages import checkpoints
from console.snapins.machines.pages.checkpoints import CheckpointsPage
from console.widgets.table_model import Line
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.estate import WEB_01, checkpoint, estate


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(
        *estate(),
        checkpoint("root", at=1.0, description="fresh\ninstalled"),
        checkpoint("b", "root", at=3.0, state="running", is_current=True),
        checkpoint("a", "root", at=2.0, state="disk-snapshot"),
        checkpoint("orphan", "gone", at=9.0),
    )


def names(lines: tuple[Line, ...]) -> list[object]:
    return [[line.cells[0].text, *names(line.below)] for line in lines]


def test_they_stand_below_what_they_came_from_in_their_order(context: LentContext) -> None:
    found = checkpoints.lines(WEB_01, context.lookup)
    assert names(found) == [["root", ["a"], ["b (now)"]], ["orphan"]]
    assert found[0].cells[3].text == "fresh"
    assert found[0].cells[3].tooltip == "fresh\ninstalled"
    assert found[0].below[1].cells[0].tone is Tone.GOOD


def test_what_each_holds(context: LentContext) -> None:
    told = [checkpoints.holds(checkpoint("x", state=s)) for s in ("running", "shutoff")]
    assert told == ["Disks and memory", "Disks, while it was off"]
    assert checkpoints.holds(checkpoint("x", state="disk-snapshot")) == "Disks, while it ran"


def test_checkpoints_in_a_ring_come_to_an_end(context: LentContext) -> None:
    context.engine.put(checkpoint("root", "b", at=1.0))
    assert isinstance(checkpoints.lines(WEB_01, context.lookup), tuple)


def test_one_that_is_made_appears(context: LentContext, qtbot: QtBot) -> None:
    page = CheckpointsPage(context)
    qtbot.addWidget(page)
    page.set_record(WEB_01)
    page.wake()
    context.engine.put(checkpoint("new", at=20.0))
    qtbot.waitUntil(lambda: names(page.table.lines_model.lines)[-1] == ["new"])
    page.sleep()
