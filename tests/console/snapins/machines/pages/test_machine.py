"""A machine's own node: one page awake at a time."""

from pytestqt.qtbot import QtBot

from backend.display.synthetic import SyntheticChannel
from backend.model import DomainState
from console.snapins.machines.pages.machine import MachineForm
from console.snapins.machines.wishes import wishes
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def test_only_the_tab_in_front_is_awake(context: LentContext, qtbot: QtBot) -> None:
    form = MachineForm(context)
    qtbot.addWidget(form)
    form.set_record(domain("web-01", DomainState.RUNNING))
    form.wake()
    assert [page.is_awake for page in form._pages] == [True, False, False, False]
    form._tabs.setCurrentIndex(3)
    assert [page.is_awake for page in form._pages] == [False, False, False, True]
    form.sleep()
    assert not any(page.is_awake for page in form._pages)
    assert not context.engine.watched
    form._tabs.setCurrentIndex(0)
    assert not any(page.is_awake for page in form._pages)


def test_who_connects_is_led_to_the_display(context: LentContext, qtbot: QtBot) -> None:
    here, other = domain("web-01", DomainState.RUNNING), domain("web-02", DomainState.RUNNING)
    context.engine.answers["display.open_display"] = SyntheticChannel()
    form = MachineForm(context)
    qtbot.addWidget(form)
    form.set_record(here)
    form.wake()
    wishes.make(other.ref)
    assert form._tabs.currentIndex() == 0
    wishes.make(here.ref)
    assert form._tabs.tabText(form._tabs.currentIndex()) == "Display"
    form.sleep()
