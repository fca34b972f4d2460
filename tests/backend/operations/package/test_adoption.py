"""A machine of another program becomes one of ours; whole ones come in in tests/live."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import NetworkMissing
from backend.model import Firmware
from backend.operations.package import adoption, foreign
from backend.operations.package.arrival import ImportSpec
from backend.xmldesc import domain as domain_xml
from tests.backend.operations.package.ovf_packages import DISK, archive, folder
from tests.backend.operations.package.test_arrival import Asked, managed
from tests.backend.operations.package.test_arrival import host as _host
from tests.backend.xmldesc.envelopes import VIRTUALBOX

host = _host
BIOS = VIRTUALBOX.replace('type="EFI"', 'type="BIOS"')


async def test_it_has_the_hardware_most_like_its_own(host: Asked, tmp_path: Path) -> None:
    found = foreign.read_folder(folder(tmp_path / "box", BIOS))
    spec = ImportSpec(found.contents.path, "db", ("nat",))
    planned = await adoption.plan(managed(host), spec, found, found.folder)
    told = domain_xml.parse(planned.description)
    made_of = told.configuration
    assert (told.name, told.notes) == ("db", "From the <office>")
    assert (made_of.current_memory_bytes, made_of.vcpus) == (512 * 2**20, 2)
    assert made_of.firmware is Firmware.BIOS
    (disk,) = made_of.disks
    assert (disk.source, disk.bus, disk.format) == ("/p/db.qcow2", "sata", "qcow2")
    (nic,) = made_of.nics
    assert (nic.source, nic.model) == ("nat", "e1000")
    (volume,) = planned.volumes
    assert volume.image
    assert (volume.image.path, volume.image.format) == (tmp_path / "box" / DISK, "vmdk")
    assert planned.archive is None


async def test_what_an_archive_holds_is_unpacked_first(host: Asked, tmp_path: Path) -> None:
    found = foreign.read_archive(archive(folder(tmp_path / "box", BIOS)))
    spec = ImportSpec(found.contents.path, "db", ("",))
    place = tmp_path / "place"
    planned = await adoption.plan(managed(host), spec, found, place)
    assert (planned.archive, planned.folder) == (found.contents.path, place)
    (volume,) = planned.volumes
    assert volume.image
    assert volume.image.path == place / DISK
    (nic,) = domain_xml.parse(planned.description).configuration.nics
    assert not nic.is_link_up
    elsewhere = replace(spec, networks=("elsewhere",))
    with pytest.raises(NetworkMissing):
        await adoption.plan(managed(host), elsewhere, found, place)
