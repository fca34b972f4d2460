import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from console.sdk.context import Answer, Question
from console.snapins.machines.pages.serial_deeds import SerialDeeds
from console.snapins.machines.pages.serial_link import SerialLink
from console.widgets.find_bar import FindBar
from console.widgets.terminal import Terminal
from tests.console.snapins.lent import LentContext
from tests.fakes.serial_line import FakePort
from tests.fakes.serial_machine import FIRST, machine


class Desk:
    def __init__(self, context: LentContext, qtbot: QtBot) -> None:
        self.context, self.qtbot = context, qtbot
        self.port = FakePort()
        context.engine.answers["serial.open_port"] = self.port
        self.terminal, self.bar = Terminal("Terminal"), FindBar()
        for widget in (self.terminal, self.bar):
            qtbot.addWidget(widget)
        self.terminal.show()
        self.link = SerialLink(context, lambda: True)
        self.deeds = SerialDeeds(context, self.terminal, self.link, self.bar)
        self.told: list[str] = []
        self.deeds.told.connect(self.told.append)
        self.link.set_port(machine("web-01"), FIRST)
        self.link.wake()
        qtbot.waitUntil(lambda: self.link.is_live)
        self.terminal.set_live(is_live=True)

    def write(self, data: bytes) -> None:
        with self.qtbot.waitSignal(self.terminal.drained):
            self.terminal.put(data)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.deeds.do("paste")


@pytest.fixture
def desk(context: LentContext, qtbot: QtBot) -> Desk:
    return Desk(context, qtbot)


def test_a_line_is_pasted_as_it_is(desk: Desk, qtbot: QtBot) -> None:
    desk.paste("echo hi")
    qtbot.waitUntil(lambda: desk.port.sent == b"echo hi")
    assert not desk.context.questions
    assert desk.terminal.is_entered
    desk.link.sleep()


def test_several_lines_are_asked_about(desk: Desk, qtbot: QtBot) -> None:
    desk.context.answers = [1, 0]
    desk.paste("rm a\nrm b\n")
    qtbot.waitUntil(lambda: len(desk.context.questions) == 1)
    assert desk.context.questions[0].detail == ("rm a", "rm b")
    desk.paste("rm a\nrm b\n")
    qtbot.waitUntil(lambda: desk.port.sent == b"rm a\rrm b\r")
    desk.link.sleep()


def test_lines_go_to_the_machine_that_was_asked_about_or_nowhere(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FakePort()

    async def ask(_question: Question) -> Answer:
        desk.context.engine.answers["serial.open_port"] = other
        desk.link.set_port(machine("web-02"), FIRST)
        while not desk.link.is_live:
            await asyncio.sleep(0)
        return Answer(0)

    monkeypatch.setattr(desk.context, "ask", ask)
    desk.paste("rm a\nrm b\n")
    qtbot.waitUntil(lambda: bool(desk.told))
    assert desk.told == ["Nothing was pasted: another machine or port is shown here now."]
    assert desk.port.sent == other.sent == b""
    desk.link.sleep()


def test_a_guest_that_wants_to_know_of_pasting_needs_no_question(desk: Desk, qtbot: QtBot) -> None:
    desk.write(b"\x1b[?2004h")
    desk.paste("a\nb")
    qtbot.waitUntil(lambda: desk.port.sent == b"\x1b[200~a\rb\x1b[201~")
    assert not desk.context.questions
    desk.link.sleep()


def test_the_guest_is_told_the_size(desk: Desk) -> None:
    screen = desk.terminal.intake.screen
    desk.deeds.do("size")
    assert desk.port.sent == f"stty rows {screen.lines} columns {screen.columns}\r".encode()
    desk.link.sleep()


def test_a_guest_that_reads_nothing_is_told_of(desk: Desk) -> None:
    desk.port.reads = False
    desk.deeds.do("size")
    assert "reads nothing" in desk.told[-1]
    desk.link.sleep()


def test_copying_and_finding(desk: Desk) -> None:
    desk.write(b"hello world")
    desk.deeds.do("copy")
    assert "Nothing is selected" in desk.told[-1]
    desk.terminal.select_all()
    desk.deeds.do("copy")
    assert QGuiApplication.clipboard().text().rstrip() == "hello world"
    desk.deeds.do("find")
    assert desk.bar.isVisible()
    desk.bar.sought.emit("world", True)  # noqa: FBT003
    assert desk.terminal.found
    desk.bar.sought.emit("mars", True)  # noqa: FBT003
    assert desk.bar.told.text() == "" or desk.terminal.found is None
    desk.link.sleep()


def test_text_is_larger_and_cleared(desk: Desk) -> None:
    desk.write(b"one\r\ntwo")
    lines = desk.terminal.intake.screen.lines
    for _ in range(4):
        desk.deeds.do("larger")
    assert desk.terminal.intake.screen.lines < lines
    for _ in range(4):
        desk.deeds.do("smaller")
    assert desk.terminal.intake.screen.lines == lines
    desk.deeds.do("clear")
    screen = desk.terminal.intake.screen
    assert screen.text(screen.first, screen.top + screen.lines) == "two"
    desk.link.sleep()


@pytest.mark.parametrize("is_possible", [True, False])
def test_the_text_is_saved_or_it_is_said_why_not(
    desk: Desk, qtbot: QtBot, tmp_path: Path, is_possible: bool
) -> None:
    desk.write(b"a line\r\nanother \x1b[31mred")
    desk.deeds.do("save")
    dialog = desk.terminal.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    file = tmp_path / "serial.txt" if is_possible else tmp_path / "missing" / "serial.txt"
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(desk.told))
    if is_possible:
        assert file.read_text() == "a line\nanother red\n"
        assert desk.told == [f"Saved as {file}."]
    else:
        assert "not there" in desk.told[0]
    desk.link.sleep()


def test_the_size_of_the_text_is_remembered(desk: Desk) -> None:
    desk.deeds.do("larger")
    desk.deeds.do("larger")
    assert desk.context.memory["serial/zoom"] == "2"
    again = Terminal("Terminal")
    desk.qtbot.addWidget(again)
    SerialDeeds(desk.context, again, desk.link, desk.bar)
    assert again._cell.height == desk.terminal._cell.height
    desk.terminal.set_zoom(desk.terminal.zoom + 1)  # as the wheel does
    assert desk.context.memory["serial/zoom"] == "3"
    desk.context.memory["serial/zoom"] = "nonsense"
    SerialDeeds(desk.context, again, desk.link, desk.bar)
    desk.link.sleep()


def test_the_context_menu_offers_what_can_be_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_where: None)  # it would grab the keyboard
    desk.write(b"hello")
    desk.terminal.customContextMenuRequested.emit(QPoint(5, 5))
    menu = desk.terminal.findChild(QMenu)
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions()}
    assert not offered["Copy"].isEnabled()
    assert offered["Paste"].isEnabled()
    offered["Select All"].trigger()
    assert desk.terminal.selected_text().rstrip() == "hello"
    menu.close()
    desk.link.sleep()
