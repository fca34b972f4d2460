"""The page over a made-up port: what comes is shown, what is typed arrives."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.interruptions import SerialInUse
from backend.model import DomainState
from backend.ports import Hold
from backend.serial.backlog import Heard
from console.snapins.machines.pages.serial import SerialPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain
from tests.fakes.serial_line import FakePort
from tests.fakes.serial_machine import ELSEWHERE, FIRST, SECOND, machine

OPEN = "serial.open_port"
BOTH = machine("web-01", ports=(FIRST, SECOND))


@pytest.fixture
def port(context: LentContext) -> FakePort:
    made = FakePort()
    context.engine.answers[OPEN] = made
    return made


@pytest.fixture
def page(context: LentContext, port: FakePort, qtbot: QtBot) -> SerialPage:
    made = SerialPage(context)
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    made.wake()
    made.set_record(BOTH)
    qtbot.waitUntil(lambda: made.link.is_live)
    return made


def shown(page: SerialPage) -> str:
    return page.terminal.intake.screen.text(0, page.terminal.intake.screen.top + 24)


def is_grey(page: SerialPage) -> bool:
    return page.terminal._is_away


def test_what_the_guest_writes_is_shown_and_what_is_typed_arrives(
    page: SerialPage, port: FakePort, qtbot: QtBot
) -> None:
    assert page.terminal.accessibleName() == "Terminal of web-01"
    port.write(b"web-01 login: ")
    qtbot.waitUntil(lambda: shown(page) == "web-01 login:")
    page.terminal.enter()
    assert "Ctrl+Alt+Left" in page._hint.text()
    QTest.keyClicks(page.terminal, "root")
    QTest.keyClick(page.terminal, Qt.Key.Key_Return)
    assert port.sent == b"root\r"
    port.write(b"\x1b[6n")
    qtbot.waitUntil(lambda: port.sent.endswith(b"\x1b[1;15R"))
    page.sleep()
    assert port.is_closed
    assert shown(page) == "web-01 login:", "it stays to be read"


def test_a_flood_is_told_of_in_a_line(page: SerialPage, qtbot: QtBot) -> None:
    page.link.arrived.emit(Heard(b"newest", b"", 9_000_000, 1234))
    qtbot.waitUntil(lambda: "newest" in shown(page))
    assert "… 1,234 lines skipped" in shown(page)
    page.sleep()


def test_another_port_is_another_text_and_the_first_s_is_kept(
    page: SerialPage, port: FakePort, context: LentContext, qtbot: QtBot
) -> None:
    port.write(b"first")
    qtbot.waitUntil(lambda: shown(page) == "first")
    second = FakePort()
    context.engine.answers[OPEN] = second
    page.bar.ports.setCurrentIndex(1)
    qtbot.waitUntil(lambda: port.is_closed and page.link.is_live)
    second.write(b"second")
    qtbot.waitUntil(lambda: shown(page) == "second")
    page.set_record(machine("web-01", ports=(FIRST, SECOND)))
    assert page.bar.ports.currentIndex() == 1, "a record that is read anew chooses nothing"
    page.bar.ports.setCurrentIndex(0)
    assert shown(page) == "first"
    page.sleep()


def test_a_machine_that_is_off_keeps_its_last_words_greyed(
    page: SerialPage, port: FakePort, qtbot: QtBot
) -> None:
    port.write(b"Power down")
    qtbot.waitUntil(lambda: shown(page) == "Power down")
    page.set_record(machine("web-01", DomainState.OFF, (FIRST, SECOND)))
    assert page.strip.words.text() == "web-01 is off."
    assert page.strip.isVisible()
    assert is_grey(page)
    assert not page.bar.buttons["paste"].isEnabled()
    page.set_record(BOTH)
    qtbot.waitUntil(lambda: page.link.is_live)
    assert page.strip.isHidden()
    assert not is_grey(page)
    page.sleep()


def test_another_client_can_be_asked_to_go(
    page: SerialPage, port: FakePort, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers[OPEN] = SerialInUse(name="web-01")
    port.end()
    qtbot.waitUntil(lambda: [b.text() for b in page.strip.buttons] == ["Take Over"])
    context.engine.answers[OPEN] = FakePort()
    page.strip.buttons[0].click()
    qtbot.waitUntil(lambda: page.link.is_live)
    assert context.engine.queries[-1].arguments[-1] is Hold.FORCE
    assert page.strip.isHidden()
    page.sleep()


def test_a_machine_without_ports_says_what_to_do(page: SerialPage) -> None:
    page.set_record(domain("web-02", DomainState.RUNNING))
    assert page._stack.currentIndex() == 1
    assert "no serial port" in page._nothing.text()
    assert not page.link.is_live
    page.sleep()


def test_a_port_that_goes_elsewhere_is_shown_as_such(context: LentContext, qtbot: QtBot) -> None:
    page = SerialPage(context)
    qtbot.addWidget(page)
    page.set_record(machine("web-01", ports=(ELSEWHERE,)))
    page.wake()
    assert page._stack.currentIndex() == 0
    page.set_record(machine("web-02", ports=(ELSEWHERE, SECOND)))
    assert page.bar.ports.currentText() == "Serial port 2 (COM2)"
    page.sleep()
