"""A window in which somebody has typed closes once he says so, and loses nothing before."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.sdk.dialog import KeyedDialog
from console.shell.questions import QuestionDialog
from console.shell.window import MainWindow
from tests.fakes.turning import turn


class Typed(KeyedDialog):
    @property
    @override
    def is_typed_in(self) -> bool:
        return True

    @override
    def reject(self) -> None:
        raise AssertionError("asked a second time")


@pytest.fixture
def typed(shell: MainWindow) -> Typed:
    dialog = Typed()
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


def test_exit_stops_there_and_goes_on(shell: MainWindow, typed: Typed, qtbot: QtBot) -> None:
    other = shell.session.open()
    other.show()
    other.context.show_dialog(typed)
    with qtbot.waitSignal(shell.closed):
        shell.session.close()
    assert shell.session.windows == (other,)
    assert not shell.session.is_ending
    with qtbot.waitSignal(shell.session.ended):
        press(asked(other), "Drop It and Close")


def test_a_signal_asks_nothing(shell: MainWindow, typed: Typed, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.session.ended):
        shell.session.end()
