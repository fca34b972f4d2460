"""Which jobs ring, what is said, and where a click leads."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.errors import ShutdownTimedOut
from backend.jobs import Job, JobState
from console.bridge.notifier import Notification, Notifier
from console.shell import bell as module
from console.shell.bell import Bell, notification
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

WEB = domain("web-01").ref
PROBLEM = ShutdownTimedOut(name="web-01", seconds=60).problem


def job(number: int = 1, took_s: float = 1.0, state: JobState = JobState.DONE) -> Job:
    problem = PROBLEM if state is JobState.FAILED else None
    return Job(number, "domain.start", WEB, "web-01", state, 100.0, 100.0 + took_s, problem=problem)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Notification]:
    shown: list[Notification] = []
    monkeypatch.setattr(Notifier, "show", lambda _self, told: shown.append(told))
    monkeypatch.setattr(module, "GATHER_MS", 1)
    return shown


@pytest.fixture
def bell(settings: Settings, shown: list[Notification], qtbot: QtBot) -> Bell:
    return Bell(Notifier("Show"), settings, lambda job: job.id != 99, lambda _job: None)


def seen(monkeypatch: pytest.MonkeyPatch, state: Qt.ApplicationState) -> None:
    monkeypatch.setattr(QApplication, "applicationState", lambda: state)


@pytest.mark.parametrize(
    ("ended", "is_in_front", "rings"),
    [
        (job(took_s=11), True, True),
        (job(took_s=9), True, False),
        (job(took_s=1), False, True),
        (job(state=JobState.FAILED), True, True),
        (job(state=JobState.CANCELLED, took_s=99), False, False),
        (replace(job(took_s=99), state=JobState.RUNNING), False, False),
        (job(99, took_s=99), False, False),
        (job(99, state=JobState.FAILED), False, False),
    ],
)
def test_what_rings(
    bell: Bell,
    shown: list[Notification],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    ended: Job,
    is_in_front: bool,
    rings: bool,
) -> None:
    states = Qt.ApplicationState
    seen(monkeypatch, states.ApplicationActive if is_in_front else states.ApplicationInactive)
    bell.follow((ended,))
    qtbot.wait(20)
    assert bool(shown) is rings


def test_turned_off_it_is_silent(bell: Bell, shown: list[Notification], qtbot: QtBot) -> None:
    bell.set_on(False)
    bell.follow((job(took_s=99),))
    qtbot.wait(20)
    assert shown == []


def test_what_is_said() -> None:
    done = notification(1, (job(took_s=12),))
    assert (done.title, done.text, done.is_bad) == ("Starting web-01", "Done in 12 s", False)
    failed = notification(1, (job(state=JobState.FAILED),))
    assert failed.title == "Starting web-01 failed"
    assert "still runs" in failed.text
    many = notification(1, [job(n) for n in range(5)])
    assert many.title == "5 jobs are done"
    assert many.text.splitlines()[-1] == "and 2 more"
    mixed = notification(1, (job(1), job(2, state=JobState.FAILED)))
    assert mixed.title == "1 of 2 jobs failed"
    assert mixed.is_bad


def test_many_at_once_ring_once(bell: Bell, shown: list[Notification], qtbot: QtBot) -> None:
    bell.follow(tuple(job(n, took_s=20) for n in range(30)))
    qtbot.waitUntil(lambda: len(shown) == 1)


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a window, offscreen
def test_a_click_brings_the_window_and_the_machine_forward(
    shown: list[Notification],
    shell: MainWindow,
    engine: FakeEngine,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = shell.session.open()
    other.show()
    handle = other.context.submit(snapin.start, domain("win-11").ref)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    engine.fail(handle.id, PROBLEM)
    qtbot.waitUntil(lambda: len(shown) == 1)
    other.showMinimized()
    shell.session._notifier.clicked.emit(shown[0].token, "a-token")
    assert not other.isMinimized()
    assert other.windowTitle().startswith("win-11")
    assert not shell.windowTitle().startswith("win-11")
    other.close()


def test_the_menu_turns_it_off(shell: MainWindow, settings: Settings) -> None:
    assert shell.commands.notifications.isChecked()
    shell.commands.notifications.trigger()
    assert not shell.session.bell.is_on
    assert settings.number("notifications", 1) == 0
