from typing import Any, cast

import libvirt

from backend.hypervisor import devices
from tests.fakes.plugged import REF, PluggedHost

MAC = "52:54:00:00:00:07"


def test_traffic_is_that_of_the_device_alone() -> None:
    host = PluggedHost()
    host.machine.traffic = {"vdb"}
    assert devices.sight_traffic(host.connect, REF.key, "vdb").told_by == "traffic"
    assert not devices.sight_traffic(host.connect, REF.key, "vda").told_by


def test_an_adapter_is_found_by_its_address_whatever_its_case() -> None:
    host = PluggedHost()
    host.machine.addresses = {
        "eth0": {"hwaddr": "52:54:00:00:00:01", "addrs": None},
        "eth1": {"hwaddr": MAC.upper(), "addrs": [{"addr": "10.0.0.2", "prefix": 24}]},
    }
    told = devices.sight_adapter(host.connect, REF.key, MAC, "agent")
    assert (told.told_by, told.name, told.addresses) == ("agent", "eth1", ("10.0.0.2/24",))
    lease = devices.sight_adapter(host.connect, REF.key, MAC, "lease")
    assert (lease.told_by, lease.name, lease.does_agent_answer) == ("lease", "", None)
    other = devices.sight_adapter(host.connect, REF.key, "52:54:00:00:00:09", "agent")
    assert (other.told_by, other.does_agent_answer) == ("", True)


def test_an_agent_that_does_not_answer_is_told_as_that() -> None:
    host = PluggedHost()

    def fail(*_: Any) -> Any:
        raise libvirt.libvirtError("no agent")

    cast("Any", host.machine).interfaceAddresses = fail
    cast("Any", host.machine).guestInfo = fail
    for source, answers in (("agent", False), ("lease", None)):
        told = devices.sight_adapter(host.connect, REF.key, MAC, source)
        assert (told.told_by, told.does_agent_answer) == ("", answers)
    assert devices.sight_disk(host.connect, REF.key, "vdb").does_agent_answer is False


def test_the_agent_names_the_drive() -> None:
    host = PluggedHost()
    told = {
        "disk.count": 2,
        "disk.0.alias": "vda",
        "disk.1.alias": "vdb",
        "disk.1.name": "/dev/vdb",
    }
    cast("Any", host.machine).guestInfo = lambda *_: told
    assert devices.sight_disk(host.connect, REF.key, "vdb").name == "/dev/vdb"
    assert not devices.sight_disk(host.connect, REF.key, "vdc").told_by
