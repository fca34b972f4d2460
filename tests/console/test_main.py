"""The composition root."""

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.__main__ import (
    build,
    foreign_packages,
    host_specs,
    main,
    parse_arguments,
    signals_end,
    snapins,
)
from console.shell.settings import Settings
from console.shell.theme import Appearance
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import room


def test_hosts_of_the_command_line() -> None:
    (embedded,) = host_specs(parse_arguments(["--root", "/srv/x"]))
    assert embedded.is_embedded
    assert embedded.embedded_root == Path("/srv/x")
    (remote,) = host_specs(parse_arguments(["--no-embedded", "--connect", "qemu:///system"]))
    assert (remote.uri, remote.is_embedded) == ("qemu:///system", False)


def test_the_packages_are_ours() -> None:
    assert foreign_packages() == ""


def test_a_window_with_all_snapins(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "console.ini")
    settings.put("appearance", "no such thing")
    window = build(FakeEngine(*room()), snapins(), settings)
    qtbot.addWidget(window)
    window.show()
    assert window.theme.appearance is Appearance.SYSTEM
    qtbot.waitUntil(lambda: len(list(window.scope.nodes())) > 9)
    window.close()


def test_a_signal_closes_in_qts_own_time(qapp: QApplication, qtbot: QtBot) -> None:
    closed: list[bool] = []
    before = signal.getsignal(signal.SIGTERM)
    with signals_end(lambda: closed.append(True)):
        QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))
        qtbot.waitUntil(lambda: bool(closed))
    signal.signal(signal.SIGTERM, before)


def test_the_version_needs_no_display(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["celadon", "--version"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("celadon ")
