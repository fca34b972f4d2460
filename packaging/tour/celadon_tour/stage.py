"""The program itself, put together as it is for a user, on a host that is thrown away afterwards.

A user's machines, hosts and settings are out of reach: the host lives in a directory of its own,
and so does the file of settings.
"""

import contextlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from backend.engine import Engine
from backend.hypervisor.embedded import daemon
from celadon_tour.waiting import Waiting
from console.__main__ import build, host_specs, parse_arguments, snapins
from console.bridge.loop import gui_loop
from console.shell.settings import Settings
from console.shell.window import MainWindow

HOST_NAME = "tour"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
log = logging.getLogger("Qt")


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """Give a directory that QEMU's own user can reach, unlike most temporary ones."""
    with tempfile.TemporaryDirectory(prefix="celadon-tour-", dir="/var/tmp") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def draw_for_nobody(folder: Path, *, scale: int = 1) -> None:
    """Give Qt a screen that nobody sees, of a usual size. Before there is a QApplication."""
    screen = {"name": "nobody's", "x": 0, "y": 0, "width": 1920 * scale, "height": 1080 * scale,
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


@contextlib.contextmanager
def opened(folder: Path, waiting: Waiting) -> Iterator[tuple[MainWindow, str]]:
    """Open the window on a host in this folder; give it and the host's address for virsh.

    Afterwards the host is gone, with all that ran on it.
    """
    file, root = folder / "console.json", folder / "host"
    settings = Settings(file)
    settings.put("appearance", "light")
    arguments = parse_arguments(["--root", str(root), "--settings", str(file)])
    specs = [replace(spec, name=HOST_NAME) for spec in host_specs(arguments)]
    engine = Engine(specs, folder / "journal.sqlite")
    engine.start()
    try:
        with gui_loop():
            window = build(engine, snapins(), settings, ssh_config=_ssh_config(folder))
            window.show()
            window.activateWindow()
            try:
                # Found as any other program would find it, not asked of ours.
                yield window, waiting.meanwhile(lambda: daemon.ensure(root)).uri
            finally:
                window.close()
    finally:
        engine.close()
        daemon.stop(daemon.ensure(root))
