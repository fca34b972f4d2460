"""libvirt's own objects for machines, kept for as long as their connection is open.

To look one up is a round trip each time; what it names, a UUID, stays. Blocking: for workers only.
"""

from collections.abc import Iterable
from typing import Any, Final

_known: dict[Any, dict[str, Any]] = {}
"""By virConnect, since whoever closes one has to let go of its objects first: see `forget`."""
_MOST: Final = 10_000
"""Of a connection. Where machines live for minutes those that are gone would be kept for months."""

_FEW: Final = 4


def machine(connect: Any, uuid: str) -> Any:
    """Return the virDomain of a machine. Raises libvirtError if it was not there when looked up."""
    ours = _known.setdefault(connect, {})
    found = ours.get(uuid)
    if found is None:
        if len(ours) >= _MOST:
            ours.clear()
        found = ours[uuid] = connect.lookupByUUIDString(uuid)
    return found


def meet(connect: Any, uuids: Iterable[str]) -> None:
    """Have these looked up in one call, those that are there, if they are more than a few."""
    ours = _known.setdefault(connect, {})
    if sum(uuid not in ours for uuid in uuids) > _FEW:
        for found in connect.listAllDomains(0):
            ours.setdefault(found.UUIDString(), found)


def forget(connect: Any) -> None:
    """Let go of all that were looked up by this virConnect."""
    _known.pop(connect, None)
