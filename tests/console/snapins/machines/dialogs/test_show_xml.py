"""A machine's description is read and copied, as it runs and as it will start."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.errors import HostAway
from backend.operations.definition import Descriptions
from console.snapins.machines.dialogs.show_xml import ShowXmlDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def opened(context: LentContext, told: object) -> ShowXmlDialog:
    context.engine.answers["definition.describe"] = told
    dialog = ShowXmlDialog(context, domain("web-01"))
    context.show_dialog(dialog)
    return dialog


def titles(dialog: ShowXmlDialog) -> list[str]:
    return [dialog.tabs.tabText(index) for index in range(dialog.tabs.count())]


def test_both_are_there_if_there_are_two(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, Descriptions("<live/>", "<next/>"))
    qtbot.waitUntil(lambda: titles(dialog) == ["As it runs", "Next start"])
    dialog.tabs.setCurrentIndex(1)
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == "<next/>"
    assert dialog.windowTitle() == "XML of web-01"
    assert not dialog.isModal()


def test_what_is_not_there_has_no_tab(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, Descriptions("", "<next/>"))
    qtbot.waitUntil(lambda: titles(dialog) == ["Next start"])
    context.engine.answers["definition.describe"] = Descriptions("<live/>", "<next/>")
    dialog.read()
    qtbot.waitUntil(lambda: len(titles(dialog)) == 2)


def test_a_host_that_is_away_is_said(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, HostAway(host="here"))
    qtbot.waitUntil(lambda: "no connection to here" in dialog.remark.text())
    assert dialog.tabs.isHidden(), "there is no tab to be at"
    assert not dialog.copy_button.isEnabled()


def test_what_can_be_read_at_last_has_the_keyboard(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, HostAway(host="here"))
    qtbot.waitUntil(lambda: "no connection to here" in dialog.remark.text())
    context.engine.answers["definition.describe"] = Descriptions("<live/>", "<next/>")
    dialog.read()
    qtbot.waitUntil(lambda: titles(dialog) == ["As it runs", "Next start"])
    assert dialog.tabs.isVisible()
    assert dialog.focusWidget() is dialog.tabs.tabBar()
    assert dialog.copy_button.isEnabled()


def test_tab_leads_from_the_tabs_into_the_text(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, Descriptions("<live/>", ""))
    qtbot.waitUntil(lambda: titles(dialog) == ["As it runs"])
    assert dialog.tabs.tabBar().nextInFocusChain() is dialog.tabs.currentWidget()
