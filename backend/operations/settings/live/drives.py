"""Drives of a machine that runs: what is in them, and how fast they may be."""

from pathlib import Path
from typing import Final

from backend.errors import Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import devices
from backend.hypervisor.devices import FORCE, LIVE
from backend.model import Ref
from backend.operations import placement
from backend.operations.settings.acting import Situation
from backend.operations.settings.live import running
from backend.settings import Field, Setting, Value
from backend.shortages import DiskFixed
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue, drives

_REMOVABLE = ("cdrom", "floppy")
LIMITS: Final = {
    Field.DRIVE_TOTAL_BYTES_S: "total_bytes_sec",
    Field.DRIVE_READ_BYTES_S: "read_bytes_sec",
    Field.DRIVE_WRITE_BYTES_S: "write_bytes_sec",
    Field.DRIVE_TOTAL_IOPS: "total_iops_sec",
    Field.DRIVE_READ_IOPS: "read_iops_sec",
    Field.DRIVE_WRITE_IOPS: "write_iops_sec",
}
"""The limits, and what libvirt calls them."""


def medium_problem(situation: Situation, setting: Setting, _value: Value) -> Problem | None:
    """Return why what is in a drive cannot be changed while it runs."""
    found = catalogue.settings(situation.live).get(setting)
    if found is not None and found.element.get("device") in _REMOVABLE:
        return None
    return DiskFixed(device=setting.device).problem


async def change(host: ManagedHost, ref: Ref, setting: Setting, value: Value) -> None:
    """The disc is in the drive, and stays whose it is; None: there is none. Raises as `update`."""
    await running.update(host, ref, setting, value, await _finish(host, value))


async def tear(host: ManagedHost, ref: Ref, setting: Setting, value: Value) -> None:
    """The same, even if the guest holds the tray shut: what it had mounted is torn from it."""
    await running.update(host, ref, setting, value, await _finish(host, value), LIVE | FORCE)


async def _finish(host: ManagedHost, value: Value) -> running.Finish:
    is_kept = value is not None and await placement.keeps_its_owner(host, Path(str(value)))
    return drives.keep_owner if is_kept else running.as_written


async def limit(host: ManagedHost, ref: Ref, setting: Setting, value: Value) -> None:
    """The drive is as fast as that, and a limit that excludes this one is gone.

    Raises SettingMissing, SettingNotKept, HypervisorRefused.
    """
    found = await running.read(host, ref, setting)
    if found.value == value:
        return
    name = LIMITS[setting.field]
    limits = {
        one: int(tree.text_of(found.element, f"iotune/{one}", "0")) for one in LIMITS.values()
    }
    limits[name] = value if isinstance(value, int) else 0
    if limits[name]:
        _way, _, unit = name.partition("_")
        others = ("read", "write") if name.startswith("total") else ("total",)
        limits |= {f"{other}_{unit}": 0 for other in others}
    await host.act(devices.set_drive_limits, ref, setting.device, limits, LIVE)
    await running.require(host, ref, setting, value)
