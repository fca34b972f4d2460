"""F1 leads to the page for what has the keyboard, in the window and in dialogs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout

from console.sdk.context import Question
from console.sdk.topics import set_topic
from console.shell.help.desk import FIRST_PAGE, HelpDesk
from console.shell.help.window import HelpWindow
from console.shell.questions import QuestionDialog
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes.turning import turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # raising it, offscreen


@pytest.fixture(autouse=True)
def _closed(shell: MainWindow) -> Iterator[None]:
    yield
    shell.hide()
    shell.help.close()


def shown() -> HelpWindow:
    found = HelpDesk._shown
    assert found is not None
    return found


def press_f1() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F1)


def test_a_list_a_tab_and_a_field_each_have_their_page(shell: MainWindow) -> None:
    choose(shell, "web-01")
    details = page(shell).details
    assert details is not None
    for take, address in (
        (page(shell).area.pane.setFocus, "machines"),
        (shell.filter_box.setFocus, "machines#filter"),
        (details.take_focus, "machine#summary"),
        (shell.panes.actions_pane.take_focus, "window"),
    ):
        shell.activateWindow()
        take()
        press_f1()
        assert shown().address == address


def test_a_modal_question_has_help_as_well(shell: MainWindow) -> None:
    """It is about what asked: the main window's own key does not reach here."""
    dialog = QuestionDialog(Question("Delete", "Sure?", ("Delete", "Cancel")), shell)
    dialog.open()
    turn()
    dialog.activateWindow()
    turn()
    press_f1()
    assert shown().address in ("machines", FIRST_PAGE)
    dialog.close()


def test_a_field_of_a_dialog_leads_to_its_section(shell: MainWindow) -> None:
    dialog, field = QDialog(shell), QLineEdit()
    QVBoxLayout(dialog).addWidget(field)
    set_topic(field, "quick create/image")
    dialog.show()
    dialog.activateWindow()
    field.setFocus()
    turn()
    press_f1()
    assert shown().address == "create#image"
    dialog.close()


def test_every_node_has_help_among_its_actions(shell: MainWindow) -> None:
    for node_id, address in (("machines/here", "machines"), ("host/here", "servers")):
        shell.context.navigate(node_id)
        assert shell.actions_of.trigger("help.node")
        assert shown().address == address


def test_there_is_one_window_for_all_pages(shell: MainWindow) -> None:
    shell.commands.keys.trigger()
    first = shown()
    shell.commands.first_steps.trigger()
    assert shown() is first
    assert first.isVisible()
    assert first.address == "start"


def test_it_goes_with_the_last_window(shell: MainWindow) -> None:
    shell.commands.keys.trigger()
    help_window = shown()
    shell.close()
    assert HelpDesk._shown is None
    assert not help_window.isVisible()


def test_the_palette_finds_pages_and_sections(shell: MainWindow) -> None:
    shell.finder.open_with("full disk")
    hit = shell.finder.hit
    assert hit is not None
    assert hit.find.beside == "States, and what to do"
    QTest.keyClick(shell.finder.entry, Qt.Key.Key_Return)
    assert shown().address == "states#paused-critical-a-full-disk"
