"""A machine's settings as they run at this moment, and a device of it described anew."""

import asyncio
import copy
from collections.abc import Callable

from backend.errors import HypervisorRefused
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, devices
from backend.hypervisor.devices import LIVE
from backend.model import Ref
from backend.objections import SettingMissing, SettingNotKept
from backend.operations.domain import known
from backend.settings import Setting, Value
from backend.shortages import TrayLocked, TrayStuck
from backend.xmldesc import tree
from backend.xmldesc.settings import adapters, catalogue
from backend.xmldesc.settings.catalogue import Found

_DEADLINE_S = 10.0
# Who has the tray shut: the guest, as libvirt says after 5 s, and QEMU at once; or libvirt 9.0,
# which takes a drive that was plugged in for one without a tray, and does not open it first.
_WAITED, _LOCKED, _STUCK = "waiting to open tray", "is locked", "is not open"
Finish = Callable[[tree.Element], None]
_TRIES, _PAUSE_S = 4, 1.0


def as_written(_element: tree.Element) -> None:
    """Leave a device as its setting was written into it."""


async def read(host: ManagedHost, ref: Ref, setting: Setting) -> Found:
    """Return a setting as it runs. Raises SettingMissing if its device is gone."""
    text = await host.guests.ask(
        ref, lambda c: commands.describe_live(c, ref.key), deadline_s=_DEADLINE_S
    )
    found = catalogue.settings(tree.read(text)).get(setting)
    if found is None or found.declared.lens is None:
        raise SettingMissing(name=known(host, ref).name, setting=setting.field.value)
    return found


async def update(
    host: ManagedHost,
    ref: Ref,
    setting: Setting,
    value: Value,
    finish: Finish = as_written,
    flags: int = LIVE,
) -> None:
    """The device runs with the value, as the hypervisor itself says afterwards.

    Raises SettingMissing, SettingNotKept, TrayLocked, TrayStuck, HypervisorRefused.
    """
    found = await read(host, ref, setting)
    if found.value == value:
        return
    element = copy.deepcopy(found.element)
    if found.declared.lens:
        found.declared.lens.write(element, value)
    finish(element)
    await submit(host, ref, setting, element, flags)
    await require(host, ref, setting, value)


async def submit(
    host: ManagedHost, ref: Ref, setting: Setting, element: tree.Element, flags: int = LIVE
) -> None:
    """The hypervisor has taken a device as it is described now. Raises TrayLocked, TrayStuck."""
    adapters.as_defined(element)
    text = tree.write(element)
    for left in reversed(range(_TRIES)):
        try:
            await host.act(devices.update, ref, text, flags)
        except HypervisorRefused as error:
            said = " ".join(error.detail)
            if _WAITED in said or (_LOCKED in said and not left):
                raise TrayLocked(device=setting.device, detail=error.detail) from error
            if _STUCK in said and not left:
                raise TrayStuck(device=setting.device, detail=error.detail) from error
            if _LOCKED not in said and _STUCK not in said:
                raise
            await asyncio.sleep(_PAUSE_S)
        else:
            return


async def require(host: ManagedHost, ref: Ref, setting: Setting, value: Value) -> None:
    """The machine runs with the value. Raises SettingNotKept if it does not."""
    seen = (await read(host, ref, setting)).value
    if seen != value:
        raise SettingNotKept(wanted=_spelt(value), found=_spelt(seen))


def _spelt(value: Value) -> str:
    return "" if value is None else str(value)
