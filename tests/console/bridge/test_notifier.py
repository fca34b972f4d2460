"""The desktop's notifications: on a real bus with a small service, with none, and without a bus."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.bridge import notifier as module
from console.bridge.notifier import Notification, Notifier

DAEMON = Path(__file__).resolve().parents[2] / "fakes" / "notification_daemon.py"
CONFIGURATION = """<busconfig><type>session</type><listen>unix:path={socket}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
DONE = Notification(7, "Starting web-01", "Done in 12 s")
FAILED = Notification(8, "Starting web-02 failed", "<b> & why", is_bad=True)


class Service:
    """The service in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(DAEMON)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.line() == "ready"

    def line(self) -> str:
        """Return the next line that it writes."""
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def say(self, words: str) -> None:
        """Have it send a signal."""
        assert self._process.stdin
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus of its own, that nobody else is on."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon is not installed")
    socket, file = tmp_path / "bus", tmp_path / "bus.conf"
    file.write_text(CONFIGURATION.format(socket=socket))
    command = [program, f"--config-file={file}", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        daemon.kill()


@pytest.fixture
def service(bus: str) -> Iterator[Service]:
    service = Service()
    yield service
    service.end()


@pytest.fixture
def notifier(qtbot: QtBot) -> Iterator[Notifier]:
    notifier = Notifier("Show")
    yield notifier
    notifier.close()


def test_what_is_shown_and_that_it_was_clicked(
    service: Service, notifier: Notifier, qtbot: QtBot
) -> None:
    notifier.show(DONE)
    assert json.loads(service.line()) == {
        "title": "Starting web-01",
        "text": "Done in 12 s",
        "actions": ["default", "Show"],
        "urgency": ["y", 1],
    }
    notifier.show(FAILED)
    told = json.loads(service.line())
    assert told["text"] == "&lt;b&gt; &amp; why", "a service that knows markup takes it for some"
    assert told["urgency"] == ["y", 2]
    qtbot.waitUntil(lambda: len(notifier._tokens) == 2)
    with qtbot.waitSignal(notifier.clicked) as click:
        service.say("click 2")
    assert click.args == [8, "a-token"]
    with qtbot.assertNotEmitted(notifier.clicked, wait=100):
        service.say("click 99")
    service.say("close 2")
    qtbot.waitUntil(lambda: len(notifier._tokens) == 1)


def test_a_bus_without_the_service_is_no_trouble(
    bus: str, notifier: Notifier, qtbot: QtBot
) -> None:
    notifier.show(DONE)
    assert notifier._aside.finish(10)
    service = Service()
    notifier.show(DONE)
    assert json.loads(service.line())["title"] == "Starting web-01", "it may come later"
    service.end()


def test_no_bus_at_all_is_no_trouble(notifier: Notifier, qtbot: QtBot) -> None:
    notifier.show(DONE)
    assert notifier._aside.finish(10)
    qtbot.wait(10)
    assert notifier._tokens == {}


def test_a_service_that_hangs_holds_nobody_up(
    service: Service, notifier: Notifier, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DEADLINE_S", 0.3)
    notifier.show(DONE)
    service.line()
    service.say("hang")
    qtbot.wait(100)
    notifier.show(DONE)
    qtbot.waitUntil(lambda: notifier._link is None)


def test_closed_it_shows_nothing(service: Service, notifier: Notifier) -> None:
    notifier.show(DONE)
    service.line()
    notifier.close()
    notifier.show(FAILED)
    assert notifier._aside.finish(5)
    assert notifier._link is None


def test_a_click_that_was_on_its_way_leads_nowhere_after_the_end(
    service: Service, notifier: Notifier, qtbot: QtBot
) -> None:
    notifier.show(DONE)
    service.line()
    qtbot.waitUntil(lambda: len(notifier._tokens) == 1)
    (number,) = notifier._tokens
    notifier._heard.emit("ActionInvoked", (number, "default"))
    notifier.close()
    with qtbot.assertNotEmitted(notifier.clicked, wait=50):
        pass
