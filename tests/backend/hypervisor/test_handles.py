"""Machines that were looked up, and stay so."""

from typing import Any

import libvirt
import pytest

from backend.hypervisor import handles


class Counted:
    """A virConnect that counts."""

    def __init__(self, connect: Any) -> None:
        self.connect = connect
        self.asked = 0

    def lookupByUUIDString(self, uuid: str) -> Any:  # libvirt's own name
        self.asked += 1
        return self.connect.lookupByUUIDString(uuid)

    def listAllDomains(self, flags: int) -> Any:  # likewise
        self.asked += 1
        return self.connect.listAllDomains(flags)


def test_a_machine_is_looked_up_once_for_each_connection() -> None:
    connect = libvirt.open("test:///default")
    uuid = connect.lookupByName("test").UUIDString()
    one, other = Counted(connect), Counted(connect)
    for counted in (one, one, other):
        assert handles.machine(counted, uuid).name() == "test"
    assert (one.asked, other.asked) == (1, 1)
    with pytest.raises(libvirt.libvirtError):
        handles.machine(one, "00000000-0000-4000-8000-000000000000")
    handles.forget(one)
    handles.forget(other)
    assert connect.close() == 0, "nothing of it is left"


def test_many_are_looked_up_in_one_call() -> None:
    connect = libvirt.open("test:///default")
    uuid = connect.lookupByName("test").UUIDString()
    gone = [f"00000000-0000-4000-8000-{number:012}" for number in range(20)]
    counted = Counted(connect)
    handles.meet(counted, [uuid])
    assert counted.asked == 0, "to look one up costs less on a host of a thousand"
    handles.meet(counted, [uuid, *gone])
    assert handles.machine(counted, uuid).name() == "test"
    assert counted.asked == 1
    with pytest.raises(libvirt.libvirtError):
        handles.machine(counted, gone[0])
    handles.forget(counted)
    assert connect.close() == 0


def test_they_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handles, "_MOST", 3)
    connect = libvirt.open("test:///default")
    uuid = connect.lookupByName("test").UUIDString()
    for number in range(10):
        handles._known.setdefault(connect, {})[f"gone {number}"] = None
    assert handles.machine(connect, uuid).name() == "test"
    assert list(handles._known[connect]) == [uuid]
    handles.forget(connect)
    assert connect.close() == 0


def test_one_that_is_gone_and_comes_back_is_the_same() -> None:
    connect = libvirt.open("test:///default")
    machine = connect.lookupByName("test")
    uuid, text = machine.UUIDString(), machine.XMLDesc(0)
    handles.machine(connect, uuid)
    machine.destroy()
    machine.undefine()
    with pytest.raises(libvirt.libvirtError):
        handles.machine(connect, uuid).state(0)
    text = text.replace("<name>test</name>", "<name>other</name>")
    again = connect.defineXML(text)
    assert handles.machine(connect, uuid).state(0)[0] == libvirt.VIR_DOMAIN_SHUTOFF
    again.create()
    (told,) = connect.domainListGetStats([handles.machine(connect, uuid)], 1, 0)
    assert told[0].name() == "other"
    handles.forget(connect)
    del machine, again, told
    assert connect.close() == 0


def test_what_is_forgotten_is_looked_up_again() -> None:
    connect = libvirt.open("test:///default")
    uuid = connect.lookupByName("test").UUIDString()
    handles.machine(connect, uuid)
    handles.forget(connect)
    handles.forget(connect)
    assert connect.close() == 0
