"""What is typed is hidden, handed in once, and kept nowhere but where the user wants it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import PromptOutdated
from backend.model import Keep, Prompt, PromptKind
from console.snapins.hosts.dialogs.secret import SecretDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host
from tests.fakes.turning import turn

SECRETS = (PromptKind.PASSWORD, PromptKind.PASSPHRASE, PromptKind.CODE)


def opened(context: LentContext, kind: PromptKind, **options: object) -> SecretDialog:
    prompt = Prompt(7, kind, "root@rack-2", **options)  # type: ignore[arg-type]
    dialog = SecretDialog(context, away_host(), prompt)
    context.show_dialog(dialog)
    return dialog


def words(dialog: SecretDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_hidden_until_one_wants_to_see_it(
    context: LentContext, kind: PromptKind
) -> None:
    dialog = opened(context, kind)
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    dialog.is_shown.click()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Normal
    assert "root@rack-2" in words(dialog)


def test_a_name_is_no_secret_and_has_to_be_one(context: LentContext) -> None:
    dialog = opened(context, PromptKind.USERNAME)
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Normal
    assert not dialog.is_shown.isVisible()
    assert dialog.refusal
    dialog.field.setText("root")
    assert dialog.refusal == ""


def test_one_begins_in_the_field_below_the_servers_own_words(
    context: LentContext, qtbot: QtBot
) -> None:
    dialog = opened(context, PromptKind.CODE, detail=("Verification code:",))
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    assert dialog.focusWidget() is dialog.field


def test_it_is_typed_and_handed_in_by_return(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["host.answer"] = None
    dialog = opened(context, PromptKind.PASSWORD)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.field)
    QTest.keyClicks(dialog.field, "geheim")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    turn()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    turn()
    (query,) = context.engine.queries
    assert (query.operation, query.arguments) == ("host.answer", (7, "geheim", Keep.NO))


def test_it_is_kept_only_where_that_is_possible_and_wanted(context: LentContext) -> None:
    assert not opened(context, PromptKind.PASSWORD).is_kept.isVisible()
    context.engine.answers["host.answer"] = None
    dialog = opened(context, PromptKind.PASSWORD, can_be_kept=True)
    dialog.is_kept.click()
    dialog.ok_button.click()
    turn()
    assert context.engine.queries[-1].arguments == (7, "", Keep.YES)


def test_a_wrong_answer_is_said(context: LentContext) -> None:
    assert "not right" in words(opened(context, PromptKind.PASSWORD, is_again=True))
    assert "not right" not in words(opened(context, PromptKind.PASSWORD))


def test_the_server_speaks_for_itself(context: LentContext) -> None:
    dialog = opened(context, PromptKind.CODE, detail=("Your token, please",))
    (field,) = dialog.findChildren(QPlainTextEdit)
    assert field.toPlainText() == "Your token, please"


def test_it_stays_open_and_says_why_if_the_answer_was_too_late(
    context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["host.answer"] = PromptOutdated()
    dialog = opened(context, PromptKind.PASSWORD)
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: "no longer asked" in dialog._reason.text())


def test_caps_lock_shows_in_the_letters(context: LentContext) -> None:
    dialog = opened(context, PromptKind.PASSWORD)
    QTest.keyClick(dialog.field, Qt.Key.Key_A)
    assert dialog._caps.text() == ""
    QTest.keyClicks(dialog.field, "A", Qt.KeyboardModifier.NoModifier)
    assert "Caps Lock" in dialog._caps.text()
    QTest.keyClicks(dialog.field, "A", Qt.KeyboardModifier.ShiftModifier)
    assert dialog._caps.text() == ""
    QTest.keyClicks(dialog.field, "1")
    assert dialog._caps.text() == ""
