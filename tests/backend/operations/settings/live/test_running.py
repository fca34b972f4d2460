"""A device runs with a new value when the hypervisor says so afterwards."""

import pytest

from backend.errors import HypervisorRefused
from backend.hypervisor.devices import FORCE, LIVE
from backend.objections import SettingMissing, SettingNotKept
from backend.operations import placement
from backend.operations.settings.live import drives, running
from backend.operations.settings.live.ways import WAYS
from backend.settings import Field, Setting
from backend.shortages import TrayLocked, TrayStuck
from backend.xmldesc import tree
from tests.backend.operations.settings.live.machine import MAC, furnished
from tests.fakes.plugged import REF

LINK = Setting(Field.ADAPTER_LINK, MAC)
MEDIUM = Setting(Field.DRIVE_SOURCE, "sda")


async def test_a_cable_is_pulled_and_plugged_in_again() -> None:
    host = furnished()
    for value in (False, True):
        await running.update(host.managed, REF, LINK, value)
        assert (await running.read(host.managed, REF, LINK)).value is value
        host.read()
        assert host.domain.live
        assert host.domain.live.nics[0].is_link_up is value


async def test_a_disc_goes_in_and_out_and_what_is_so_already_is_left_alone() -> None:
    host = furnished()
    await running.update(host.managed, REF, MEDIUM, "/a.iso")
    await running.update(host.managed, REF, MEDIUM, "/a.iso")
    assert len(host.machine.told) == 1
    await running.update(host.managed, REF, MEDIUM, None)
    assert (await running.read(host.managed, REF, MEDIUM)).value is None


async def test_what_the_hypervisor_does_not_keep_is_told() -> None:
    host = furnished()
    host.machine.keeps_devices = True
    with pytest.raises(SettingNotKept):
        await running.update(host.managed, REF, LINK, value=False)


async def test_a_device_that_is_gone_and_a_tray_that_is_locked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "_PAUSE_S", 0)
    host = furnished()
    with pytest.raises(SettingMissing):
        await running.update(host.managed, REF, Setting(Field.ADAPTER_LINK, "none"), value=False)
    for words, error, tries in (
        ("Device 'sda' is locked", TrayLocked, 4),
        ("timed out waiting to open tray of 'sda'", TrayLocked, 1),
        ("Tray of device 'sda' is not open", TrayStuck, 4),
    ):
        host.machine.told.clear()
        host.machine.update_fails = HypervisorRefused(detail=(words,))
        with pytest.raises(error):
            await running.update(host.managed, REF, MEDIUM, "/a.iso")
        assert len(host.machine.told) == tries
    host.machine.update_fails = HypervisorRefused(detail=("no",))
    with pytest.raises(HypervisorRefused):
        await running.update(host.managed, REF, MEDIUM, "/a.iso")


@pytest.mark.parametrize("keeps", [True, False])
async def test_a_disc_stays_whose_it_is(monkeypatch: pytest.MonkeyPatch, keeps: bool) -> None:
    async def keeps_its_owner(_host: object, _path: object) -> bool:
        return keeps

    monkeypatch.setattr(placement, "keeps_its_owner", keeps_its_owner)
    host = furnished()
    await drives.change(host.managed, REF, MEDIUM, "/a.iso")
    disk = tree.read(str(host.machine.live)).find("devices/disk[@device='cdrom']")
    assert disk is not None
    assert tree.attribute(disk, "source", "file") == "/a.iso"
    assert (disk.find("source/seclabel[@model='dac'][@relabel='no']") is not None) is keeps
    assert disk.find("readonly") is not None
    await drives.change(host.managed, REF, MEDIUM, None)
    assert "relabel" not in str(host.machine.live)


async def test_a_disc_is_torn_out_by_force_alone() -> None:
    host = furnished()
    await drives.change(host.managed, REF, MEDIUM, "/a.iso")
    await drives.tear(host.managed, REF, MEDIUM, None)
    assert [flags for _what, _much, flags in host.machine.told] == [LIVE, LIVE | FORCE]
    assert WAYS[Field.DRIVE_SOURCE].force is drives.tear
