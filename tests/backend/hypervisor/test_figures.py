import time
from typing import Any

import libvirt
import pytest
from typing_extensions import override

from backend.hypervisor import figures
from backend.model import Kind, Ref

GONE = "00000000-0000-4000-8000-000000000000"


def test_figures_come_for_those_that_are_there_and_run(connect: Any, ref: Ref) -> None:
    groups = libvirt.VIR_DOMAIN_STATS_STATE  # all that the test driver has
    assert set(figures.read_some(connect, [ref.key, GONE], groups)) == {ref.key}
    assert figures.read_some(connect, [GONE], groups) == {}
    connect.lookupByUUIDString(ref.key).destroy()
    assert figures.read_some(connect, [ref.key], groups) == {}


def test_a_driver_that_tells_no_times_in_bulk_is_asked_of_each(connect: Any, ref: Ref) -> None:
    groups = libvirt.VIR_DOMAIN_STATS_STATE
    (_at, first), (_later, then) = (
        figures.read_some(connect, [ref.key], groups)[ref.key] for _ in range(2)
    )
    assert then["cpu.time"] > first["cpu.time"]
    assert then["balloon.current"] == connect.lookupByUUIDString(ref.key).info()[2]


def test_without_an_agent_the_hosts_leases_tell(connect: Any, ref: Ref) -> None:
    domain = connect.lookupByUUIDString(ref.key)
    nic = "<interface type='network'><source network='default'/></interface>"
    domain.destroy()
    described = domain.XMLDesc(0).replace("</devices>", f"{nic}</devices>")
    domain = connect.defineXML(described)
    domain.create()
    guest = figures.read_guest(connect, ref.of(Kind.GUEST))
    assert not guest.does_agent_answer
    assert {address.told_by for address in guest.addresses} == {"lease"}


class _Answering:
    """A machine with an agent, which libvirt's test driver has not."""

    def lookupByUUIDString(self, _uuid: str) -> "_Answering":
        return self

    def agentSetResponseTimeout(self, _seconds: int, _flags: int) -> None:
        return

    def interfaceAddresses(self, _source: int, _flags: int) -> dict[str, Any]:
        return {
            "lo": {"hwaddr": "00", "addrs": [{"addr": "127.0.0.1", "prefix": 8}]},
            "eth0": {"hwaddr": "52:54", "addrs": [{"addr": "10.0.2.15", "prefix": 24}]},
            "eth1": {"hwaddr": "52:55", "addrs": None},
        }

    def guestInfo(self, _types: int, _flags: int) -> dict[str, str]:
        return {"os.pretty-name": "Debian", "hostname": "web"}


def test_an_agent_tells_addresses_and_system(ref: Ref) -> None:
    guest = figures.read_guest(_Answering(), ref)
    assert guest.does_agent_answer
    assert (guest.operating_system, guest.hostname) == ("Debian", "web")
    assert [(a.interface, a.address, a.prefix) for a in guest.addresses] == [
        ("eth0", "10.0.2.15", 24)
    ]


class _Old(_Answering):
    """An agent that knows file systems, and no load."""

    @override
    def guestInfo(self, types: int, _flags: int) -> dict[str, str]:
        if types != libvirt.VIR_DOMAIN_GUEST_INFO_FILESYSTEM:
            raise libvirt.libvirtError("unsupported")
        return {"fs.count": "1"}


def test_what_an_agent_does_not_know_costs_that_alone(
    ref: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "_LOAD", 1 << 9)
    assert figures.read_inside(_Old(), ref.key) == {"fs.count": "1"}
    assert figures.read_inside(_Answering(), ref.key)["hostname"] == "web"


def test_each_machine_has_a_moment_of_its_own(connect: Any, ref: Ref) -> None:
    before = time.monotonic()
    told = figures.read_some(connect, [ref.key], libvirt.VIR_DOMAIN_STATS_STATE)
    assert before <= told[ref.key][0] <= time.monotonic()
