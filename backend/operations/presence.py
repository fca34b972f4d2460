"""Whether a machine has a device: as it runs and as it starts next, by alias or by name. Pure."""

from collections.abc import Callable

from backend.devices import Device
from backend.hypervisor.events import DeviceAdded, DeviceRemovalFailed, DeviceRemoved, Event
from backend.model import Domain, DomainConfiguration, Record
from backend.operations.prospects import AnyPart, device_of, parts_of


def is_active(record: Record | None) -> bool:
    """Return whether it is a machine that the hypervisor has in memory."""
    return isinstance(record, Domain) and record.is_active


def runs_with(record: Record | None, alias: str) -> bool:
    """Return whether a machine runs with the device of that alias."""
    return isinstance(record, Domain) and any(p.alias == alias for p in _parts(record.live))


def starts_with(record: Record | None, alias: str) -> bool:
    """Return whether the device of that alias is in a machine's definition."""
    return isinstance(record, Domain) and any(p.alias == alias for p in _parts(record.next_start))


def is_defined_with(record: Record | None, device: Device) -> bool:
    """Return whether a device is in a machine's definition, by its name."""
    return isinstance(record, Domain) and any(
        device_of(part) == device for part in _parts(record.next_start)
    )


def tells(
    *kinds: type[DeviceAdded | DeviceRemoved | DeviceRemovalFailed], alias: str
) -> Callable[[Event], bool]:
    """Return what finds the events of these kinds about the device of that alias."""
    # Of memory libvirt tells by the alias of what it lies in.
    return lambda event: isinstance(event, kinds) and event.alias in (alias, f"mem{alias}")


def parts_of_both(record: Record | None) -> tuple[AnyPart, ...]:
    """Return the devices of a machine, as it runs and as it starts next."""
    if not isinstance(record, Domain):
        return ()
    return (*_parts(record.live), *_parts(record.next_start))


def _parts(made_of: DomainConfiguration | None) -> tuple[AnyPart, ...]:
    return parts_of(made_of) if made_of else ()
