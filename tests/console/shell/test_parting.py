"""A window in which somebody has typed closes once he says so, and loses nothing before."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from backend.model import Kind, Ref
from console.sdk.dialog import Dialog, EntryDialog
from console.shell.questions import QuestionDialog
from console.shell.window import MainWindow
from tests.fakes.turning import turn


class Sheet:
    is_typed_in, is_closed = True, False

    def windowTitle(self) -> str:
        return "default Properties"

    def drop(self) -> None:
        self.is_closed = True


class Typed(EntryDialog):
    @property
    @override
    def is_typed_in(self) -> bool:
        return True

    @override
    def reject(self) -> None:
        raise AssertionError("asked a second time")


@pytest.fixture
def typed(shell: MainWindow) -> Typed:
    dialog = Typed(shell.context)
    dialog.setWindowTitle("A letter")
    shell.context.show_dialog(dialog)
    return dialog


def asked(shell: MainWindow) -> QuestionDialog:
    turn()
    (question,) = shell.findChildren(QuestionDialog)
    return question


def press(question: QuestionDialog, text: str) -> None:
    (button,) = (one for one in question.findChildren(QPushButton) if one.text() == text)
    button.click()
    turn()


def test_it_stays_open_until_one_says_so(shell: MainWindow, typed: Typed) -> None:
    closed: list[bool] = []
    shell.closed.connect(lambda: closed.append(True))
    assert not shell.close()
    assert not shell.close(), "asked once"
    press(asked(shell), "Go On Editing")
    assert shell.isVisible()
    assert typed.isVisible()
    assert not closed
    shell.close()
    press(asked(shell), "Drop It and Close")
    assert closed


def test_exit_closes_none_of_the_windows_before_it_is_said(
    shell: MainWindow, typed: Typed, qtbot: QtBot
) -> None:
    other = shell.session.open()
    other.show()
    other.context.show_dialog(typed)
    windows = shell.session.windows
    shell.session.close()
    shell.session.close()
    press(asked(shell.session.front), "Go On Editing")
    assert shell.session.windows == windows == (shell, other)
    assert typed.isVisible()
    other.close()
    press(asked(other), "Go On Editing")
    assert shell.session.windows == windows, "it is asked again"
    shell.session.close()
    with qtbot.waitSignal(shell.session.ended):
        press(asked(shell.session.front), "Drop It and Close")


def test_the_last_window_takes_no_property_sheet_with_it_unasked(
    shell: MainWindow, qtbot: QtBot
) -> None:
    shell.session.sheets._open[Ref("here", Kind.NETWORK, "x")] = sheet = Sheet()  # type: ignore[assignment]
    other = shell.session.open()
    other.show()
    assert other.close(), "the sheet stays with the window that is left"
    for leave in (shell.close, shell.session.close):
        leave()
        press(asked(shell), "Go On Editing")
        assert shell.isVisible()
        assert not sheet.is_closed
    shell.close()
    with qtbot.waitSignal(shell.session.ended):
        press(asked(shell), "Drop It and Close")
    assert sheet.is_closed


def test_a_question_that_goes_with_its_dialog_does_not_hold_the_window(
    shell: MainWindow, typed: Typed, qtbot: QtBot
) -> None:
    busy = Dialog(shell.context, "Busy", "OK")
    shell.context.show_dialog(busy)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is busy)
    shell.parting.ask(["Busy"], lambda: pytest.fail("nobody said so"))
    turn()
    assert busy.findChildren(QuestionDialog)
    busy.accept()
    qtbot.waitUntil(lambda: not isValid(busy))
    turn()
    shell.close()
    assert asked(shell), "it asks again"
    shell.parting.let_go()


def test_a_signal_asks_nothing(shell: MainWindow, typed: Typed, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.session.ended):
        shell.session.end()
