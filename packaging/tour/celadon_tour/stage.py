"""The program itself, put together as it is for a user, on a host that is thrown away afterwards.

A user's machines, hosts and settings are out of reach: the host lives in a directory of its own,
and so does the file of settings.
"""

import contextlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from backend.engine import Engine
from backend.hypervisor.embedded import daemon
from celadon_tour.waiting import Waiting
from console.__main__ import host_specs, parse_arguments
from console.bridge.loop import gui_loop
from console.program import build, snapins
from console.shell.settings import Settings
from console.shell.window import MainWindow

HOST_NAME = "tour"
SERVERS, SCREENS = "servers.json", "screens.sqlite"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
log = logging.getLogger("Qt")


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """Give a directory that QEMU's own user can reach, unlike most temporary ones.

    Its name says which process it belongs to, as more than one tour may be on its way.
    """
    prefix = f"celadon-tour-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir="/var/tmp") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def draw_for_nobody(folder: Path, *, scale: float | None = None) -> None:
    """Give Qt a screen that nobody sees, of a usual size. Before there is a QApplication.

    So many of its points are one of the program's; without a word, as QT_SCALE_FACTOR says.
    """
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1")) if scale is None else scale
    width, height = (round(points * scale) for points in (1920, 1080))
    screen = {"name": "nobody's", "x": 0, "y": 0, "width": width, "height": height,
              "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


def hear_qt() -> None:
    """Have what Qt says logged, but for what it says of every window that nobody sees."""

    def on_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if not text.startswith("This plugin does not support"):
            log.log(_LEVELS.get(kind, logging.WARNING), text)

    qInstallMessageHandler(on_message)


def _ssh_config(folder: Path) -> Path:
    """Return a configuration of ssh in which nothing is the user's own: no key, no known host."""
    file = folder / "ssh_config"
    lines = (
        f"UserKnownHostsFile {folder / 'known_hosts'}",
        "GlobalKnownHostsFile /dev/null",
        "IdentityAgent none",
        f"IdentityFile {folder / 'no_key'}",
    )
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


@contextlib.contextmanager
def remembered(folder: Path) -> Iterator[MainWindow]:
    """Open a window in the dark on what the files in a folder remember, and on no host beside."""
    settings = Settings(folder / "console.json")
    settings.put("appearance", "dark")
    engine = Engine(())
    engine.start()
    try:
        with gui_loop():
            window = build(engine, snapins(), settings, ssh_config=folder / "ssh_config")
            window.show()
            window.activateWindow()
            try:
                yield window
            finally:
                window.close()
    finally:
        engine.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """The program, open. `again` ends it and starts it anew, and returns the window then.

    So does `first_day`, and nothing is remembered. `uri` is the host's address for virsh.
    """

    window: QWidget
    uri: str
    again: Callable[[], QWidget]
    first_day: Callable[[], QWidget]


class Program:
    """The program as a user starts it, on a host in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file, self.root = folder, folder / "console.json", folder / "host"
        arguments = parse_arguments(["--root", str(self.root), "--settings", str(self._file)])
        self._specs = [replace(spec, name=HOST_NAME) for spec in host_specs(arguments)]
        self._journal = folder / "journal.sqlite"
        self._history = folder / "history.sqlite"
        self._engine: Engine | None = None
        self._window: MainWindow | None = None

    def start(self) -> MainWindow:
        """Have it open; return its window."""
        settings = Settings(self._file)
        settings.put("appearance", settings.text("appearance", "light"))
        self._engine = Engine(self._specs, self._journal, self._history)
        self._engine.start()
        config = _ssh_config(self._folder)
        self._window = build(self._engine, snapins(), settings, ssh_config=config)
        self._window.session.show()
        self._window.activateWindow()
        return self._window

    def end(self) -> None:
        """End it, as a signal does."""
        if self._window:
            self._window.session.end()
        if self._engine:
            self._engine.close()

    def again(self) -> MainWindow:
        """End it, and start it anew."""
        self.end()
        return self.start()

    def first_day(self) -> MainWindow:
        """End it, and start it with nothing remembered: no place, no column, no figure."""
        self.end()
        for name in (self._file.name, SERVERS, self._journal.name, self._history.name, SCREENS):
            for kept in self._folder.glob(f"{name}*"):
                kept.unlink()
        return self.start()


@contextlib.contextmanager
def opened(folder: Path, waiting: Waiting) -> Iterator[Opened]:
    """Open the program on a host in this folder. Afterwards the host is gone, with all on it."""
    program = Program(folder)
    try:
        with gui_loop():
            try:
                window = program.start()
                # Found as any other program would find it, not asked of ours.
                uri = waiting.meanwhile(lambda: daemon.ensure(program.root)).uri
                yield Opened(window, uri, program.again, program.first_day)
            finally:
                program.end()
    finally:
        daemon.stop(daemon.ensure(program.root))
