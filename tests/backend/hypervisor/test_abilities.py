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


class Device:
    def __init__(self, name: str, asked: list[str]) -> None:
        self._name, self._asked = name, asked

    def name(self) -> str:
        return self._name

    def XMLDesc(self, _flags: int) -> str:  # libvirt's own
        self._asked.append(self._name)
        return f"<device><name>{self._name}</name></device>"


class Told:
    def __init__(self, *names: str) -> None:
        self.names, self.asked = names, list[str]()

    def listAllDevices(self, _flags: int) -> list[Any]:  # libvirt's own
        return [Device(name, self.asked) for name in self.names]


def test_a_device_is_asked_about_once_unless_others_can_be_plugged_in_there() -> None:
    host = Told("pci_0000_05_00_0", "usb_3_1")
    abilities.read_devices(host)
    abilities.read_devices(host)
    assert host.asked == ["pci_0000_05_00_0", "usb_3_1", "usb_3_1"]
    host.names = ("usb_3_1",)
    abilities.read_devices(host)
    host.names = ("pci_0000_05_00_0",)
    abilities.read_devices(host)
    assert host.asked[3:] == ["usb_3_1", "pci_0000_05_00_0"], "it had gone meanwhile"
