"""Verbs on a machine's devices: followed until the guest has them, or has let them go."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

from backend import jobs
from backend.devices import Device, DeviceSpec, Prospects, Stage, When
from backend.errors import BackendError
from backend.host.managed import ManagedHost
from backend.model import Ref
from backend.operations import (
    ear,
    growing,
    growth,
    heart,
    plugging,
    prospects,
    sightings,
    unplugging,
)
from backend.operations.course import Course
from backend.operations.device_plan import DevicePlan, PlannedDevice
from backend.operations.device_plan import plan as plan_devices
from backend.operations.domain import hidden_definition, known
from backend.operations.growing import Wanted
from backend.operations.growth import PlannedGrowth
from backend.operations.settings import sheet
from backend.operations.settings.rewind import Rewind
from backend.refusals import DeviceMissing, DeviceRefused, PlaceTaken, VolumeTaken
from backend.settings import NOW
from backend.xmldesc import hidden, tree

_TRIES_MOST = 5


async def look(host: ManagedHost, ref: Ref) -> Prospects:
    """Return what can be added to a machine and taken away from it, and why not. Raises Gone."""
    return await prospects.look(host, ref)


async def plan(
    host: ManagedHost, ref: Ref, specs: tuple[DeviceSpec, ...], when: When = When.NOW
) -> DevicePlan:
    """Return what `add` would add, and add nothing. Raises as it does."""
    return await plan_devices(host, known(host, ref), specs, when)


async def add(
    host: ManagedHost, ref: Ref, specs: tuple[DeviceSpec, ...], when: When = When.NOW
) -> tuple[Device, ...]:
    """The machine has the devices, and the job's steps say what its guest makes of them.

    Raises why one cannot be added; DeviceRefused, PlaceTaken, MachineStopped, DiskFull. Those that
    were added before stay, and a disk that was made for the one that failed is deleted again.
    """
    jobs.report(stage="preparing")
    domain = known(host, ref)
    planned = await plan_devices(host, domain, specs, when)
    course = Course(
        (stage, one.device.key) for one in planned.devices for stage in _stages(one, planned)
    )
    async with _followed(host, ref, course, is_live=planned.is_live) as heard:
        added: dict[Device, Wanted | None] = {}
        try:
            await _plug_all(host, ref, specs, when, planned, course, heard, added)
        except BackendError:
            await _follow(host, ref, added, course)  # those before it are there
            raise
        if planned.is_live:
            await _follow(host, ref, added, course)
    if any(isinstance(one, PlannedDevice) and one.volume for one in planned.devices):
        await host.read_storage_now()
    return tuple(added)


async def _plug_all(
    host: ManagedHost,
    ref: Ref,
    specs: tuple[DeviceSpec, ...],
    when: When,
    planned: DevicePlan,
    course: Course,
    heard: ear.Ear,
    added: dict[Device, Wanted | None],
) -> None:
    """The machine has all of them; `added` are at any moment those that it has.

    Another console may have chosen the same target, file or slot meanwhile: what is not there yet
    is planned anew, on what is known then. Raises why it cannot be added any more.
    """
    tries = 1
    while len(added) < len(specs):
        one = planned.devices[0]
        wanted = await growing.expect(host, ref, one)
        try:
            if isinstance(one, PlannedGrowth):
                await growing.grow(host, ref, one, course, is_lasting=planned.is_lasting)
            else:
                await plugging.plug(host, ref, one, planned, course, heard)
        except (PlaceTaken, VolumeTaken, DeviceRefused) as error:
            again = await plan_devices(host, known(host, ref), specs[len(added) :], when)
            is_stale = not isinstance(error, DeviceRefused) and again.is_live is planned.is_live
            if not is_stale or tries == _TRIES_MOST:
                raise
            keys = zip(planned.devices, again.devices, strict=True)
            course.rename({old.device.key: new.device.key for old, new in keys})
            tries, planned = tries + 1, again
        else:
            added[one.device] = wanted
            planned = replace(planned, devices=planned.devices[1:])


async def _follow(
    host: ManagedHost, ref: Ref, added: dict[Device, Wanted | None], course: Course
) -> None:
    jobs.report(stage="waiting_for_guest")
    for one, wanted in added.items():
        if wanted is None:
            await sightings.follow(host, ref, one, course)
        else:
            await growing.follow(host, ref, one, course, wanted)


@contextlib.asynccontextmanager
async def _followed(
    host: ManagedHost, ref: Ref, course: Course, *, is_live: bool
) -> AsyncIterator[ear.Ear]:
    """Hear what is told of a machine meanwhile, and feel its heart while it runs."""
    with ear.opened(host, ref) as heard:
        if is_live:
            async with heart.felt(host, ref, course):
                yield heard
        else:
            yield heard


def _stages(one: PlannedDevice | PlannedGrowth, planned: DevicePlan) -> tuple[Stage, ...]:
    if not planned.is_live:
        return (Stage.HOST_ACCEPTED, Stage.IN_DEFINITION)
    if isinstance(one, PlannedGrowth):
        return growing.stages_of(one)
    return (Stage.HOST_ACCEPTED, Stage.SHOWN_TO_GUEST, *sightings.stages_of(one.device))


async def plan_room(host: ManagedHost, ref: Ref) -> str:
    """Return the definition that `make_room` would make, with what is secret in it hidden."""
    text = await hidden_definition(host, ref)
    return growth.with_room(text, growth.most(known(host, ref), host.record))


async def make_room(host: ManagedHost, ref: Ref) -> None:
    """The machine is defined so that it can be given memory and processors while it runs.

    That holds from its next start on, and it starts with no more than before. Raises
    DescriptionRefused, NotDefined.
    """
    jobs.report(stage="defining")
    before, after = await growing.make_room(host, ref)
    if before != after:
        jobs.can_be_undone(sheet.apply, NOW, (), Rewind(_bare(before), _bare(after)))


def _bare(definition: str) -> str:
    return tree.write(hidden.without(tree.read(definition)))


async def remove(
    host: ManagedHost, ref: Ref, targets: tuple[Device, ...], when: When = When.NOW
) -> None:
    """The devices are gone: let go by the guest, and out of the definition.

    Raises GuestKeepsDevice (it may still let it go later, or when it is asked again),
    GuestRefusedRemoval, DeviceMissing, DeviceRefused, MachineStopped. The definition is changed
    only when the guest has let go; DefinedOtherwise if it has another device by that name.
    """
    domain = known(host, ref)
    is_live = domain.is_active and when is When.NOW
    stages = (Stage.ASKED, Stage.REMOVED) if is_live else ()
    lasting = (Stage.IN_DEFINITION,) if domain.is_persistent else ()
    course = Course((stage, one.key) for one in targets for stage in (*stages, *lasting))
    async with _followed(host, ref, course, is_live=is_live) as heard:
        for one in targets:
            course.begin()
            ran = await unplugging.unplug(host, ref, one, course, heard) if is_live else ""
            was_lasting = domain.is_persistent and await unplugging.undefine(host, ref, one, ran)
            if not ran and not was_lasting:
                raise DeviceMissing(name=domain.name, device=one.called)
            course.see(Stage.IN_DEFINITION, one.key)
