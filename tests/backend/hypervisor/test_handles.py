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


def test_what_is_forgotten_is_looked_up_again() -> None:
    connect = libvirt.open("test:///default")
    uuid = connect.lookupByName("test").UUIDString()
    handles.machine(connect, uuid)
    handles.forget(connect)
    handles.forget(connect)
    assert connect.close() == 0
