"""Hosts that are told by a stand-in of a virConnect; this computer's own kernel; ssh played."""

import subprocess
from pathlib import Path
from typing import Any

import libvirt
import pytest

from backend import pressure
from backend.hypervisor import errand, host_figures

TWO = """
<capabilities><host><topology><cells num="2">
  <cell id="0"><cpus num="2"><cpu id="0"/><cpu id="1"/></cpus></cell>
  <cell id="1"><cpus num="1"><cpu id="2"/></cpus></cell>
</cells></topology></host></capabilities>
"""


class Host:
    """Two NUMA nodes; processor n has spent n + 1 seconds."""

    def __init__(self, uri: str = "qemu:///system", nodes: int = 2) -> None:
        self.uri, self.nodes = uri, nodes

    def getURI(self) -> str:
        return self.uri

    def getInfo(self) -> list[Any]:
        return ["x86_64", 1024, 3, 1000, self.nodes, 1, 1, 1]

    def getCapabilities(self) -> str:
        assert self.nodes > 1, "it may cost seconds"
        return TWO

    def getMemoryStats(self, node: int, _flags: int) -> dict[str, int]:
        return {"total": 100 + node, "free": 10}

    def getCPUStats(self, processor: int, _flags: int) -> dict[str, int]:
        return {"user": processor + 1, "idle": 5}


def test_nodes_are_those_of_a_host_that_has_several() -> None:
    assert host_figures.read_nodes(Host()) == {"0": (0, 1), "1": (2,)}
    assert host_figures.read_nodes(Host(nodes=1)) == {}


def test_each_node_has_its_own_processors_and_memory() -> None:
    told = host_figures.read_host(Host(), {"0": (0, 1), "1": (2,)})
    assert told["0"] == {"total": 100, "free": 10, "user.ns": 3, "idle.ns": 10}
    assert told["1"] == {"total": 101, "free": 10, "user.ns": 3, "idle.ns": 5}
    assert told[""]["total"] == 99


def test_what_a_driver_does_not_tell_is_left_out() -> None:
    connect = libvirt.open("test:///default")
    told = host_figures.read_host(connect, {})
    assert "total" not in told[""]
    assert "idle.ns" in told[""]
    assert host_figures.read_pressure(connect) == "", "it is no real computer"
    connect.close()


@pytest.mark.skipif(not Path("/proc/pressure/cpu").exists(), reason="a kernel without PSI")
def test_this_computers_pressure_is_its_kernels() -> None:
    assert host_figures.is_near(Host())
    first = pressure.parse(host_figures.read_pressure(Host("qemu+unix:///system?socket=/x")))
    assert {"cpu.some", "memory.full", "io.some", "swap.in"} <= first.keys()


def test_pressure_of_another_computer_is_asked_by_our_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    far = Host("qemu+ssh://root@rack-2/system")
    assert not host_figures.is_near(far)

    def run(_connect: object, command: tuple[str, ...]) -> str:
        by_shell = ("sh", "-c", " ".join(command))
        return subprocess.run(by_shell, capture_output=True, text=True, check=False).stdout

    monkeypatch.setattr(errand, "run_there", run)
    there, here = (
        pressure.parse(host_figures.read_pressure(one))
        for one in (far, Host("qemu+unix:///system?socket=/x"))
    )
    assert "swap.in" in there
    disks = {name for name in there if name.startswith(pressure.USED)}
    assert disks == {name for name in here if name.startswith(pressure.USED)}
    assert all(here[one] == pytest.approx(there[one], rel=0.05) for one in disks)


def test_a_file_system_is_told_of_once_and_by_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, folder, mounts = tmp_path / "hosts", tmp_path / "of pools", tmp_path / "mounts"
    file.touch()
    folder.mkdir()
    named = str(folder).replace(" ", r"\040")
    lines = (f"/dev/vda {file}", f"/dev/vda {named}", f"/dev/vda {tmp_path}")
    mounts.write_text("".join(f"{line} ext4 rw 0 0\n" for line in lines))
    monkeypatch.setattr(host_figures, "_MOUNTS", mounts)
    told = pressure.parse(host_figures.read_pressure(Host("qemu:///system")))
    assert [name for name in told if name.startswith(pressure.USED)] == [f"disk.used:{folder}"]
