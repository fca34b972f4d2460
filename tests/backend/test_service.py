"""What systemd runs as the computer starts and stops, and what it is told."""

import configparser
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import libvirt
import pytest

from backend import service
from backend.specs import HostSpec

OURS = HostSpec("s", "s", is_embedded=True, embedded_root=Path("/srv/celadon host"))
SYSTEM = HostSpec("s", "s", "qemu:///system")
AT_SOCKET = HostSpec("s", "s", "qemu:///system?socket=%2Frun%2Flibvirt%2Fvirtqemud-sock")
ODD = HostSpec("s", "s", is_embedded=True, embedded_root=Path('/srv/5" $HOME 100%h'))


def unit(spec: HostSpec) -> configparser.SectionProxy:
    found = service.units(spec, Path("/opt/celadon"), "/opt/celadon/.venv/bin/python")
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(found[f"systemd/system/{service.UNIT}"])
    return parser["Service"]


def test_our_own_host_needs_one_unit() -> None:
    found = service.units(OURS, Path("/opt"), "py")
    assert [Path(name).name for name in found if name.endswith(".service")] == [service.UNIT]
    command = '"/opt/celadon/.venv/bin/python" -m backend.service {} --root "/srv/celadon host"'
    # One machine that fails to start must not cost the others their orderly end.
    assert unit(OURS)["ExecStart"] == "-" + command.format("start")
    assert unit(OURS)["ExecStop"] == command.format("stop")


@pytest.mark.parametrize("place", ["session-.scope.d", "user@.service.d"])
def test_what_a_console_started_ends_after_the_unit_stopped_it(place: str) -> None:
    name = f"systemd/system/{place}/celadon-machines.conf"
    assert f"Before={service.UNIT}" in service.units(OURS, Path("/opt"), "py")[name]
    assert name not in service.units(SYSTEM, Path("/opt"), "py"), "those are libvirt's own"
    machines = Path(__file__).resolve().parents[2] / "packaging" / "machines"
    assert place in machines.read_text(), "it removes them too"


def test_libvirt_of_the_system_is_kept_from_starting_all_at_once() -> None:
    found = service.units(SYSTEM, Path("/opt"), "py")
    first = found["systemd/system/" + service.FIRST]
    assert "touch /run/libvirt/qemu/autostarted" in first
    assert "Before=libvirtd.service virtqemud.service" in first
    assert unit(SYSTEM)["ExecStop"].endswith('stop --uri "qemu:///system"')
    assert unit(SYSTEM)["User"] == "root"


def test_libvirt_starts_them_as_ever_where_the_unit_is_not_enabled() -> None:
    found = service.units(SYSTEM, Path("/opt"), "/opt/py")
    # tmpfiles.d would act at each boot, whatever is enabled; of units one wants the other.
    assert {path.rpartition("/")[0] for path in found} == {"systemd/system"}
    first, last = (found["systemd/system/" + name] for name in (service.FIRST, service.UNIT))
    assert "[Install]" not in first
    assert service.FIRST in last
    # Nor where what would start them is gone.
    assert "ConditionFileIsExecutable=/opt/py" in first


def test_what_stops_them_has_a_bound_that_it_tells_itself(
    three: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert unit(SYSTEM)["TimeoutStopSec"].isdigit()
    assert unit(SYSTEM)["NotifyAccess"] == "exec"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        assert service.main(["stop", "--uri", f"test://{three}"]) == 0
        name, _, microseconds = systemd.recv(1000).decode().partition("=")
    assert name == "EXTEND_TIMEOUT_USEC"
    # One is saved, another has 50 s to shut down, and a third is turned off after both.
    assert 3600 + 50 < int(microseconds) / 1e6 < 3600 + 50 + 1000


@pytest.fixture
def three(tmp_path: Path) -> Path:
    noted = (
        "",
        "stop-action='shut_down' stop-timeout='50'",
        "stop-action='turn_off' start-order='1'",
    )
    machines = "".join(
        f"<domain type='test'><name>m{number}</name><memory>8192</memory>"
        f"<metadata><c:machine xmlns:c='urn:celadon:machine:1' {note}/></metadata>"
        "<os><type arch='i686'>hvm</type></os></domain>"
        for number, note in enumerate(noted)
    )
    path = tmp_path / "three.xml"
    path.write_text(f"<node>{machines}</node>")
    return path


def test_signs_that_mean_something_to_systemd_are_themselves() -> None:
    assert unit(AT_SOCKET)["ExecStop"].endswith(
        '--uri "qemu:///system?socket=%%2Frun%%2Flibvirt%%2Fvirtqemud-sock"'
    )
    assert unit(ODD)["ExecStop"].endswith(r'--root "/srv/5\" $$HOME 100%%h"')


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to ask")
@pytest.mark.parametrize("spec", [OURS, SYSTEM, AT_SOCKET, ODD])
def test_systemd_understands_the_units(spec: HostSpec, tmp_path: Path) -> None:
    python = tmp_path / "a place 100%h" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    paths = []
    for name, text in service.units(spec, python.parent, str(python)).items():
        if name.endswith(".service"):
            paths.append(tmp_path / Path(name).name)
            paths[-1].write_text(text)
    asked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (asked.returncode, asked.stderr) == (0, "")


def test_units_are_written_where_they_are_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert service.main(["units", "--uri", "qemu:///system", "--etc", str(tmp_path)]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert all(path.is_relative_to(tmp_path) and path.exists() for path in written)
    assert len(written) == 2


def test_it_stops_what_runs_there(uri: str) -> None:
    held = libvirt.open(uri)  # it shows that nobody's but its own connection is changed
    assert service.main(["start", "--uri", uri]) == 0
    assert service.main(["stop", "--uri", uri]) == 0
    held.close()


def test_what_goes_wrong_is_said_and_told_by_the_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert service.main(["start", "--uri", "test:///nowhere/at/all.xml"]) == 1
    assert capsys.readouterr().err.strip()
