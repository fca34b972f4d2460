"""What machines do when their host starts and stops: in order, with delays, saved or shut down.

libvirt knows whether a machine starts, and starts all at once; the rest is ours to do. The embedded
host's are started by whoever starts that (`begin_on`), those of other hosts by `backend.service`
there, or by hand.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from backend import jobs
from backend.errors import BackendError, ConnectionLost, HostAway, HostNotAnswering
from backend.host.managed import ManagedHost
from backend.hypervisor import described
from backend.hypervisor.embedded import due
from backend.hypervisor.embedded.due import Claim
from backend.model import Change, Domain, DomainState, Host, HostState, Ref
from backend.operations import domain as verbs
from backend.refusals import MachinesNotStarted, MachinesNotStopped
from backend.xmldesc import automatic
from backend.xmldesc.automatic import Habit

_DEADLINE_S = 60.0
_LOOK_AGAIN_S = 0.5
_SAVED_AT_ONCE = 3
_ASKING_S = 120.0
"""For a round of machines: what calls may take that are not the saving or the waiting itself."""
_AWAY = (ConnectionLost, HostAway)
_CUT_OFF = (*_AWAY, HostNotAnswering)
_Row = tuple[Domain, str, Habit]
pause = asyncio.sleep
Way = tuple[Callable[[ManagedHost, Ref], Awaitable[None]], tuple[type[BackendError], ...]]
"""How to stop a machine, and after which errors it is left as it is."""


class Others(Enum):
    """What to do where another process is at it already."""

    LEAVE = "leave"
    AWAIT = "await"


async def start(host: ManagedHost, ref: Ref) -> None:
    """All that start with the host run, started in their order with their delays.

    Those that run already are passed over. Raises MachinesNotStarted after all had their turn.
    """
    del ref  # the host's own
    await _start(host, None)


async def start_due(host: ManagedHost, ref: Ref, others: Others = Others.LEAVE) -> None:
    """As `start`, once in each life of the embedded host's computer; else nothing is done.

    What is left of it when its console ends, the next one does.
    """
    del ref  # the host's own
    if host.embedded is None:
        return
    claim = await _claim(host, host.embedded.due, others)
    if claim is None:
        return
    try:
        await _start(host, claim)
    except asyncio.CancelledError as error:
        if jobs.was_asked_to_stop(error):
            claim.finish()
        raise
    except MachinesNotStarted:
        claim.finish()
        raise
    else:
        claim.finish()
    finally:
        claim.close()


async def stop(host: ManagedHost, ref: Ref) -> None:
    """No machine of the host runs: each was saved, shut down or turned off, as it is set.

    What started last stops first, those of one number at once. One that cannot be saved is shut
    down, and one that does not shut down in its time is turned off: the host will not wait. Of one
    whose host went away meanwhile nobody knows how far it came, and nothing more is done to it.
    Raises MachinesNotStopped after all had their turn.
    """
    running = [d for d in host.inventory.all(Domain, ref.host) if d.is_active]
    rows = await _with_habits(host, running)
    done, failed = 0, dict[str, BackendError]()
    saving = asyncio.Semaphore(_SAVED_AT_ONCE)  # all at once would only wait for one disk
    for group in automatic.in_groups(rows):
        jobs.report(progress=done / len(rows), stage="stopping_machines", is_cancellable=True)
        async with asyncio.TaskGroup() as tasks:
            for one, habit in group:
                tasks.create_task(_stop_one(host, one, _ways(one, habit, saving), failed))
        done += len(group)
    if failed:
        raise MachinesNotStopped(names=", ".join(failed), detail=_details(failed))


async def longest_stop_s(host: ManagedHost, ref: Ref) -> float:
    """Return how long `stop` can take, if each machine takes all the time that it may."""
    running = [d for d in host.inventory.all(Domain, ref.host) if d.is_active]
    groups = automatic.in_groups(await _with_habits(host, running))
    return _ASKING_S + sum(_longest_s([habit for _one, habit in group]) for group in groups)


def begin_on(
    find: Callable[[Ref], ManagedHost], submit: Callable[..., Any], query: Callable[..., Any]
) -> Callable[[Change], None]:
    """Return what has machines start, when told that their embedded host is there anew."""

    def on_change(change: Change) -> None:
        before, after = change.before, change.after
        was_there = isinstance(before, Host) and before.state is HostState.CONNECTED
        if not isinstance(after, Host) or after.state is not HostState.CONNECTED or was_there:
            return
        host = find(after.ref)
        if host.embedded is None or not host.embedded.is_due or after.is_read_only:
            return
        has_some = any(_starts(d) for d in host.inventory.all(Domain, after.ref.host))
        # Nobody is told of a job that has nothing to do.
        (submit if has_some else query)(start_due, after.ref)

    return on_change


async def _claim(host: ManagedHost, path: Path, others: Others) -> Claim | None:
    """Return the right to it, None where it is done, or done by others who are not awaited."""
    while True:
        claim = await host.run_locally(lambda: due.claim(path), deadline_s=_DEADLINE_S)
        is_there = await host.run_locally(path.exists, deadline_s=_DEADLINE_S)
        if claim or others is Others.LEAVE or not is_there:
            return claim
        await asyncio.sleep(_LOOK_AGAIN_S)


def _starts(domain: Domain) -> bool:
    return domain.is_autostart and not domain.is_active


async def _start(host: ManagedHost, claim: Claim | None) -> None:
    handled = claim.handled if claim else frozenset()
    marked = [d for d in host.inventory.all(Domain, host.ref.host) if _starts(d)]
    rows = await _with_habits(host, [d for d in marked if d.ref.key not in handled])
    failed: dict[str, BackendError] = {}
    for number, (one, habit) in enumerate(automatic.in_order(rows)):
        progress = number / len(rows)
        jobs.report(progress=progress, stage="waiting_for_its_turn", is_cancellable=True)
        await pause(habit.delay_s)
        jobs.report(progress=progress, stage="starting_machines")
        await _start_one(host, one, failed)
        if claim:
            claim.note(one.ref.key)
    if failed:
        raise MachinesNotStarted(names=", ".join(failed), detail=_details(failed))


async def _start_one(host: ManagedHost, one: Domain, failed: dict[str, BackendError]) -> None:
    found = host.inventory.find(one.ref, Domain)
    if found is None or found.is_active:
        return  # somebody was faster, or it is gone
    try:
        await verbs.start(host, one.ref)
    except _CUT_OFF:
        raise  # who is connected next goes on with this one
    except BackendError as error:
        failed[one.name] = error


async def _stop_one(
    host: ManagedHost, one: Domain, ways: Iterable[Way], failed: dict[str, BackendError]
) -> None:
    jobs.say_nothing()
    for way, final in ways:
        try:
            await way(host, one.ref)
        except BackendError as error:
            failed[one.name] = error
            if isinstance(error, final):
                return
        found = host.inventory.find(one.ref, Domain)
        if found is None or not found.is_active:
            failed.pop(one.name, None)
            return


def _longest_s(habits: list[Habit]) -> float:
    """Return how long machines can take that stop at once."""
    saved = sum(habit.action == automatic.SAVE for habit in habits)
    turns = -(-saved // _SAVED_AT_ONCE)
    patience = max(habit.timeout_s for habit in habits)
    return turns * verbs.SAVE_DEADLINE_S + patience + _ASKING_S


def _ways(one: Domain, habit: Habit, saving: asyncio.Semaphore) -> Iterable[Way]:
    """Yield how a machine is to stop, and what is left where that fails."""

    async def save(host: ManagedHost, ref: Ref) -> None:
        async with saving:
            await verbs.managed_save(host, ref)

    if habit.action == automatic.SAVE and one.is_persistent:
        # It may be being saved still: who turned it off then would lose what its guest holds.
        yield save, _CUT_OFF
    if habit.action != automatic.TURN_OFF and one.state is DomainState.RUNNING:
        # A guest that is paused would not hear of it.
        yield lambda host, ref: verbs.shutdown(host, ref, timeout_s=habit.timeout_s), _AWAY
    yield verbs.destroy, _AWAY


async def _with_habits(host: ManagedHost, machines: list[Domain]) -> list[_Row]:
    keys = [one.ref.key for one in machines]
    told = await host.ask(lambda c: described.definitions(c, keys), deadline_s=_DEADLINE_S)
    return [
        (one, one.name, automatic.parse(told[one.ref.key]) if one.ref.key in told else Habit())
        for one in machines
    ]


def _details(failed: dict[str, BackendError]) -> tuple[str, ...]:
    return tuple(
        f"{name}: {' '.join(error.problem.detail) or error.problem.message_id}"
        for name, error in failed.items()
    )
