"""Which files a host can use where they lie."""

from pathlib import Path

from backend.model import Domain, DomainState, Kind, Ref, StorageVolume
from backend.operations import placement
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import newdomain
from tests.backend.xmldesc.test_newdomain import PLAN
from tests.fakes.plugged import PluggedHost


def test_a_disk_that_a_machine_has(tmp_path: Path) -> None:
    host = PluggedHost()
    made_of = domain_xml.parse(newdomain.dump(PLAN)).configuration
    ref = Ref("h", Kind.DOMAIN, "u")
    host.inventory.put(Domain(ref, "its user", DomainState.OFF, next_start=made_of))
    assert placement.user_of(host.managed, "/d.qcow2") == "its user"
    assert placement.user_of(host.managed, "/other") == ""


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
    assert placement.user_of(host.managed, "/base") == "linked"
    assert placement.user_of(host.managed, "/other") == "loose"


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
