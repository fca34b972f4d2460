"""All kinds that are declared, in the order in which one is asked for them."""

import re
from collections.abc import Iterable
from typing import Final

from backend.devices import Device, DeviceKind
from backend.errors import BackendError
from backend.kinds import controllers, desk, host_devices, lines, screens, shares, upkeep
from backend.kinds.kind import PartKind
from backend.parts import Part

ALL: Final = (
    host_devices.USB_DEVICE,
    host_devices.PCI_DEVICE,
    shares.SHARE,
    lines.CHANNEL,
    lines.SERIAL_PORT,
    lines.VSOCK,
    upkeep.RNG,
    upkeep.TPM,
    upkeep.WATCHDOG,
    upkeep.PANIC,
    upkeep.BALLOON,
    upkeep.CRYPTO,
    desk.INPUT,
    desk.SOUND,
    screens.DISPLAY,
    screens.VIDEO,
    desk.REDIRECTION,
    controllers.CONTROLLER,
    controllers.SLOTS,
)
STANDS_ON: Final = frozenset(path for kind in ALL for path in kind.stands_on)
"""The files of a host's /dev that kinds ask about."""
_BY_KIND: Final = {one.kind: one for one in ALL}


def find(kind: DeviceKind) -> PartKind | None:
    """Return the declaration of a kind; None for drives and adapters, which have their own way."""
    return _BY_KIND.get(kind)


def kind_of(part: Part) -> PartKind | None:
    """Return what a part is; None for what neither comes nor goes."""
    return next((one for one in ALL if one.is_it(part)), None)


def device_of(part: Part) -> Device | None:
    """Return what a part is named by within its machine; None for what neither comes nor goes."""
    found = kind_of(part)
    if found is None:
        return None
    key = found.key(part)
    if key:
        return Device(found.kind, key)
    told = found.detail(part)
    return Device(found.kind, part.place or part.tag, " ".join((part.tag, *told[:1])))


def meant(lines: tuple[str, ...], kinds: Iterable[PartKind]) -> BackendError | None:
    """Return what a refusal in the hypervisor's words means of these kinds; None: not known."""
    for kind in kinds:
        for words, error in kind.means:
            if any(re.search(words, line) for line in lines):
                return error(detail=lines)
    return None


def detail(part: Part) -> tuple[str, ...]:
    """Return what one knows a part by."""
    found = kind_of(part)
    return found.detail(part) if found else ()
