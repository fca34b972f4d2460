"""Names of volumes; the making itself is tested in tests/live."""

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from backend.errors import (
    BackendError,
    ConnectionLost,
    DescriptionRefused,
    DiskFull,
    HostBusy,
    HostNotAnswering,
    HypervisorRefused,
    NotPermitted,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Kind, Ref, StoragePool
from backend.operations.images import ImageFacts
from backend.operations.volumes import PlannedVolume, free_name, make, require_room

POOL = StoragePool(
    Ref("h", Kind.STORAGE_POOL, "p"), "p", "dir", is_active=True, path="/p", available_bytes=10
)


class Host:
    """Has the volumes that it is told to have; nobody looks what the question is made of."""

    def __init__(self, *there: str) -> None:
        self.there = there

    async def tell(self, command: object) -> bool:
        name = command.__defaults__[0]  # type: ignore[attr-defined]
        return name in self.there


async def test_the_first_free_name() -> None:
    taken: set[str] = set()
    host = cast("ManagedHost", Host("a.qcow2", "a-2.qcow2"))
    names = [await free_name(host, POOL, "a", "qcow2", taken) for _ in range(2)]
    assert names == ["a-3.qcow2", "a-4.qcow2"]
    assert await free_name(host, POOL, "b", "iso", taken) == "b.iso"


def test_a_volume_is_filled_at_the_size_of_its_image() -> None:
    image = ImageFacts(Path("/i"), "raw", 5)
    assert PlannedVolume("v", "qcow2", 9, image).first_bytes == 5
    assert PlannedVolume("v", "qcow2", 9).first_bytes == 9


class Maker:
    """Fails to make a volume as it is told to, and counts what is told after that."""

    def __init__(self, error: BackendError) -> None:
        self.error: BackendError | None = error
        self.deleted = 0

    async def tell(self, _command: object, *, deadline_s: float = 0.0) -> None:
        del deadline_s
        error, self.error = self.error, None
        if error:
            raise error
        self.deleted += 1


@pytest.mark.parametrize(
    ("error", "told", "deleted"),
    [
        (HypervisorRefused(code=commands.VOLUME_EXISTS, detail=("exists",)), "VolumeTaken", 0),
        (NotPermitted(), "NotPermitted", 0),
        (HostBusy(seconds=30), "HostBusy", 0),
        (DescriptionRefused(), "DescriptionRefused", 0),
        (ConnectionLost(), "ConnectionLost", 1),
        (HostNotAnswering(seconds=30), "HostNotAnswering", 1),
    ],
)
async def test_a_volume_that_was_refused_is_somebody_elses(
    error: BackendError, told: str, deleted: int
) -> None:
    """Two consoles may choose one name in the same moment: the quicker one's is in use then."""
    host = Maker(error)
    pool = replace(POOL, available_bytes=2**40)
    with pytest.raises(BackendError, match=told):
        async with AsyncExitStack() as undo:
            await make(cast("ManagedHost", host), pool, PlannedVolume("v", "qcow2", 9), undo)
    assert host.deleted == deleted


def test_room_is_required() -> None:
    require_room(POOL, 10)
    with pytest.raises(DiskFull) as raised:
        require_room(POOL, 11)
    assert raised.value.arguments == {"path": "/p", "needed_bytes": 11, "free_bytes": 10}
