"""Questions are answered by mouse, keys and Escape."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from backend.operations import domain as verbs
from console.sdk.context import Context, Question
from console.sdk.dialog import Dialog
from console.sdk.script_button import ScriptButton
from console.shell.questions import QuestionDialog, TextDialog
from console.shell.script_sheet import ScriptSheet
from console.shell.window import MainWindow
from tests.console.shell.steps import choose
from tests.fakes import snapin
from tests.fakes.machines import domain
from tests.fakes.turning import turn


def test_escape_is_the_way_out_of_a_question(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.delete")
    turn()
    (dialog,) = shell.findChildren(QuestionDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: ("answer", ("1", "(False,)")) in snapin.calls)


@pytest.mark.parametrize(
    ("is_danger", "details", "wanted"),
    [(True, (), 1), (True, ("lost",), 1), (False, (), 0), (False, ("told",), 0)],
)
def test_return_at_once_loses_nothing(
    shell: MainWindow, qtbot: QtBot, is_danger: bool, details: tuple[str, ...], wanted: int
) -> None:
    question = Question("Drop it?", "All of it.", ("Drop", "Go On"), details, is_danger=is_danger)
    dialog = QuestionDialog(question, shell)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == question.choices[wanted]
    answers: list[int] = []

    async def hear() -> None:
        answers.append((await dialog.answer).choice)

    shell.context.run(hear())
    QTest.keyClick(focus, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: answers == [wanted])


def test_a_line_of_text_is_judged_while_typed(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.rename")
    turn()
    (dialog,) = shell.findChildren(TextDialog)
    dialog._field.clear()
    assert not dialog._ok.isEnabled()
    QTest.keyClicks(dialog._field, "db")
    QTest.keyClick(dialog._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("text", ("db",)) in snapin.calls)


def test_what_a_text_is_for_can_be_read_as_a_script(shell: MainWindow, qtbot: QtBot) -> None:
    web = domain("web-01").ref

    def act(context: Context, name: str) -> None:
        context.submit(verbs.rename, web, name)

    async def work() -> None:
        await shell.context.ask_text("Rename", "Name", "a", lambda t: "" if t else "No.", act)

    shell.context.run(work())
    turn()
    (dialog,) = shell.findChildren(TextDialog)
    (button,) = dialog.findChildren(ScriptButton)
    dialog._field.clear()
    assert not button.isEnabled()
    QTest.keyClicks(dialog._field, "new")
    button.click()
    qtbot.waitUntil(lambda: bool(shell.findChildren(ScriptSheet)))
    (sheet,) = shell.findChildren(ScriptSheet)
    qtbot.waitUntil(lambda: "--new-name new " in sheet.pane.virsh.toPlainText())
    sheet.close()
    dialog.close()
    turn()


def test_who_was_asked_from_a_dialog_goes_on_there(shell: MainWindow, qtbot: QtBot) -> None:
    asking = Dialog(shell.context, "Asks", "OK")
    shell.context.show_dialog(asking)
    qtbot.waitUntil(asking.isActiveWindow)
    answers: list[int] = []

    async def work() -> None:
        answers.append((await shell.context.ask(Question("Sure?", "", ("Yes", "No")))).choice)

    shell.context.run(work())
    turn()
    (dialog,) = shell.findChildren(QuestionDialog)
    assert dialog.parentWidget() is asking
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: answers == [1])
    asking.reject()
    shell.activateWindow()
    shell.context.run(work())
    turn()
    (dialog,) = shell.findChildren(QuestionDialog)
    assert dialog.parentWidget() is shell
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: answers == [1, 1])


def test_a_question_that_goes_with_the_dialog_it_stands_over_leaves_nobody_waiting(
    shell: MainWindow, qtbot: QtBot
) -> None:
    answers: list[object] = []

    async def ask_which() -> None:
        answers.append((await shell.context.ask(Question("Sure?", "", ("Yes", "No")))).choice)

    async def ask_what() -> None:
        answers.append(await shell.context.ask_text("Name it", "Name", "", lambda _text: ""))

    for work, kind, unsaid in ((ask_which, QuestionDialog, 1), (ask_what, TextDialog, None)):
        asking = Dialog(shell.context, "Asks", "OK")
        shell.context.show_dialog(asking)
        qtbot.waitUntil(asking.isActiveWindow)
        shell.context.run(work())
        turn()
        (dialog,) = asking.findChildren(kind)
        assert dialog.isVisible()
        asking.deleteLater()
        qtbot.waitUntil(lambda: bool(answers))
        assert answers.pop() == unsaid
        shell.activateWindow()
