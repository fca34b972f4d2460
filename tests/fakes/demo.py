"""The window with a fake engine: `python -m tests.fakes.demo [picture.png] [options]`.

Options: dark, empty, long, small, notice, failed, jobs, question, host, many.
"""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_NO_GLIB", "1")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from backend.errors import ShutdownTimedOut, StartFailed
from backend.model import Domain, Record
from console.bridge.door import Bridge
from console.bridge.loop import gui_loop
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain, host, readings, room


def records(options: list[str]) -> tuple[Record, ...]:
    if "empty" in options:
        return (host(),)
    rows: tuple[Record, ...] = room()
    if "long" in options:
        name = "a-machine-with-a-very-long-name-that-somebody-typed-on-a-long-afternoon"
        rows = (*rows, replace(domain("x"), name=name, notes="long " * 40))
    if "many" in options:
        rows = (*rows, *(domain(f"vm-{i}") for i in range(1000)))
    return rows


def settle(application: QApplication, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.005)


def stage(window: MainWindow, engine: FakeEngine, options: list[str]) -> None:
    machines = [r for r in engine.records.values() if isinstance(r, Domain)]
    if machines and window.panes.result.list and "none" not in options:
        window.panes.result.list.choose([machines[0].ref])
        window.bridge.submit(snapin.start, machines[0].ref)
        engine.report(1, 0.7, "waiting for the driver in the guest")
    if "notice" in options:
        window.bridge.submit(snapin.shutdown, machines[1].ref)
        engine.fail(2, ShutdownTimedOut(name="web-02", seconds=60))
    if "failed" in options:
        window.bridge.submit(snapin.start, machines[5].ref)
        detail = ("internal error: process exited", "qemu: could not open disk")
        engine.fail(2, StartFailed(name="win-11", detail=detail))
    if "jobs" in options:
        window.commands.jobs.setChecked(True)
    if "host" in options:
        window.context.navigate("host/rack-2")
    if "question" in options:
        window.actions_of.trigger(
            "machine.delete", replace(window.actions_of.selection, records=(machines[5],))
        )


def main() -> int:
    picture, options = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    application = QApplication(sys.argv[:1])
    with gui_loop():
        return show(application, picture, options)


def show(application: QApplication, picture: str, options: list[str]) -> int:
    theme = Theme(application, Appearance.DARK if "dark" in options else Appearance.LIGHT)
    engine = FakeEngine(*records(options))
    bridge = Bridge(engine)
    settings = Settings(Path("/tmp/celadon-demo.json"))
    window = Session(bridge, (snapin.snapin(),), settings, theme).begin()
    if "small" in options:
        window.resize(1024, 700)
    window.show()
    machines = tuple(r for r in engine.records.values() if isinstance(r, Domain))
    settle(application, 0.3)
    start = time.monotonic()
    for i in range(120):
        engine.sample(*readings(start - 120 + i, machines))
    stage(window, engine, options)
    settle(application, 0.7)
    if not picture:
        timer = QTimer()
        timer.timeout.connect(lambda: engine.sample(*readings(time.monotonic(), machines)))
        timer.start(1000)
        return application.exec()
    over = [w for w in application.topLevelWidgets() if w.isVisible() and w is not window]
    window.grab().save(picture)
    for number, widget in enumerate(over):
        widget.grab().save(picture.replace(".png", f"-{number}.png"))
    window.close()
    return 0


if __name__ == "__main__":
    assert HOST
    sys.exit(main())
