"""The composition root."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from console.__main__ import (
    foreign_packages,
    host_specs,
    main,
    parse_arguments,
    run,
    settings_path,
)


def test_hosts_of_the_command_line() -> None:
    (embedded,) = host_specs(parse_arguments(["--root", "/srv/x"]))
    assert embedded.is_embedded
    assert embedded.embedded_root == Path("/srv/x")
    (remote,) = host_specs(parse_arguments(["--no-embedded", "--connect", "qemu:///system"]))
    assert (remote.uri, remote.is_embedded) == ("qemu:///system", False)


def test_a_keynote_has_nothing_of_the_users_own_on_the_stage() -> None:
    own, shown = parse_arguments([]), parse_arguments(["--keynote"])
    assert shown.root is not None
    assert {own.settings, own.journal}.isdisjoint({shown.settings, shown.journal})
    (spec,) = host_specs(shown)
    assert spec.embedded_root == shown.root
    told = parse_arguments(["--keynote", "--root", "/srv/x", "--settings", "/srv/c.json"])
    assert (told.root, told.settings) == (Path("/srv/x"), Path("/srv/c.json"))
    with pytest.raises(SystemExit):
        parse_arguments(["--keynote", "--no-embedded"])


def test_settings_live_where_the_desktop_keeps_them() -> None:
    assert settings_path().parts[-2:] == ("celadon", "console.json")


def test_the_packages_are_ours() -> None:
    assert foreign_packages() == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_the_program_ends_well(
    number: signal.Signals, tmp_path: Path
) -> None:
    program = (
        "import os, sys, console.__main__; from console import program\n"
        "from PySide6.QtCore import QTimer\n"
        "def make(plain=program.make_application):\n"
        "    application = plain()\n"
        f"    QTimer.singleShot(0, lambda: os.kill(os.getpid(), {int(number)}))\n"
        "    return application\n"
        "program.make_application = make; sys.exit(console.__main__.main())"
    )
    settings = tmp_path / "console.json"
    ended = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            program,
            "--offscreen",
            "--no-embedded",
            "--settings",
            settings,
            "--journal",
            tmp_path / "journal.sqlite",
            "--history",
            tmp_path / "history.sqlite",
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert settings.exists(), "the window was closed, not killed"


def test_the_version_needs_no_display(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["celadon", "--version"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("celadon ")


def test_without_a_display_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    begun: list[object] = []
    monkeypatch.setattr("console.__main__.run", lambda *said: begun.append(said))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.argv", ["celadon"])
    assert main() == 1
    assert begun == []
    assert "--offscreen" in capsys.readouterr().err
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert main() == 0
    assert len(begun) == 1


_LOADED = """
import linecache, sys, types
import console.__main__
from console import program
console.__main__.main
assert not any('PySide6' in name for name in sys.modules), 'servers connect before Qt is loaded'
program.run
from PySide6.QtWidgets import QApplication
from console.sdk.look import icon

application = QApplication([])
assert not icon('ph.play').pixmap(16, 16).isNull()
assert not any('/backend/' in file for file in linecache.cache), 'sources are read'
program.snapins()
program.session.Session
print(*(name for name, module in sys.modules.items() if type(module) is types.ModuleType))
"""


def test_a_start_loads_nothing_that_only_some_deeds_need() -> None:
    rare = {
        "inspect", "typing_extensions", "html", "platform", "console.snapins.events.page",
        "console.snapins.machines.screens", "backend.display.shared",
        "pyqtgraph", "qtawesome", "qtpy", "pycdlib", "numpy", "importlib.metadata", "runpy",
        "console.keynote.presenter", "console.shell.script_sheet", "console.shell.support_dialog",
        "console.shell.help.window", "console.snapins.machines.pages.performance",
        "console.snapins.machines.creation.wizard", "console.snapins.machines.settings.sheet",
        "console.snapins.machines.film", "console.snapins.machines.dialogs.delete",
        "console.snapins.hosts.dialogs.connect",
        "backend.history.store", "backend.hypervisor.ssh.master", "backend.display.rfb.access",
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True
    )
    assert "console.shell.window" in run.stdout.split()
    assert not rare & set(run.stdout.split())


def test_a_port_that_cannot_be_had_is_said_before_anything_opens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("sys.argv", ["celadon", "--offscreen", "--metrics", str(port)])
        assert main() == 1
    assert f"--metrics {port}: " in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["celadon", "--offscreen", "--metrics", "70000"])
    assert main() == 1


def test_what_was_opened_early_is_closed_however_the_program_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[str] = []

    def fail(*_said: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("console.program.run", fail)
    monkeypatch.setattr("backend.hypervisor.early.end", lambda: ends.append("early"))
    said = ["--settings", str(tmp_path / "console.json"), "--no-embedded", "--no-history"]
    arguments = parse_arguments([*said, "--journal", str(tmp_path / "journal.sqlite")])
    with pytest.raises(RuntimeError):
        run(arguments)
    assert ends == ["early"]
