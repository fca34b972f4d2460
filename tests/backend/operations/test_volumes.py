"""Names of volumes; the making itself is tested in tests/live."""

from pathlib import Path
from typing import cast

import pytest

from backend.errors import DiskFull
from backend.host.managed import ManagedHost
from backend.model import Kind, Ref, StoragePool
from backend.operations.images import ImageFacts
from backend.operations.volumes import PlannedVolume, free_name, require_room

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


def test_room_is_required() -> None:
    require_room(POOL, 10)
    with pytest.raises(DiskFull) as raised:
        require_room(POOL, 11)
    assert raised.value.arguments == {"path": "/p", "needed_bytes": 11, "free_bytes": 10}
