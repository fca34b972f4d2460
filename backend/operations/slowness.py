"""Judging why a machine is slow, from what was kept of it and of its host, and what limits it."""

import asyncio
from typing import Final

from backend.diagnosis.causes import LIMITED, Limit
from backend.diagnosis.examine import Devices, Diagnosis, examine, places
from backend.diagnosis.slots import SLOT_S, Slots
from backend.errors import BackendError
from backend.fields import Field
from backend.host.managed import ManagedHost
from backend.measures import Of
from backend.model import Domain, Ref
from backend.operations import history
from backend.operations.domain import known
from backend.operations.settings import sheet as sheets
from backend.series import Series
from backend.settings import Setting, Sheet

_USUAL_PERIOD_US: Final = 100_000
_OF_THE_HOST: Final = (Of.HOST, Of.NODE)


async def judge(host: ManagedHost, ref: Ref, *, since: float, until: float) -> Diagnosis:
    """Return what the figures between two moments (Unix seconds) say of a machine.

    Where its settings cannot be read, what is limited is not known. Raises Gone,
    HistoryNotAnswering.
    """
    since, until = (moment // SLOT_S * SLOT_S for moment in (since, until))
    devices = devices_of(known(host, ref))
    asked = tuple(
        Series(host.ref if measure.of in _OF_THE_HOST else ref, measure, device)
        for measure, device in places(devices)
    )
    points = Slots(since, until).count
    courses, limits = await asyncio.gather(
        history.read(host, ref, asked, since=since, until=until, points=points),
        _limits(host, ref),
    )
    return examine(courses, devices, limits, since, until)


def devices_of(domain: Domain) -> Devices:
    """Return what a machine has of which figures are told; an empty drive has none."""
    made = domain.configuration
    if made is None:
        return {Of.PROCESSOR: (), Of.DRIVE: (), Of.ADAPTER: ()}
    return {
        Of.PROCESSOR: tuple(str(number) for number in range(made.vcpus)),
        Of.DRIVE: tuple(disk.target for disk in made.disks if disk.source),
        Of.ADAPTER: tuple(nic.mac for nic in made.nics),
    }


async def _limits(host: ManagedHost, ref: Ref) -> tuple[Limit, ...] | None:
    try:
        return limits_of(await sheets.look(host, ref))
    except BackendError:
        return None


def limits_of(sheet: Sheet) -> tuple[Limit, ...]:
    """Return the limits that act on a machine now; a processor's is a share of its time."""
    found = []
    for entry in sheet.entries:
        value = entry.live if entry.is_live else entry.next_start
        if entry.setting.field not in LIMITED or not isinstance(value, int) or value <= 0:
            continue
        part = _period_us(sheet) if entry.setting.field is Field.PROCESSOR_QUOTA_US else 1
        found.append(Limit(entry.setting.field, entry.setting.device, value / part))
    return tuple(found)


def _period_us(sheet: Sheet) -> int:
    entry = sheet.entry(Setting(Field.PROCESSOR_PERIOD_US))
    value = (entry.live if entry.is_live else entry.next_start) if entry else None
    return value if isinstance(value, int) and value > 0 else _USUAL_PERIOD_US
