"""A machine without UEFI is not asked about; tests/live/test_packages has real ones."""

from collections.abc import Iterator

import libvirt
import pytest

from backend.errors import Gone
from backend.hypervisor import firmware_memory, reader
from backend.xmldesc import storage


@pytest.fixture
def connect() -> Iterator[libvirt.virConnect]:
    connect = libvirt.open("test:///default")
    yield connect
    connect.close()


def test_without_uefi_nothing_is_asked() -> None:
    bios = "<domain><name>a</name><os><type>hvm</type></os></domain>"
    assert firmware_memory.find(None, bios) == ""


def test_what_is_not_there_is_not_copied_and_no_pool_stays(connect: libvirt.virConnect) -> None:
    before = [pool.name() for pool in connect.listAllStoragePools(0)]
    with pytest.raises(Gone):
        firmware_memory.copy(connect, "/nvram/a.fd", "/nvram/b.fd")
    with pytest.raises(Gone):
        firmware_memory.read(connect, "/nvram/a.fd")
    firmware_memory.delete(connect, "/nvram/a.fd")
    named = "<domain><os><nvram>/nvram/a.fd</nvram></os></domain>"
    assert firmware_memory.place(connect, named) == "/nvram/a.fd"
    assert firmware_memory.find(connect, named) == ""
    assert [pool.name() for pool in connect.listAllStoragePools(0)] == before


def test_a_copy_is_there_and_goes_again(connect: libvirt.virConnect) -> None:
    there = connect.storagePoolCreateXML(storage.dump_pool("own", "/nvram"), 0)
    there.createXML(storage.dump_volume("a.fd", 540672, "raw"), 0)
    assert firmware_memory.find(connect, "<domain><os><nvram>/nvram/a.fd</nvram></os></domain>")
    assert firmware_memory.copy(connect, "/nvram/a.fd", "/nvram/b.fd") == "/nvram/b.fd"
    assert sorted(there.listVolumes()) == ["a.fd", "b.fd"]
    firmware_memory.delete(connect, "/nvram/b.fd")
    assert there.listVolumes() == ["a.fd"]
    there.destroy()


def test_a_pool_that_is_there_for_a_moment_is_shown_to_nobody(connect: libvirt.virConnect) -> None:
    before = reader.read_pools(connect, "h")
    name = f"{firmware_memory.PASSING}1"
    passing = connect.storagePoolCreateXML(storage.dump_pool(name, "/nvram"), 0)
    assert reader.read_pools(connect, "h") == before
    passing.destroy()
