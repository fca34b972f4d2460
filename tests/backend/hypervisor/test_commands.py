from typing import Any

import libvirt
import pytest

from backend.hypervisor import commands
from backend.hypervisor.reader import read_domain
from backend.model import DomainState, Kind, Ref


def state(connect: Any, ref: Ref) -> DomainState:
    domain = read_domain(connect, ref)
    assert domain
    return domain.state


def test_power(connect: Any, ref: Ref) -> None:
    commands.suspend(connect, ref.key)
    assert state(connect, ref) is DomainState.PAUSED
    commands.resume(connect, ref.key)
    assert state(connect, ref) is DomainState.RUNNING
    commands.turn_off(connect, ref.key)
    assert state(connect, ref) is DomainState.OFF
    commands.start(connect, ref.key)
    assert state(connect, ref) is DomainState.RUNNING
    commands.ask_to_shut_down(connect, ref.key)
    assert state(connect, ref) is DomainState.OFF


def test_a_saved_state_can_be_thrown_away(connect: Any, ref: Ref) -> None:
    commands.save(connect, ref.key)
    commands.discard_saved_state(connect, ref.key)
    domain = read_domain(connect, ref)
    assert domain
    assert not domain.has_saved_state


def test_name_notes_and_autostart(connect: Any, ref: Ref) -> None:
    commands.set_notes(connect, ref.key, "two\nlines")
    commands.set_autostart(connect, ref.key, 1)
    commands.turn_off(connect, ref.key)
    commands.rename(connect, ref.key, "other")
    domain = read_domain(connect, ref)
    assert domain
    assert (domain.name, domain.notes, domain.is_autostart) == ("other", "two\nlines", True)
    commands.set_notes(connect, ref.key, "")
    domain = read_domain(connect, ref)
    assert domain
    assert domain.notes == ""


def test_undefine_takes_saved_state_and_snapshots_with_it(connect: Any, ref: Ref) -> None:
    domain = connect.lookupByUUIDString(ref.key)
    domain.snapshotCreateXML("<domainsnapshot><name>s</name></domainsnapshot>")
    commands.save(connect, ref.key)
    commands.undefine(connect, ref.key)
    assert read_domain(connect, ref) is None
    assert not commands.name_is_taken(connect, "test")


def test_a_description_that_breaks_the_schema_is_refused(connect: Any) -> None:
    with pytest.raises(libvirt.libvirtError):
        commands.define(connect, "<domain type='test'><name>x</name><nonsense/></domain>")
    assert not commands.name_is_taken(connect, "x")


def test_volumes_come_and_go(connect: Any) -> None:
    pool = Ref("h", Kind.STORAGE_POOL, connect.storagePoolLookupByName("default-pool").UUIDString())
    path = commands.create_volume(
        connect, pool.key, "<volume><name>a</name><capacity>1024</capacity></volume>"
    )
    assert commands.volume_exists(connect, pool.key, "a")
    commands.delete_volume(connect, path)
    assert not commands.volume_exists(connect, pool.key, "a")
    commands.delete_volume(connect, path)  # gone already: nothing to do


def test_what_never_passed_the_schema_is_still_redefined(connect: Any, ref: Ref) -> None:
    domain = connect.lookupByUUIDString(ref.key)
    strange = "<disk type='file'><source file='/a'/><target dev='vdz'/><serial>a*b?</serial></disk>"
    connect.defineXML(domain.XMLDesc(0).replace("</devices>", f"{strange}</devices>"))
    kept = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    with pytest.raises(libvirt.libvirtError):
        connect.defineXMLFlags(kept, libvirt.VIR_DOMAIN_DEFINE_VALIDATE)
    commands.redefine(connect, ref.key, kept.replace("<vcpu>2<", "<vcpu>3<"))
    assert "a*b?" in domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)


def test_what_would_break_the_schema_first_is_refused(connect: Any, ref: Ref) -> None:
    kept = connect.lookupByUUIDString(ref.key).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    with pytest.raises(libvirt.libvirtError):
        commands.redefine(connect, ref.key, kept.replace("<devices>", "<nonsense/><devices>"))
