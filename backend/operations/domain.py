"""Verbs on one machine."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import Enum

from backend import defaults, jobs
from backend.errors import (
    BackendError,
    DescriptionRefused,
    EffectNotSeen,
    Gone,
    HypervisorRefused,
    NameInvalid,
    NameTaken,
    ScreenNotAvailable,
    ShutdownTimedOut,
    StartFailed,
    WrongState,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.kinds import catalogue
from backend.model import Domain, DomainState, Record, Ref, StateReason, StorageVolume
from backend.operations import placement, uses
from backend.refusals import NeededUnchanged
from backend.xmldesc import written

EFFECT_DEADLINE_S = 15.0
START_DEADLINE_S = 120.0
SAVE_DEADLINE_S = 3600.0
SCREEN_DEADLINE_S = 5.0
_PROGRESS_INTERVAL_S = 0.5
_ASK_AGAIN_S = 15.0
_LOG_LINES = 12
_LOG_BYTES = 16_384


class Autostart(Enum):
    """Whether a machine starts with its host."""

    OFF = 0
    ON = 1


@dataclass(frozen=True, slots=True)
class OwnedDisk:
    """A disk that can be deleted with its machine, unless others (by name) use it too."""

    path: str
    name: str
    capacity_bytes: int
    allocation_bytes: int
    shared_with: tuple[str, ...] = ()


async def start(host: ManagedHost, ref: Ref) -> None:
    """The machine runs (where it was saved, if it was)."""
    domain = known(host, ref)
    if domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    if users := _based_on(host, domain):
        raise NeededUnchanged(name=domain.name, users=", ".join(users))
    try:
        await host.act_for(START_DEADLINE_S, commands.start, ref)
    except (HypervisorRefused, DescriptionRefused) as error:
        raise _why_not_started(domain, error.detail) from error
    await host.read_now(ref)
    after = await host.inventory.until(ref, _has_started_or_failed, deadline_s=EFFECT_DEADLINE_S)
    if isinstance(after, Domain) and not after.is_active and after.reason in _FAILURES:
        raise StartFailed(name=domain.name, detail=await log_tail(host, ref))


def _why_not_started(domain: Domain, detail: tuple[str, ...]) -> BackendError:
    """Return what of its devices is not to be had on the host, or what the hypervisor said."""
    parts = domain.next_start.parts if domain.next_start else ()
    kinds = (kind for part in parts if (kind := catalogue.kind_of(part)))
    return catalogue.meant(detail, kinds) or StartFailed(name=domain.name, detail=detail)


def _based_on(host: ManagedHost, domain: Domain) -> tuple[str, ...]:
    """Return the names of the machines whose disks are based on a disk that this one writes to."""
    volumes = uses.by_path(host.inventory.all(StorageVolume, domain.ref.host))
    machines = tuple(host.inventory.all(Domain, domain.ref.host))
    disks = domain.next_start.disks if domain.next_start else ()
    found = {
        other.name
        for disk in disks
        if disk.source and not disk.is_read_only
        for other in uses.users_of(uses.place_of(disk, volumes), machines, volumes).by_base
    }
    return tuple(sorted(found - {domain.name}))


_FAILURES = (StateReason.START_FAILED, StateReason.CRASHED)


def _has_started_or_failed(record: Record | None) -> bool:
    return isinstance(record, Domain) and (record.is_active or record.reason in _FAILURES)


async def shutdown(host: ManagedHost, ref: Ref, *, timeout_s: float = 60.0) -> None:
    """The guest shut itself down. Raises ShutdownTimedOut if it did not within `timeout_s`."""
    domain = known(host, ref)
    jobs.report(stage="waiting_for_guest", is_cancellable=True)
    end = time.monotonic() + timeout_s
    while (left := end - time.monotonic()) > 0:
        # A guest that is still booting misses the power button: it is pressed again.
        try:
            await host.act(commands.ask_to_shut_down, ref)
        except (HypervisorRefused, Gone):
            await host.read_now(ref)
            if not _is_off(host.inventory.get(ref)):
                raise
        with contextlib.suppress(EffectNotSeen):
            await host.inventory.until(ref, _is_off, deadline_s=min(left, _ASK_AGAIN_S))
            return
    raise ShutdownTimedOut(name=domain.name, seconds=round(timeout_s))


async def destroy(host: ManagedHost, ref: Ref) -> None:
    """The machine is off, whatever its guest was doing."""
    await host.act(commands.turn_off, ref)
    await _until(host, ref, _is_off)


async def reset(host: ManagedHost, ref: Ref) -> None:
    """The guest begins anew, as after the reset button; a panicked one runs again."""
    was_stopped = known(host, ref).reason in (StateReason.PANICKED, StateReason.WATCHDOG)
    await host.act(commands.reset, ref)
    if was_stopped:
        await host.act(commands.resume, ref)
        await _until(host, ref, _is_in(DomainState.RUNNING))


async def suspend(host: ManagedHost, ref: Ref) -> None:
    """The machine is paused."""
    await host.act(commands.suspend, ref)
    await _until(host, ref, _is_in(DomainState.PAUSED))
    jobs.can_be_undone(resume, state=DomainState.PAUSED)


async def resume(host: ManagedHost, ref: Ref) -> None:
    """The machine runs on, from pause or from sleep."""
    is_asleep = known(host, ref).state is DomainState.SLEEPING
    await host.act(commands.wake if is_asleep else commands.resume, ref)
    await _until(host, ref, _is_in(DomainState.RUNNING))
    if not is_asleep:
        jobs.can_be_undone(suspend, state=DomainState.RUNNING)


async def managed_save(host: ManagedHost, ref: Ref) -> None:
    """The machine is off and its state is kept on the host's disk."""
    async with _hypervisor_job(host, ref, "saving"):
        await host.act_for(SAVE_DEADLINE_S, commands.save, ref)
    await _until(host, ref, lambda d: isinstance(d, Domain) and d.has_saved_state)


async def discard_saved_state(host: ManagedHost, ref: Ref) -> None:
    """The next start is a fresh one."""
    await host.act(commands.discard_saved_state, ref)
    await _until(host, ref, lambda d: isinstance(d, Domain) and not d.has_saved_state)


async def rename(host: ManagedHost, ref: Ref, name: str) -> None:
    """The machine, which must be off, is called `name`."""
    domain = known(host, ref)
    if domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    await check_name(host, name)
    await host.act(commands.rename, ref, name)
    await _until(host, ref, lambda d: isinstance(d, Domain) and d.name == name)
    jobs.can_be_undone(rename, domain.name, name=name)


async def set_notes(host: ManagedHost, ref: Ref, text: str) -> None:
    """The machine's notes are `text`, without what XML cannot hold."""
    before, notes = known(host, ref).notes, defaults.fit_notes(text)
    await host.act(commands.set_notes, ref, notes)
    await _until(host, ref, lambda d: isinstance(d, Domain) and d.notes == notes)
    jobs.can_be_undone(set_notes, before, notes=notes)


async def set_autostart(host: ManagedHost, ref: Ref, setting: Autostart) -> None:
    """The machine starts with its host, or does not."""
    before, is_wanted = known(host, ref).is_autostart, setting is Autostart.ON
    if is_wanted and (users := _based_on(host, known(host, ref))):
        raise NeededUnchanged(name=known(host, ref).name, users=", ".join(users))
    await host.act(commands.set_autostart, ref, setting.value)
    await _until(host, ref, lambda d: isinstance(d, Domain) and d.is_autostart is is_wanted)
    jobs.can_be_undone(set_autostart, Autostart(before), is_autostart=is_wanted)


async def delete(host: ManagedHost, ref: Ref, disks: tuple[str, ...] = ()) -> None:
    """The machine, which must be off, is gone, and of its disks those at the paths `disks`.

    The definition goes first: a disk that cannot be deleted then is a file too many, not a machine
    that no longer starts. Disks that another machine uses are left alone.
    """
    domain = known(host, ref)
    if domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    own = {disk.path for disk in await owned_disks(host, ref) if not disk.shared_with}
    await host.act(commands.undefine, ref)
    await _until(host, ref, lambda d: d is None)
    for path in disks:
        if path in own:
            await host.tell(lambda connect, path=path: commands.delete_volume(connect, path))  # type: ignore[misc]
    await host.read_storage_now()


async def owned_disks(host: ManagedHost, ref: Ref) -> tuple[OwnedDisk, ...]:
    """Return the machine's disks, and what else was made for it, that lie in the host's pools."""
    await host.read_storage_now()
    domain = known(host, ref)
    configuration = domain.configuration
    volumes = {v.path: v for v in host.inventory.all(StorageVolume, ref.host)}
    paths = [d.source for d in configuration.disks if d.device == "disk"] if configuration else []
    paths += [path for path in domain.made_files if path not in paths]
    return tuple(
        [
            OwnedDisk(
                path=path,
                name=volumes[path].name,
                capacity_bytes=volumes[path].capacity_bytes,
                allocation_bytes=volumes[path].allocation_bytes,
                shared_with=await _others_using(host, ref, path),
            )
            for path in paths
            if path in volumes
        ]
    )


async def _others_using(host: ManagedHost, ref: Ref, path: str) -> tuple[str, ...]:
    """Return who else needs the file: machines, and volumes of no machine that are based on it."""
    others = [one for one in host.inventory.all(Domain, ref.host) if one.ref != ref]
    return tuple(sorted(await placement.users_of(host, path, others)))


async def screenshot(host: ManagedHost, ref: Ref) -> bytes:
    """Return the machine's picture (PNG or PPM); takes no display channel from anybody."""
    domain = known(host, ref)
    if not domain.is_active or not (domain.live and domain.live.video):
        raise ScreenNotAvailable(name=domain.name)
    try:
        return await host.guests.ask(
            ref, lambda c: commands.screenshot(c, ref.key), deadline_s=SCREEN_DEADLINE_S
        )
    except HypervisorRefused as error:
        raise ScreenNotAvailable(name=domain.name, detail=error.detail) from error


async def log_tail(host: ManagedHost, ref: Ref) -> tuple[str, ...]:
    """Return the last lines of QEMU's log of the machine; none where it is not ours to read."""
    if host.embedded is None:
        return ()
    path = host.embedded.log_directory / f"{known(host, ref).name}.log"

    def read() -> tuple[str, ...]:
        try:
            with path.open("rb") as log:
                log.seek(max(0, path.stat().st_size - _LOG_BYTES))
                text = log.read().decode(errors="replace")
        except OSError:
            return ()
        return tuple(line for line in text.splitlines() if line.strip())[-_LOG_LINES:]

    return await host.run_locally(read, deadline_s=EFFECT_DEADLINE_S)


async def description(host: ManagedHost, ref: Ref) -> str:
    """Return the machine's definition as libvirt keeps it."""
    return await host.ask(lambda connect: commands.describe(connect, ref.key))


async def hidden_definition(host: ManagedHost, ref: Ref) -> str:
    """Return the machine's definition with its passwords hidden, which tells that there are any."""
    return written.without_secrets(await description(host, ref))


def known(host: ManagedHost, ref: Ref) -> Domain:
    """Return the machine as the inventory shows it. Raises Gone."""
    domain = host.inventory.find(ref, Domain)
    if domain is None:
        raise Gone
    return domain


async def check_name(host: ManagedHost, name: str) -> None:
    """Raise NameInvalid or NameTaken if no machine can be called that here."""
    if not defaults.is_name_fit(name):
        raise NameInvalid(name=name)
    if await host.ask(lambda connect: commands.name_is_taken(connect, name)):
        raise NameTaken(name=name)


async def _until(host: ManagedHost, ref: Ref, holds: Callable[[Record | None], bool]) -> None:
    await host.read_now(ref)
    await host.inventory.until(ref, holds, deadline_s=EFFECT_DEADLINE_S)


def _is_off(record: Record | None) -> bool:
    return record is None or (isinstance(record, Domain) and not record.is_active)


def _is_in(state: DomainState) -> Callable[[Record | None], bool]:
    return lambda record: isinstance(record, Domain) and record.state is state


@contextlib.asynccontextmanager
async def _hypervisor_job(host: ManagedHost, ref: Ref, stage: str) -> AsyncIterator[None]:
    """Report the progress of what the hypervisor does meanwhile; a cancel reaches it."""
    jobs.report(stage=stage, is_cancellable=True)

    async def follow() -> None:
        while True:
            await asyncio.sleep(_PROGRESS_INTERVAL_S)
            with contextlib.suppress(BackendError):
                progress = await host.ask(lambda c: commands.job_progress(c, ref.key))
                jobs.report(progress=progress, stage=stage, is_cancellable=True)

    loop = asyncio.get_running_loop()
    following = loop.create_task(follow(), name=f"progress of {stage}")
    try:
        yield
    except asyncio.CancelledError:
        with contextlib.suppress(BackendError):
            await host.ask(lambda connect: commands.abort(connect, ref.key))
        raise
    finally:
        following.cancel()
        await asyncio.wait([following])
