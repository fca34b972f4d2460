"""A port that is kept open while somebody looks, taken from nobody, and let go when nobody does."""

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import ConnectionLost, NotPermitted
from backend.interruptions import SerialInUse
from backend.model import DomainState
from backend.ports import Hold
from backend.serial.backlog import Heard
from console.snapins.machines.pages import serial_link
from console.snapins.machines.pages.serial_link import SerialLink
from tests.console.snapins.lent import LentContext
from tests.fakes.serial_line import FakePort
from tests.fakes.serial_machine import FIRST, SECOND, machine

OPEN = "serial.open_port"
RUNNING, OFF = machine("web-01"), machine("web-01", DomainState.OFF)


class Looker:
    def __init__(self, context: LentContext) -> None:
        self.context = context
        self.link = SerialLink(context, lambda: True)
        self.heard = b""
        self.opened = 0
        self.away: list[tuple[str, bool]] = []
        self.link.arrived.connect(self._on_arrived)
        self.link.is_open.connect(self._on_open)
        self.link.is_away.connect(lambda words, is_taken: self.away.append((words, is_taken)))

    def _on_arrived(self, heard: Heard) -> None:
        self.heard += heard.data

    def _on_open(self) -> None:
        self.opened += 1

    def offer(self) -> FakePort:
        """Have the next question answered by a new port."""
        port = FakePort()
        self.context.engine.answers[OPEN] = port
        return port

    def refuse(self, error: Exception) -> None:
        self.context.engine.answers[OPEN] = error

    @property
    def asked(self) -> list[tuple[object, ...]]:
        return [query.arguments for query in self.context.engine.queries if query.operation == OPEN]


@pytest.fixture
def looker(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> Looker:
    monkeypatch.setattr(serial_link, "_PAUSES_S", (0.02,))
    return Looker(context)


def test_it_opens_when_somebody_looks_and_closes_when_not(looker: Looker, qtbot: QtBot) -> None:
    port = looker.offer()
    looker.link.set_port(RUNNING, FIRST)
    assert not looker.asked
    looker.link.wake()
    qtbot.waitUntil(lambda: looker.opened == 1)
    assert looker.asked == [("serial", 0, Hold.SAFE)]
    port.write(b"login: ")
    qtbot.waitUntil(lambda: looker.heard == b"login: ")
    assert looker.link.send(b"root\r")
    assert port.sent == b"root\r"
    looker.link.sleep()
    assert port.is_closed
    assert not looker.link.send(b"x")


def test_another_port_is_another_line(looker: Looker, qtbot: QtBot) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_port(RUNNING, FIRST)
    qtbot.waitUntil(lambda: looker.link.is_live)
    looker.link.set_port(RUNNING, FIRST)
    assert len(looker.asked) == 1, "nothing about it changed"
    looker.offer()
    looker.link.set_port(RUNNING, SECOND)
    assert first.is_closed
    qtbot.waitUntil(lambda: looker.opened == 2)
    assert looker.asked[-1] == ("serial", 1, Hold.SAFE)
    looker.link.sleep()


def test_an_answer_that_comes_too_late_is_closed(looker: Looker, qtbot: QtBot) -> None:
    looker.link.set_port(RUNNING, FIRST)
    looker.link.wake()
    qtbot.waitUntil(lambda: bool(looker.asked))
    looker.link.sleep()
    port = FakePort()
    looker.context.engine.waiting.settle(OPEN, port)
    qtbot.waitUntil(lambda: port.is_closed)
    assert looker.opened == 0


def test_a_machine_that_stops_and_starts_is_followed(looker: Looker, qtbot: QtBot) -> None:
    port = looker.offer()
    looker.link.set_port(RUNNING, FIRST)
    looker.link.wake()
    qtbot.waitUntil(lambda: looker.link.is_live)
    port.write(b"Power down")
    looker.link.set_port(OFF, FIRST)
    assert port.is_closed
    assert looker.away[-1] == ("web-01 is off.", False)
    looker.offer()
    looker.link.set_port(RUNNING, FIRST)
    qtbot.waitUntil(lambda: looker.opened == 2)
    looker.link.sleep()


def test_a_line_that_ends_is_opened_again(looker: Looker, qtbot: QtBot) -> None:
    port = looker.offer()
    looker.link.set_port(RUNNING, FIRST)
    looker.link.wake()
    qtbot.waitUntil(lambda: looker.link.is_live)
    looker.offer()
    port.write(b"last words")
    port.end(ConnectionLost().problem)
    qtbot.waitUntil(lambda: looker.opened == 2)
    assert looker.heard == b"last words"
    assert port.is_closed
    assert looker.away
    looker.link.sleep()


def test_another_client_is_asked_about_again_and_disturbed_only_on_a_word(
    looker: Looker, qtbot: QtBot
) -> None:
    looker.refuse(SerialInUse(name="web-01"))
    looker.link.set_port(RUNNING, FIRST)
    looker.link.wake()
    qtbot.waitUntil(lambda: len(looker.asked) >= 3)
    assert {hold for _kind, _number, hold in looker.asked} == {Hold.SAFE}
    words, is_taken = looker.away[-1]
    assert is_taken
    assert "Another client" in words
    looker.offer()
    looker.link.take_over()
    qtbot.waitUntil(lambda: looker.opened == 1)
    assert looker.asked[-1] == ("serial", 0, Hold.FORCE)
    looker.link.sleep()


def test_who_may_not_is_not_tried_again(looker: Looker, qtbot: QtBot) -> None:
    looker.refuse(NotPermitted())
    looker.link.set_port(RUNNING, FIRST)
    looker.link.wake()
    qtbot.waitUntil(lambda: bool(looker.away))
    assert not looker.link._again.isActive()
    looker.link.sleep()
