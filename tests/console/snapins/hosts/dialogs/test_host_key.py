"""Nobody is trusted by a stray key, and a changed key not without having been compared."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from backend.model import Keep, Prompt, PromptKind
from console.snapins.hosts.dialogs.host_key import HostKeyDialog
from console.snapins.hosts.fingerprints import grouped
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host
from tests.fakes.turning import turn

NEW = "SHA256:Zs3kk0Qc5x1mP0n8tWQ2dU1S3n4b5v6c7x8z9A0qwER"
OLD = "SHA256:aB3kk0Qc5x1mP0n8tWQ2dU1S3n4b5v6c7x8z9A0qwEX"
UNKNOWN = Prompt(7, PromptKind.HOST_KEY, "rack-2:2222", NEW, (f"ECDSA key fingerprint is {NEW}.",))
CHANGED = Prompt(7, PromptKind.HOST_KEY_CHANGED, "rack-2", NEW, (OLD, "/home/me/known_hosts:17"))

SHOWN = "SHA256:" + ":".join(["0A"] * 32)
CERTIFICATE = Prompt(7, PromptKind.CERTIFICATE, "rack-2", SHOWN, ("self-signed certificate",))
RENEWED = Prompt(
    7,
    PromptKind.CERTIFICATE_CHANGED,
    "rack-2",
    SHOWN,
    (SHOWN.replace("0A", "FF"), "/home/me/known", "expired"),
)


def opened(context: LentContext, prompt: Prompt) -> HostKeyDialog:
    dialog = HostKeyDialog(context, away_host(), prompt)
    context.show_dialog(dialog)
    return dialog


def lines(dialog: HostKeyDialog) -> dict[str, str]:
    found = {line.accessibleName(): line.text() for line in dialog.findChildren(QLineEdit)}
    for field in dialog.findChildren(QPlainTextEdit):
        found[field.accessibleName()] = field.toPlainText().replace("\n", "")
    return found


def said(context: LentContext) -> list[tuple[str, tuple[object, ...]]]:
    turn()
    return [(query.operation, query.arguments) for query in context.engine.queries]


@pytest.mark.parametrize("prompt", [UNKNOWN, CHANGED, CERTIFICATE, RENEWED])
def test_return_cancels(context: LentContext, prompt: Prompt, qtbot: QtBot) -> None:
    dialog = opened(context, prompt)
    dialog.is_compared.setChecked(True)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog._cancel_button)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert said(context) == [("host.decline", (7,))]


def test_an_unknown_key_is_shown_with_what_to_compare_it_with(context: LentContext) -> None:
    dialog = opened(context, UNKNOWN)
    shown = lines(dialog)
    assert shown["Fingerprint"] == grouped(NEW)
    assert shown["On the server, run"] == "ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub"
    assert not dialog.is_compared.isVisible()
    copy = next(
        button
        for button in dialog.findChildren(QPushButton)
        if button.accessibleName() == "Copy: Fingerprint"
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == NEW


def test_trusting_is_a_click(context: LentContext) -> None:
    context.engine.answers["host.answer"] = None
    dialog = opened(context, UNKNOWN)
    dialog.ok_button.click()
    assert said(context) == [("host.answer", (7, "yes", Keep.NO))]


@pytest.mark.parametrize(
    ("pasted", "part"),
    [
        (f"256 {NEW} root@rack-2 (ED25519)", "the same"),
        (OLD, "another one"),
        ("hello", "no fingerprint"),
        (" ", ""),
    ],
)
def test_what_the_server_says_is_compared(context: LentContext, pasted: str, part: str) -> None:
    dialog = opened(context, UNKNOWN)
    dialog.pasted.setText(pasted)
    assert part in dialog._verdict.text()
    assert bool(dialog._verdict.text()) is bool(part)


def test_a_changed_key_takes_a_deliberate_tick(context: LentContext) -> None:
    context.engine.answers["host.answer"] = None
    dialog = opened(context, CHANGED)
    shown = lines(dialog)
    assert shown["Known until now"] == grouped(OLD)
    assert shown["Shown now"] == grouped(NEW)
    assert any("known_hosts:17" in label.text() for label in dialog.findChildren(QLabel))
    assert not dialog.ok_button.isEnabled()
    dialog.pasted.setText(NEW)
    assert not dialog.ok_button.isEnabled()
    dialog.is_compared.click()
    dialog.ok_button.click()
    assert said(context) == [("host.answer", (7, "yes", Keep.NO))]


def test_a_certificate_is_shown_with_what_is_wrong_and_what_to_compare_it_with(
    context: LentContext,
) -> None:
    dialog = opened(context, CERTIFICATE)
    shown = lines(dialog)
    assert shown["Fingerprint"] == SHOWN
    assert shown["On the server, run"].startswith("openssl x509")
    assert any(label.text() == "self-signed certificate" for label in dialog.findChildren(QLabel))
    dialog.pasted.setText(f"sha256 Fingerprint={SHOWN.removeprefix('SHA256:')}")
    assert "the same" in dialog._verdict.text()
    dialog.pasted.setText(SHOWN.replace("0A", "0B"))
    assert "another one" in dialog._verdict.text()


def test_a_changed_certificate_takes_a_deliberate_tick(context: LentContext) -> None:
    dialog = opened(context, RENEWED)
    shown = lines(dialog)
    assert (shown["Known until now"], shown["Shown now"]) == (SHOWN.replace("0A", "FF"), SHOWN)
    told = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"/home/me/known", "expired"} <= told
    assert not dialog.ok_button.isEnabled()


@pytest.mark.parametrize("prompt", [UNKNOWN, CHANGED, CERTIFICATE, RENEWED])
def test_it_fits_beside_what_it_is_compared_with(context: LentContext, prompt: Prompt) -> None:
    assert opened(context, prompt).minimumSizeHint().width() <= 720
