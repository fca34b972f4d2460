"""What is cloned is off, and its disks lie in a pool; the making is tested in tests/live."""

import asyncio
from dataclasses import replace

import libvirt
import pytest

from backend.hypervisor import commands
from backend.model import Disk, Domain, DomainState, Kind, Ref, StorageVolume
from backend.operations import clone, domain
from backend.operations.clone import Copying
from backend.refusals import NeededUnchanged
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import newdomain
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST
from tests.backend.xmldesc.test_newdomain import PLAN
from tests.fakes.plugged import PluggedHost

TEST = Ref(HOST.host, Kind.DOMAIN, "6695eb01-f6a4-8304-79aa-97f2502e193f")


@pytest.mark.parametrize("copying", Copying)
def test_one_that_runs_is_not_cloned(heard: Heard, copying: Copying) -> None:
    job = heard.end_of(heard.engine.submit(clone.clone, TEST, ("copy",), copying))
    assert job.problem
    assert job.problem.message_id == "WrongState"


def test_one_that_starts_with_its_host_is_the_base_of_none(heard: Heard) -> None:
    heard.end_of(heard.engine.submit(domain.destroy, TEST))
    heard.end_of(heard.engine.submit(domain.set_autostart, TEST, domain.Autostart.ON))
    job = heard.end_of(heard.engine.submit(clone.clone, TEST, ("copy",), Copying.LINKED))
    assert job.problem
    assert job.problem.message_id == "StartsByItself"
    job = heard.end_of(heard.engine.submit(clone.clone, TEST, ("copy",), Copying.FULL))
    assert job.problem
    assert job.problem.message_id == "DiskNotInPool"  # and nothing before that


def test_what_is_started_meanwhile_has_no_clone(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    define = commands.define

    def start_and_define(connect: libvirt.virConnect, text: str) -> str:
        connect.lookupByUUIDString(TEST.key).create()
        return define(connect, text)

    heard.end_of(heard.engine.submit(domain.destroy, TEST))
    monkeypatch.setattr("backend.operations.clone._disks", lambda *_: [])
    monkeypatch.setattr("backend.hypervisor.commands.define", start_and_define)
    job = heard.end_of(heard.engine.submit(clone.clone, TEST, ("copy",)))
    assert job.problem
    assert job.problem.message_id == "WrongState"
    heard.until(lambda: len([r for r in heard.records.values() if isinstance(r, Domain)]) == 1)


def test_what_others_are_based_on_does_not_start_by_itself() -> None:
    host = PluggedHost()
    made_of = domain_xml.parse(newdomain.dump(PLAN)).configuration
    base = Disk("vda", "virtio", "disk", "/base")
    for key, found in (("linked", made_of), ("first", replace(made_of, disks=(base,)))):
        ref = Ref("h", Kind.DOMAIN, key)
        host.inventory.put(Domain(ref, key, DomainState.OFF, next_start=found))
    volume, pool = Ref("h", Kind.STORAGE_VOLUME, "v"), Ref("h", Kind.STORAGE_POOL, "p")
    host.inventory.put(StorageVolume(volume, pool, "d", "/d.qcow2", "qcow2", 1, 1, "/base"))
    with pytest.raises(NeededUnchanged):
        asyncio.run(
            domain.set_autostart(host.managed, Ref("h", Kind.DOMAIN, "first"), domain.Autostart.ON)
        )
