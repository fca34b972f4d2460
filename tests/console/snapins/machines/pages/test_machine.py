"""A machine's own node: one page awake at a time."""

from pytestqt.qtbot import QtBot

from backend.display.synthetic import SyntheticChannel
from backend.model import DomainState
from console.snapins.machines.nodes import pages
from console.snapins.machines.pages.machine import MachineForm
from console.snapins.machines.wishes import wishes
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def form(context: LentContext, qtbot: QtBot) -> MachineForm:
    made = MachineForm(context)
    made.set_pages(pages())
    qtbot.addWidget(made)
    return made


def test_only_the_tab_in_front_is_awake(context: LentContext, qtbot: QtBot) -> None:
    tabs = form(context, qtbot)
    tabs.set_record(domain("web-01", DomainState.RUNNING))
    tabs.wake()
    assert [page.is_awake for page in tabs.built.values()] == [True]
    tabs.bring_forward("networking")
    assert {name: page.is_awake for name, page in tabs.built.items()} == {
        "summary": False, "networking": True,
    }  # fmt: skip
    tabs.sleep()
    assert not any(page.is_awake for page in tabs.built.values())
    assert not context.engine.watched
    tabs.bring_forward("summary")
    assert not any(page.is_awake for page in tabs.built.values())


def test_who_connects_is_led_to_the_display(context: LentContext, qtbot: QtBot) -> None:
    here, other = domain("web-01", DomainState.RUNNING), domain("web-02", DomainState.RUNNING)
    context.engine.answers["display.open_display"] = SyntheticChannel()
    tabs = form(context, qtbot)
    tabs.set_record(here)
    tabs.wake()
    wishes.make(other.ref)
    assert tabs.current == "summary"
    wishes.make(here.ref)
    assert tabs.current == "display"
    tabs.sleep()
