"""What libvirt tells of a host, and what it does not."""

import contextlib
from collections.abc import Iterator
from typing import Any

import libvirt
import pytest

from backend.hypervisor import abilities, errand
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


SHARING = (
    "<domainCapabilities><devices><filesystem supported='yes'><enum name='driverType'>"
    "<value>path</value><value>virtiofs</value></enum></filesystem></devices></domainCapabilities>"
)


class Placed:
    """A host whose libvirt says where it is, how old it is, and whether it has cgroups."""

    def __init__(self, uri: str = "", *, version: int = 0, is_grouped: bool = True) -> None:
        self._uri, self._version, self._is_grouped = uri, version, is_grouped

    def getURI(self) -> str:
        return self._uri

    def getLibVersion(self) -> int:
        return self._version

    def getDomainCapabilities(self, *_words: object) -> str:
        return SHARING

    def lookupByUUIDString(self, _uuid: str) -> "Placed":
        return self

    def schedulerType(self) -> tuple[str, int]:
        if not self._is_grouped:
            raise libvirt.libvirtError("cgroup CPU controller is not mounted")
        return "posix", 1


def test_files_of_this_computer_are_looked_for_and_none_of_where_nobody_can_look() -> None:
    wanted = frozenset({"/dev/null", "/dev/celadon-has-no-such"})
    here = Placed("qemu+unix:///system?socket=/x")
    assert abilities.read_nodes(here, wanted) == frozenset({"/dev/null"})
    for uri in ("test:///default", "qemu+tls://rack-2/system", "qemu+ssh://rack-2/system"):
        assert abilities.read_nodes(Placed(uri), wanted) is None, uri


def test_files_of_another_computer_are_told_by_our_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, ...]] = []

    def run(_connect: object, command: tuple[str, ...]) -> str:
        told.append(command)
        return "/dev/null\n/dev/tpm0\n"

    monkeypatch.setattr(errand, "run_there", run)
    far = Placed("qemu+ssh://rack-2/system")
    wanted = frozenset({"/dev/tpm0", "/dev/vhost-vsock"})
    assert abilities.read_nodes(far, wanted) == frozenset({"/dev/tpm0"})
    assert told == [("ls", "-d", "/dev/null", "/dev/tpm0", "/dev/vhost-vsock")]


@pytest.mark.parametrize(
    ("version", "is_grouped", "ends"),
    [(9_000_000, True, False), (9_000_000, False, True), (10_000_000, False, False)],
)
def test_an_old_libvirt_without_cgroups_is_given_no_share_live(
    version: int, is_grouped: bool, ends: bool
) -> None:
    host = Placed(version=version, is_grouped=is_grouped)
    assert abilities.share_ends_it(host, "uuid") is ends


@pytest.mark.parametrize(
    ("uri", "version", "shares"),
    [
        ("qemu:///session?socket=/x", 9_000_000, False),
        ("qemu:///session", 11_003_000, True),
        ("qemu+ssh://rack-2/system", 9_000_000, True),
    ],
)
def test_an_old_libvirt_of_a_user_shares_nothing(uri: str, version: int, shares: bool) -> None:
    found = abilities.read_abilities(Placed(uri, version=version), "x86_64", "q35", "kvm")
    assert ("virtiofs" in found.values("filesystem", "driverType")) is shares
    assert "path" in found.values("filesystem", "driverType")
