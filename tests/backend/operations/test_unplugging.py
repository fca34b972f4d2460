from collections.abc import Callable

import pytest

from backend.devices import NewDiskSpec, When
from backend.jobs import StepState
from backend.operations import device
from backend.refusals import DefinedOtherwise, GuestKeepsDevice, GuestRefusedRemoval
from tests.fakes.plugged import REF, PluggedHost

DISK = NewDiskSpec("default", 2**20)


async def test_a_guest_that_keeps_it_has_it_and_so_has_the_definition(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    plugged.machine.traffic = {"vda"}
    (made,) = await device.add(plugged.managed, REF, (DISK,))
    plugged.machine.obeys = False
    with pytest.raises(GuestKeepsDevice):
        await device.remove(plugged.managed, REF, (made,))
    told = plugged.domain
    assert told.live
    assert told.next_start
    assert (len(told.live.disks), len(told.next_start.disks)) == (1, 1)
    assert shown()["removed"] is StepState.WAITING
    await device.remove(plugged.managed, REF, (made,), When.NEXT_START)
    told = plugged.domain
    assert told.live
    assert told.next_start
    assert (len(told.live.disks), len(told.next_start.disks)) == (1, 0)


async def test_a_guest_that_says_no_is_told_as_that(plugged: PluggedHost) -> None:
    plugged.machine.traffic = {"vda"}
    (made,) = await device.add(plugged.managed, REF, (DISK,))
    plugged.machine.refuses = True
    with pytest.raises(GuestRefusedRemoval):
        await device.remove(plugged.managed, REF, (made,))


async def test_another_drive_of_that_name_stays_in_the_definition(plugged: PluggedHost) -> None:
    plugged.machine.traffic = {"vda"}
    (made,) = await device.add(plugged.managed, REF, (DISK,))
    path = "web-vda.qcow2"
    assert path in plugged.machine.config
    plugged.machine.config = plugged.machine.config.replace(path, "other.qcow2")
    plugged.read()
    with pytest.raises(DefinedOtherwise):
        await device.remove(plugged.managed, REF, (made,))
    assert path not in str(plugged.machine.live)
    assert "other.qcow2" in plugged.machine.config
    await device.remove(plugged.managed, REF, (made,), When.NEXT_START)
    assert "other.qcow2" not in plugged.machine.config
