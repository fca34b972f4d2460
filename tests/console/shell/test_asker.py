"""One question at a time, over the window in front, and none that nobody asks any more."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.model import Host, HostState, Kind, Prompt, PromptKind, Record, Ref
from console.bridge.door import Bridge
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.snapin import AskRule, SnapIn
from console.shell.asker import Asker
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.turning import turn


class Asked(Dialog):
    """A dialog of a snap-in."""

    def __init__(self, context: Context, host: Host) -> None:
        super().__init__(context, host.name, "OK")
        self.host = host


def waits_for(record: Record) -> object | None:
    return record.prompt.id if isinstance(record, Host) and record.prompt else None


def build(context: Context, record: Record) -> Dialog:
    assert isinstance(record, Host)
    return Asked(context, record)


def asking(name: str, number: int | None) -> Host:
    prompt = None if number is None else Prompt(number, PromptKind.PASSWORD, name)
    return Host(Ref(name, Kind.HOST, name), name, "", HostState.CONNECTING, prompt=prompt)


@pytest.fixture
def asker(shell: MainWindow) -> Asker:
    rule = AskRule(Kind.HOST, waits_for, build)
    snapin = SnapIn("asking", "Asking", asks=(rule,))
    return Asker(shell.bridge, (snapin,), lambda: shell.session.front.context, shell)


@pytest.fixture
def tell(engine: FakeEngine, shell: MainWindow, qtbot: QtBot) -> Callable[..., None]:
    def put(*hosts: Host) -> None:
        engine.put(*hosts)
        qtbot.waitUntil(lambda: all(shell.bridge.mirror.any_record(h.ref) == h for h in hosts))
        turn()

    return put


def shown(asker: Asker) -> str:
    dialog = asker.dialog
    return dialog.windowTitle() if dialog and dialog.isVisible() else ""


def test_hosts_stand_in_line(asker: Asker, tell: Callable[..., None]) -> None:
    tell(asking("a", 1))
    tell(asking("b", 2), asking("c", 3))
    assert shown(asker) == "a"
    assert asker.dialog
    asker.dialog.accept()
    assert shown(asker) == "b"
    tell(asking("c", None))
    tell(asking("b", None))
    assert shown(asker) == ""


def test_a_question_that_vanishes_takes_its_dialog_along(
    asker: Asker, tell: Callable[..., None], engine: FakeEngine
) -> None:
    tell(asking("a", 1), asking("b", 2))
    tell(asking("a", None))
    assert shown(asker) == "b"
    engine.drop(asking("b", 2).ref)
    turn()
    assert shown(asker) == ""


def test_the_next_question_of_the_same_host_is_asked(
    asker: Asker, tell: Callable[..., None]
) -> None:
    tell(asking("a", 1))
    first = asker.dialog
    tell(asking("a", 2))
    assert asker.dialog is not first
    assert shown(asker) == "a"


def test_what_was_answered_is_not_asked_again(asker: Asker, tell: Callable[..., None]) -> None:
    tell(asking("a", 1))
    assert asker.dialog
    asker.dialog.accept()
    tell(replace(asking("a", 1), hostname="still the same question"))
    assert shown(asker) == ""
    tell(asking("a", 2))
    assert shown(asker) == "a"


def test_it_stands_over_the_window_in_front(
    asker: Asker, tell: Callable[..., None], shell: MainWindow
) -> None:
    other = shell.session.open()
    shell.session.note_front(other)
    tell(asking("a", 1))
    assert asker.dialog
    assert asker.dialog.parent() is other
    other.close()
    turn()
    assert asker.dialog is None


def test_what_was_asked_before_there_was_a_window_is_asked_over_the_first(
    engine: FakeEngine, settings: Settings, qapp: QApplication
) -> None:
    """A server may ask for a password while the program is still being built."""
    engine.put(asking("a", 1))
    snapin = SnapIn("asking", "Asking", asks=(AskRule(Kind.HOST, waits_for, build),))
    session = Session(Bridge(engine), (snapin,), settings, Theme(qapp, Appearance.LIGHT))
    session.begin()
    session.show()
    assert shown(session.asker) == "a"
    assert session.asker.dialog
    session.asker.dialog.accept()
    session.end()
