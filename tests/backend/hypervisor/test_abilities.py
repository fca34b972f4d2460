"""What libvirt tells of a host, and what it does not."""

import contextlib
from collections.abc import Iterator
from typing import Any

import libvirt
import pytest

from backend.hypervisor import abilities
from backend.kinds.moment import Abilities


@pytest.fixture
def connect() -> Iterator[Any]:
    made = libvirt.open("test:///default")
    yield made
    with contextlib.suppress(libvirt.libvirtError):
        made.close()


def test_a_driver_that_does_not_say_what_it_can_can_nothing(connect: Any) -> None:
    assert abilities.read_abilities(connect, "x86_64", "q35", "qemu") == Abilities()


def test_devices_are_read_as_far_as_they_are_told(connect: Any) -> None:
    found = abilities.read_devices(connect)
    assert found is None or all(device.bus in ("usb", "pci") for device in found)


class Silent:
    def listAllDevices(self, _flags: int) -> list[Any]:
        raise libvirt.libvirtError("no node devices here")


def test_a_host_without_node_devices_tells_none() -> None:
    assert abilities.read_devices(Silent()) is None
