"""A virtual hard disk goes only if nothing uses it."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.host.managed import ManagedHost
from backend.jobs import Job
from backend.model import Disk, Domain, Kind, Ref, StorageVolume
from backend.operations import storage
from tests.backend.conftest import Heard

NAME = "left.img"
XML = f"<volume><name>{NAME}</name><capacity>1048576</capacity></volume>"


async def make(host: ManagedHost, _ref: Ref) -> None:
    await host.tell(lambda c: c.storagePoolLookupByName("default-pool").createXML(XML, 0))
    await host.read_storage_now()


@pytest.fixture
def volume(heard: Heard, vm: Ref) -> StorageVolume:
    heard.engine.query(make, vm).result(5)
    heard.until(lambda: found(heard))
    return found(heard)[0]


def found(heard: Heard) -> list[StorageVolume]:
    return [r for r in heard.records.values() if isinstance(r, StorageVolume) and r.name == NAME]


def delete(heard: Heard, volume: StorageVolume) -> Job:
    return heard.end_of(heard.engine.submit(storage.delete_volume, volume.ref))


def test_one_that_nothing_uses_is_gone(heard: Heard, volume: StorageVolume) -> None:
    assert delete(heard, volume).problem is None
    assert not found(heard)
    problem = delete(heard, volume).problem
    assert problem
    assert problem.message_id == "Gone"


def test_one_that_a_machine_has_stays(heard: Heard, volume: StorageVolume, vm: Ref) -> None:
    async def have_it_used(host: ManagedHost, ref: Ref) -> None:
        machine = host.inventory.find(ref, Domain)
        assert machine
        assert machine.next_start
        disk = Disk("vdb", "virtio", source=volume.path)
        host.inventory.put(replace(machine, next_start=replace(machine.next_start, disks=(disk,))))

    heard.engine.query(have_it_used, vm).result(5)
    problem = delete(heard, volume).problem
    assert problem
    assert (problem.message_id, problem["name"]) == ("VolumeInUse", "test")
    assert [one.ref.kind for one in found(heard)] == [Kind.STORAGE_VOLUME]
    assert Path(volume.path).name == NAME
