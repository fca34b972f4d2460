import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from backend.measures import Measure, Unit
from backend.model import Alerts, Change, Kind, Ref
from backend.thresholds import Alert, Severity, Threshold
from console.bridge.notifier import Notification
from console.shell import alarm as module
from console.shell.alarm import NAMED, Alarm
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

CPU = Threshold("cpu", Measure.CPU, 0.95, Unit.SHARE, duration_s=600.0)
MEMORY = Threshold("memory", Measure.HOST_MEMORY_USED, 0.95, Unit.SHARE, severity=Severity.CRITICAL)


class Desktop(QObject):
    """What the desktop was asked to show."""

    clicked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Notification] = []

    def show(self, notification: Notification) -> None:
        self.shown.append(notification)


class Room:
    """An alarm, and who it leads to."""

    def __init__(self) -> None:
        self.desktop, self.came, self.is_on = Desktop(), list[Ref](), True
        self.alarm = Alarm(
            self.desktop,  # type: ignore[arg-type]
            self,
            lambda ref: replace(domain(f"name of {ref.key}"), ref=ref),
            lambda record: self.came.append(record.ref),
        )

    def tell(self, key: str, *alerts: Alert, before: tuple[Alert, ...] = ()) -> None:
        ref = Ref("h", Kind.DOMAIN, key)
        place = ref.of(Kind.ALERTS)
        was = Alerts(place, ref, before) if before else None
        now = Alerts(place, ref, alerts) if alerts else None
        self.alarm.follow((Change(place, was, now),))

    def pass_time(self) -> None:
        """Let all that waits come to its time."""
        for timer in (self.alarm._soon, self.alarm._quiet):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()


@pytest.fixture
def room(qapp: object) -> Iterator[Room]:
    room = Room()
    yield room
    room.alarm.deleteLater()


def alert(threshold: Threshold = CPU, **more: object) -> Alert:
    return replace(Alert(threshold, "", time.time(), 0.97, time.time()), **more)  # type: ignore[arg-type]


def test_an_alert_rings_once_and_leads_to_its_machine(room: Room) -> None:
    first = alert()
    room.tell("web", first)
    room.tell("web", replace(first, figure=0.99), before=(first,))
    room.pass_time()
    room.pass_time()
    (shown,) = room.desktop.shown
    assert (shown.title, shown.is_bad) == ("name of web", False)
    assert shown.text.startswith("CPU usage above 95 %. ")
    room.desktop.clicked.emit(shown.token, "")
    assert [ref.key for ref in room.came] == ["web"]


def test_a_storm_is_one_notification_with_the_worst_first(room: Room) -> None:
    for number in range(100):
        room.tell(str(number), alert())
    room.tell("server", alert(MEMORY))
    room.pass_time()
    (shown,) = room.desktop.shown
    assert shown.title == "101 alerts"
    assert shown.is_bad
    assert shown.text.splitlines()[0].startswith("name of server: ")
    assert shown.text.splitlines()[-1] == f"and {101 - NAMED} more"
    room.desktop.clicked.emit(shown.token, "")
    assert [ref.key for ref in room.came] == ["server"]


def test_what_comes_soon_after_waits_for_its_minute(room: Room) -> None:
    room.tell("web", alert())
    room.alarm._soon.stop()
    room.alarm._ring()
    room.tell("db", alert())
    assert not room.alarm._soon.isActive()
    assert len(room.desktop.shown) == 1
    room.pass_time()
    assert [shown.title for shown in room.desktop.shown] == ["name of web", "name of db"]
    assert module.QUIET_MS >= 60_000


def test_what_is_over_before_it_rang_is_not_told(room: Room) -> None:
    first = alert()
    room.tell("web", first)
    room.tell("web", before=(first,))
    room.pass_time()
    assert room.desktop.shown == []


def test_what_was_made_silent_while_it_waited_does_not_ring(room: Room) -> None:
    first = alert()
    room.tell("web", first)
    room.tell("web", replace(first, silent_until=time.time() + 60), before=(first,))
    room.pass_time()
    assert room.desktop.shown == []
    room.tell("db", first)
    room.is_on = False
    room.pass_time()
    assert room.desktop.shown == [], "nor what waited when somebody wanted none any more"


def test_silent_ones_and_those_of_who_wants_none_do_not_ring(room: Room) -> None:
    room.tell("web", alert(silent_until=time.time() + 60))
    room.is_on = False
    room.tell("db", alert())
    room.pass_time()
    assert room.desktop.shown == []


def test_a_click_leads_to_the_machine_in_the_window(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Notification] = []
    alarm = shell.session.alarm
    monkeypatch.setattr(alarm._notifier, "show", shown.append)
    alarm._soon.setInterval(0)
    db = domain("db-01").ref
    place = db.of(Kind.ALERTS)
    engine.put(Alerts(place, db, (alert(),)))
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert shown[0].title == "db-01"
    alarm._notifier.clicked.emit(shown[0].token, "")
    qtbot.waitUntil(lambda: shell.windowTitle().startswith("db-01"))
