from collections.abc import Callable

import pytest

from backend.devices import NewDiskSpec
from backend.errors import ConnectionLost, HypervisorRefused
from backend.jobs import StepState
from backend.operations import device
from backend.refusals import DeviceRefused, MachineStopped
from tests.fakes.plugged import REF, PluggedHost

DISK = NewDiskSpec("default", 2**20)


async def test_a_refused_disk_is_deleted_again(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    plugged.machine.attach_fails = HypervisorRefused(code=1, detail=("no room",))
    with pytest.raises(DeviceRefused) as refused:
        await device.add(plugged.managed, REF, (DISK,))
    assert refused.value.detail == ("no room",)
    assert plugged.machine.volumes == []
    assert shown()["host_accepted"] is StepState.FAILED
    assert shown()["driver_bound"] is StepState.WAITING


async def test_a_machine_that_dies_meanwhile_is_told_as_that(plugged: PluggedHost) -> None:
    plugged.machine.dies = True
    plugged.machine.attach_fails = HypervisorRefused(code=1, detail=("monitor closed",))
    with pytest.raises(MachineStopped):
        await device.add(plugged.managed, REF, (DISK,))
    assert plugged.machine.volumes == []


@pytest.mark.parametrize("was_obeyed", [True, False])
async def test_after_a_lost_connection_the_machine_decides(
    plugged: PluggedHost, was_obeyed: bool
) -> None:
    plugged.machine.attach_fails = ConnectionLost()
    plugged.machine.attaches_though_it_fails = was_obeyed
    plugged.machine.traffic = {"vda"}
    if was_obeyed:
        await device.add(plugged.managed, REF, (DISK,))
    else:
        with pytest.raises(ConnectionLost):
            await device.add(plugged.managed, REF, (DISK,))
    assert bool(plugged.machine.volumes) is was_obeyed
