from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.devices import DeviceKind, DvdSpec, NewDiskSpec, NicSpec, PartSpec, When
from backend.errors import PoolMissing, ProblemError
from backend.hypervisor import commands
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.model import Disk, Domain, Kind, Network, Nic, Ref
from backend.operations import access, device_plan
from backend.operations.device_plan import DevicePlan, PlannedDevice
from tests.fakes.plugged import REF, PluggedHost


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> PluggedHost:
    monkeypatch.setattr(commands, "volume_exists", lambda *_: False)
    return PluggedHost()


async def plan(host: PluggedHost, *specs: object, when: When = When.NOW) -> DevicePlan:
    found = host.inventory.find(REF, Domain)
    assert found
    return await device_plan.plan(host.managed, found, specs, when)  # type: ignore[arg-type]


async def test_every_choice_is_made_and_the_alias_is_one_that_libvirt_keeps(
    host: PluggedHost,
) -> None:
    planned = await plan(host, NicSpec("nat"), NewDiskSpec("default", 2**20), DvdSpec())
    devices = [one for one in planned.devices if isinstance(one, PlannedDevice)]
    nic, disk, dvd = (one.part for one in devices)
    assert isinstance(nic, Nic)
    assert isinstance(disk, Disk)
    assert isinstance(dvd, Disk)
    assert (nic.source, nic.model, nic.mac[:8]) == ("nat", "virtio", "52:54:00")
    assert (disk.target, disk.bus, disk.source) == ("vda", "virtio", "/images/web-vda.qcow2")
    assert (dvd.target, dvd.bus, dvd.device, dvd.is_read_only) == ("sda", "scsi", "cdrom", True)
    aliases = {part.alias for part in (nic, disk, dvd)}
    assert len(aliases) == 3
    assert all(alias.startswith("ua-") for alias in aliases)
    assert all(one.part.alias in one.description for one in devices)


@pytest.mark.parametrize(
    ("mode", "is_readable", "keeps"),
    [
        (EmbeddedMode.SYSTEM, True, True),
        (EmbeddedMode.SYSTEM, False, False),
        (EmbeddedMode.SESSION, True, False),
    ],
)
async def test_somebodys_image_stays_theirs_where_qemu_can_read_it(
    host: PluggedHost,
    monkeypatch: pytest.MonkeyPatch,
    mode: EmbeddedMode,
    is_readable: bool,
    keeps: bool,
) -> None:
    cast("Any", host).embedded = SimpleNamespace(mode=mode, qemu_user="qemu")
    monkeypatch.setattr(access, "is_readable_by", lambda *_: is_readable)
    planned = await plan(host, DvdSpec("/home/me/a.iso"), DvdSpec())
    devices = [one for one in planned.devices if isinstance(one, PlannedDevice)]
    image, empty = (one.description for one in devices)
    assert ("relabel" in image) is keeps
    assert "relabel" not in empty


async def test_when_decides_where(host: PluggedHost) -> None:
    now, later = await plan(host), await plan(host, when=When.NEXT_START)
    assert (now.is_live, now.is_lasting) == (True, True)
    assert (later.is_live, later.is_lasting) == (False, True)
    host.machine.live = None
    host.read()
    assert not (await plan(host)).is_live


async def test_a_pool_that_is_not_there_is_refused(host: PluggedHost) -> None:
    with pytest.raises(PoolMissing):
        await plan(host, NewDiskSpec("nowhere", 2**20))


async def test_a_vlan_is_only_where_the_switch_knows_them(host: PluggedHost) -> None:
    with pytest.raises(ProblemError) as refused:
        await plan(host, NicSpec("nat", vlan=42))
    assert refused.value.problem.message_id == "NoVlans"
    ovs = Network(Ref("h", Kind.NETWORK, "o"), "ovs", "bridge", is_active=True)
    host.inventory.put(replace(ovs, virtual_port="openvswitch"))
    (one,) = (await plan(host, NicSpec("ovs", vlan=42))).devices
    assert isinstance(one, PlannedDevice)
    assert '<tag id="42"/>' in one.description


async def test_what_libvirt_cannot_add_is_written_into_the_definition(host: PluggedHost) -> None:
    later = await plan(
        host,
        PartSpec(DeviceKind.SLOTS, (("count", "2"),)),
        PartSpec(DeviceKind.PANIC),
        PartSpec(DeviceKind.RNG),
        when=When.NEXT_START,
    )
    planned = [one for one in later.devices if isinstance(one, PlannedDevice)]
    assert [one.is_written for one in planned] == [True, True, False]
    assert later.definition.count("pcie-root-port") == 3
    assert '<panic model="isa">' in later.definition
    assert "<rng" not in later.definition
