"""Which files a host can use where they lie."""

import asyncio
import subprocess
from dataclasses import replace
from pathlib import Path

from backend.model import Disk, Domain, DomainState, Kind, Ref, StorageVolume
from backend.operations import placement
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import newdomain
from tests.backend.xmldesc.test_newdomain import PLAN
from tests.fakes.plugged import PluggedHost


def user_of(host: PluggedHost, path: str) -> str:
    return asyncio.run(placement.user_of(host.managed, path))


def disk_at(host: PluggedHost, path: Path) -> None:
    """Have a machine whose disk lies there."""
    disk = Disk("vda", "virtio", "disk", str(path), "qcow2")
    made_of = domain_xml.parse(newdomain.dump(PLAN)).configuration
    assert made_of
    its = replace(made_of, disks=(disk,))
    ref = Ref("h", Kind.DOMAIN, "u")
    host.inventory.put(Domain(ref, "its user", DomainState.OFF, next_start=its))


def test_a_link_to_a_disk_is_that_disk(tmp_path: Path) -> None:
    host = PluggedHost()
    disk, link = tmp_path / "disk.qcow2", tmp_path / "link"
    disk.touch()
    link.symlink_to(disk)
    disk_at(host, disk)
    assert user_of(host, str(link)) == "its user"
    disk_at(host, link)
    assert user_of(host, str(disk)) == "its user"
    assert user_of(host, str(tmp_path / "other")) == ""


def test_the_format_is_what_the_file_says(tmp_path: Path) -> None:
    host = PluggedHost()
    disk = tmp_path / "misnamed.raw"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", disk, "1M"], check=True)
    assert asyncio.run(placement.format_of(host.managed, disk)) == "qcow2"
    assert asyncio.run(placement.format_of(host.managed, tmp_path / "missing")) == ""
    assert asyncio.run(placement.format_of(host.managed, tmp_path)) == ""


def test_a_disk_that_a_machine_has(tmp_path: Path) -> None:
    host = PluggedHost()
    made_of = domain_xml.parse(newdomain.dump(PLAN)).configuration
    ref = Ref("h", Kind.DOMAIN, "u")
    host.inventory.put(Domain(ref, "its user", DomainState.OFF, next_start=made_of))
    assert user_of(host, "/d.qcow2") == "its user"
    assert user_of(host, "/other") == ""


def test_a_disk_that_others_are_based_on() -> None:
    host = PluggedHost()
    made_of = domain_xml.parse(newdomain.dump(PLAN)).configuration
    host.inventory.put(
        Domain(Ref("h", Kind.DOMAIN, "u"), "linked", DomainState.OFF, next_start=made_of)
    )
    pool = Ref("h", Kind.STORAGE_POOL, "p")
    for path, base in (("/d.qcow2", "/base"), ("/base", ""), ("/loose", "/other")):
        ref = Ref("h", Kind.STORAGE_VOLUME, path)
        host.inventory.put(StorageVolume(ref, pool, path[1:], path, "qcow2", 1, 1, base))
    assert user_of(host, "/base") == "linked"
    assert user_of(host, "/other") == "loose"


def test_a_volume_is_found_by_its_path_and_only_far_away_is_it_only_there() -> None:
    host = PluggedHost()
    pool = Ref("h", Kind.STORAGE_POOL, "p")
    ref = Ref("h", Kind.STORAGE_VOLUME, "v")
    volume = StorageVolume(ref, pool, "a.iso", "/images/a.iso", "iso", 1, 1)
    host.inventory.put(volume)
    path = Path("/images/a.iso")
    assert placement.volume_at(host.managed, path) == volume
    assert placement.volume_at(host.managed, Path("/images/b.iso")) is None
    assert placement.only_there(host.managed, path) is None
    host.record = type(host.record)(host.ref, "There", "qemu+ssh://there/system", host.record.state)
    assert placement.only_there(host.managed, path) == volume
