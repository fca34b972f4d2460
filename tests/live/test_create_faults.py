"""A few cycles of the soak: machines are made whole, or nothing is left of them."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.operations import machine
from backend.specs import MachineSpec, SourceKind
from tests.live.soak_create import MIB, POOL_MIB, Cycle, Soak, small_host
from tests.live.stage import HOST, Stage

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system"),
]


@pytest.fixture(scope="module")
def small() -> Iterator[Stage]:
    with small_host() as stage:
        yield stage


@pytest.mark.parametrize(
    ("number", "step", "nth", "fault", "told"),
    [
        (1, "upload", 2, "cancel", "cancelled"),
        (2, "create_volume", 2, "disk_full", "DiskFull"),
        (0, "define", 1, "name_taken", "NameTaken"),
        (1, "start", 1, "cancel", "cancelled"),
        (2, "define", 2, "daemon_killed", ""),
    ],
)
def test_nothing_is_left(
    small: Stage, number: int, step: str, nth: int, fault: str, told: str
) -> None:
    ended = Soak(small).run(Cycle(number, step, nth, fault))
    assert ended == told or not told


def test_a_disk_for_which_there_is_no_room(small: Stage, tmp_path: Path) -> None:
    big = tmp_path / "big.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", big, "1M"], check=True)
    with big.open("ab") as file:
        file.truncate(2**43)  # 8 TiB of holes, for which there is room
        file.write(b"\1" * (POOL_MIB + 1) * MIB)
    before = Soak(small).there()
    job = small.do(machine.create, HOST, MachineSpec("bad", SourceKind.DISK_IMAGE, path=big))
    assert job.problem, job
    assert job.problem.message_id == "DiskFull"
    assert Soak(small).there() == before
