"""A machine's own node: one page awake at a time."""

from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.snapins.machines.pages.machine import MachineForm
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def test_only_the_tab_in_front_is_awake(context: LentContext, qtbot: QtBot) -> None:
    form = MachineForm(context)
    qtbot.addWidget(form)
    form.set_record(domain("web-01", DomainState.RUNNING))
    form.wake()
    assert [page.is_awake for page in form._pages] == [True, False, False]
    form._tabs.setCurrentIndex(2)
    assert [page.is_awake for page in form._pages] == [False, False, True]
    form.sleep()
    assert not any(page.is_awake for page in form._pages)
    assert not context.engine.watched
    form._tabs.setCurrentIndex(0)
    assert not any(page.is_awake for page in form._pages)
