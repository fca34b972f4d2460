"""What systemd runs as the computer starts and stops, and what it is told."""

import configparser
from pathlib import Path

import libvirt
import pytest

from backend import service
from backend.specs import HostSpec

OURS = HostSpec("s", "s", is_embedded=True, embedded_root=Path("/srv/celadon host"))
SYSTEM = HostSpec("s", "s", "qemu:///system")


def unit(spec: HostSpec) -> configparser.SectionProxy:
    found = service.units(spec, Path("/opt/celadon"), "/opt/celadon/.venv/bin/python")
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(found[f"systemd/system/{service.UNIT}"])
    return parser["Service"]


def test_our_own_host_needs_a_unit_alone() -> None:
    assert set(service.units(OURS, Path("/opt"), "py")) == {"systemd/system/" + service.UNIT}
    command = '"/opt/celadon/.venv/bin/python" -m backend.service {} --root "/srv/celadon host"'
    # One machine that fails to start must not cost the others their orderly end.
    assert unit(OURS)["ExecStart"] == "-" + command.format("start")
    assert unit(OURS)["ExecStop"] == command.format("stop")


def test_libvirt_of_the_system_is_kept_from_starting_all_at_once() -> None:
    found = service.units(SYSTEM, Path("/opt"), "py")
    assert "/run/libvirt/qemu/autostarted" in found["tmpfiles.d/celadon-machines.conf"]
    assert unit(SYSTEM)["ExecStop"].endswith("stop --uri qemu:///system")
    assert unit(SYSTEM)["User"] == "root"


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
