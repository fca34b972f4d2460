"""What is known of a thing, in a form that can be kept, and what differs between two of them.

One function compares for all: what changed just now, what changed while a host was away, and what
changed while no console ran.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from backend.journal.entry import Fact, Scope, What, fact
from backend.journal.rows import Standing
from backend.model import (
    Domain,
    DomainConfiguration,
    DomainState,
    Network,
    Nic,
    StateReason,
    StoragePool,
)

_VOLUMES_MAXIMUM: Final = 500
_TRANSITIONAL: Final = frozenset(
    {StateReason.MIGRATING, StateReason.SAVING, StateReason.STARTING, StateReason.SNAPSHOT}
)


class Run(StrEnum):
    """How a thing runs, as far as an entry would say."""

    ON = "on"
    PAUSED = "paused"
    DISK = "disk"
    WATCHDOG = "watchdog"
    PANICKED = "panicked"
    ASLEEP = "asleep"
    OFF = "off"
    SAVED = "saved"
    CRASHED = "crashed"
    FAILED = "failed"


IS_OFF: Final = frozenset({Run.OFF, Run.SAVED, Run.CRASHED, Run.FAILED})
_REASONS: Final = {
    StateReason.DISK_FULL: Run.DISK,
    StateReason.IO_ERROR: Run.DISK,
    StateReason.WATCHDOG: Run.WATCHDOG,
    StateReason.PANICKED: Run.PANICKED,
    StateReason.CRASHED: Run.PANICKED,
}
_STATES: Final = {
    DomainState.RUNNING: Run.ON,
    DomainState.SLEEPING: Run.ASLEEP,
}
_ENDED: Final = {
    StateReason.START_FAILED: Run.FAILED,
    StateReason.CRASHED: Run.CRASHED,
    StateReason.PANICKED: Run.CRASHED,
}
IMPLIED: Final[Mapping[str, Run]] = {
    What.STARTED: Run.ON, What.RESTORED: Run.ON, What.ARRIVED: Run.ON, What.RESUMED: Run.ON,
    What.RESTARTED: Run.ON, What.WOKE: Run.ON, What.PAUSED: Run.PAUSED,
    What.STOPPED_BY_DISK: Run.DISK, What.SLEPT: Run.ASLEEP, What.PANICKED: Run.PANICKED,
    What.SHUT_DOWN: Run.OFF, What.TURNED_OFF: Run.OFF, What.LEFT: Run.OFF, What.STOPPED: Run.OFF,
    What.SAVED: Run.SAVED, What.CRASHED: Run.CRASHED, What.HIBERNATED: Run.OFF,
}  # fmt: skip
"""How a machine runs after an event that says so, whatever is known of it yet."""


def is_changing(domain: Domain) -> bool:
    """Whether something is under way whose end says what it was."""
    is_held = domain.state is DomainState.PAUSED and domain.reason in _TRANSITIONAL
    return is_held or domain.state is DomainState.SHUTTING_DOWN


def run_of(domain: Domain) -> Run | None:
    """Return how a machine runs; None while that is not to be said."""
    if is_changing(domain) or domain.state is DomainState.UNKNOWN:
        return None
    if domain.state is DomainState.PAUSED:
        return _REASONS.get(domain.reason, Run.PAUSED)
    if domain.state is DomainState.CRASHED:
        return Run.PANICKED if domain.live else Run.CRASHED
    if domain.state in _STATES:
        return _STATES[domain.state]
    return Run.SAVED if domain.has_saved_state else _ENDED.get(domain.reason, Run.OFF)


# From records


def of_domain(
    domain: Domain, checkpoints: Iterable[tuple[str, bool]], before: Standing | None = None
) -> Standing:
    """Return a machine's standing. `checkpoints` are (name, whether it is the current one).

    What cannot be told now (its state while something is under way, its parts while only an
    outline is known) is taken from `before`.
    """
    known = dict(before or {})
    run = run_of(domain)
    made = list(checkpoints)
    told: dict[str, Any] = {
        "name": domain.name,
        "run": run.value if run else known.get("run", Run.OFF.value),
        "is_silent": domain.is_active and domain.reason is StateReason.NOT_ANSWERING,
        "began": int(domain.started_at or 0),
    }
    if domain.configuration is None:  # only an outline could be read
        return known | told
    return told | {
        "is_autostart": domain.is_autostart,
        "notes": domain.notes,
        "checkpoints": sorted(name for name, _ in made),
        "checkpoint": next((name for name, is_current in made if is_current), ""),
        "definition": domain.definition,
        "live": _parts(domain.live),
        "next": _parts(domain.next_start),
    }


def _parts(made_of: DomainConfiguration | None) -> dict[str, Any] | None:
    if made_of is None:
        return None
    return {
        "memory": made_of.memory_bytes,
        "processors": made_of.vcpus,
        "firmware": made_of.firmware.value,
        "disks": {disk.target: [disk.device, disk.source] for disk in made_of.disks},
        "nics": {nic.mac: _plug(nic) for nic in made_of.nics},
    }


def _plug(nic: Nic) -> str:
    return nic.source or nic.source_kind


def of_network(network: Network) -> Standing:
    """Return a virtual switch's standing."""
    run = Run.ON if network.is_active else Run.OFF
    return {"name": network.name, "run": run.value, "is_autostart": network.is_autostart}


def of_pool(pool: StoragePool, volumes: Iterable[str], before: Standing | None = None) -> Standing:
    """Return a storage pool's standing; `volumes` are the names of its volumes."""
    run = Run.ON if pool.is_active else Run.OFF
    names = sorted(volumes)
    # A pool that was just started shows none before it was looked through: none are not kept then.
    was_counted = bool(before) and (before or {}).get("volumes") is not None
    is_counted = pool.is_active and bool(names or was_counted) and len(names) <= _VOLUMES_MAXIMUM
    told = {"name": pool.name, "run": run.value, "is_autostart": pool.is_autostart}
    return told | {"volumes": names if is_counted else None}


# What differs


def differences(
    before: Standing | None, after: Standing | None, *, by_absence: object = False
) -> tuple[Fact, ...]:
    """Return what became of a thing, the weightiest first.

    `by_absence`: nobody looked meanwhile, so that a machine which runs may be another run of it.
    """
    if before is None or after is None:
        if before is after:
            return ()
        mark = (after or before or {}).get("definition")
        told = {"definition": str(mark)} if mark else {}
        return (fact(What.CREATED if before is None else What.DELETED, **told),)
    return tuple(_all_differences(before, after, by_absence=by_absence))


def _all_differences(before: Standing, after: Standing, *, by_absence: object) -> Iterator[Fact]:
    if before.get("name") != after.get("name"):
        yield fact(What.RENAMED, before=str(before.get("name")), after=str(after.get("name")))
    if turned := _run_difference(before, after, by_absence=by_absence):
        yield fact(turned)
    if before.get("is_silent", False) != after.get("is_silent", False):
        yield fact(What.SILENT if after.get("is_silent") else What.ANSWERS)
    yield from _part_differences(before, after)
    if before.get("notes", "") != after.get("notes", ""):
        yield fact(What.NOTES)
    if before.get("is_autostart") != after.get("is_autostart"):
        yield fact(What.AUTOSTART_ON if after.get("is_autostart") else What.AUTOSTART_OFF)
    yield from _list_differences(
        before, after, "checkpoints", What.CHECKPOINT_MADE, What.CHECKPOINT_DELETED
    )
    if _has_gone_back(before, after):
        yield fact(What.CHECKPOINT_CURRENT, name=str(after["checkpoint"]))
    yield from _list_differences(before, after, "volumes", What.VOLUME_MADE, What.VOLUME_DELETED)
    was, now = before.get("definition"), after.get("definition")
    if was is not None and now is not None and was != now:
        yield fact(What.CONFIGURED, before=str(was), after=str(now))


def _run_difference(before: Standing, after: Standing, *, by_absence: object) -> What | None:
    was, now = Run(before.get("run", Run.OFF)), Run(after.get("run", Run.OFF))
    if now in IS_OFF:
        return _ended(was, now)
    if was in IS_OFF:
        return What.RESTORED if was is Run.SAVED else What.STARTED
    began = before.get("began"), after.get("began")
    if by_absence and all(began) and began[0] != began[1]:
        return What.STARTED_AGAIN
    return None if was is now else _TURNS_WHILE_ON[now]


_TURNS_WHILE_ON: Final = {
    Run.ON: What.RESUMED,
    Run.PAUSED: What.PAUSED,
    Run.DISK: What.STOPPED_BY_DISK,
    Run.WATCHDOG: What.WATCHDOG,
    Run.PANICKED: What.PANICKED,
    Run.ASLEEP: What.SLEPT,
}
_ENDS: Final = {
    Run.OFF: What.STOPPED,
    Run.SAVED: What.SAVED,
    Run.CRASHED: What.CRASHED,
    Run.FAILED: What.START_FAILED,
}


def _ended(was: Run, now: Run) -> What | None:
    if was is now:
        return None
    if was in IS_OFF:
        if was is Run.SAVED and now is Run.OFF:
            return What.STATE_DISCARDED
        return What.START_FAILED if now is Run.FAILED else None
    return _ENDS[now]


def _part_differences(before: Standing, after: Standing) -> Iterator[Fact]:
    # What is so now and from the next start on is said once.
    then = tuple(_differing_parts(before.get("next"), after.get("next")))
    now = tuple(_differing_parts(before.get("live"), after.get("live")))
    is_on = after.get("live") is not None
    has_next = after.get("next") is not None
    for found in then:
        scope = Scope.BOTH if found in now or not is_on else Scope.NEXT_START
        yield _scoped(found, scope)
    for found in now:
        if found not in then:
            yield _scoped(found, Scope.LIVE if has_next else Scope.BOTH)


def _scoped(found: Fact, scope: Scope) -> Fact:
    return Fact(found.what, tuple(sorted((*found.arguments, ("scope", scope.value)))))


def _differing_parts(before: Any, after: Any) -> Iterator[Fact]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return  # it was started or stopped in between: what runs is what was defined
    if before["memory"] != after["memory"]:
        yield fact(What.MEMORY, before_bytes=before["memory"], after_bytes=after["memory"])
    if before["processors"] != after["processors"]:
        yield fact(What.PROCESSORS, before=before["processors"], after=after["processors"])
    if before["firmware"] != after["firmware"]:
        yield fact(What.FIRMWARE, after=after["firmware"])
    yield from _disk_differences(before["disks"], after["disks"])
    yield from _nic_differences(before["nics"], after["nics"])


def _disk_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Fact]:
    for target in sorted(before.keys() - after.keys()):
        yield fact(What.DISK_REMOVED, target=target, source=before[target][1])
    for target in sorted(after.keys() - before.keys()):
        yield fact(What.DISK_ADDED, target=target, source=after[target][1])
    for target in sorted(before.keys() & after.keys()):
        was, now = before[target][1], after[target][1]
        if was != now:
            yield fact(What.MEDIUM_CHANGED, target=target, before=was, after=now)


def _nic_differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Fact]:
    for mac in sorted(before.keys() - after.keys()):
        yield fact(What.NIC_REMOVED, mac=mac, source=before[mac])
    for mac in sorted(after.keys() - before.keys()):
        yield fact(What.NIC_ADDED, mac=mac, source=after[mac])
    for mac in sorted(before.keys() & after.keys()):
        if before[mac] != after[mac]:
            yield fact(What.NIC_MOVED, mac=mac, before=before[mac], after=after[mac])


def _list_differences(
    before: Standing, after: Standing, key: str, made: What, deleted: What
) -> Iterator[Fact]:
    was, now = before.get(key), after.get(key)
    if was is None or now is None:
        return
    for name in sorted(set(now) - set(was)):
        yield fact(made, name=name)
    for name in sorted(set(was) - set(now)):
        yield fact(deleted, name=name)


def _has_gone_back(before: Standing, after: Standing) -> bool:
    """Whether another checkpoint became the current one, and not because it was just made."""
    was, now = before.get("checkpoint", ""), after.get("checkpoint", "")
    known = before.get("checkpoints") or ()
    return bool(now) and was != now and now in known and was in (after.get("checkpoints") or ())
