"""What can be added to all of several machines at once, and in words why something cannot. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from backend.devices import Choice, DeviceKind, PoolChoice, Prospects, When
from backend.errors import Problem
from backend.model import Domain
from console.sdk import wording


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Offered:
    """Something to choose: its name, and why it will not do ("": it will)."""

    name: str
    refusal: str = ""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedField:
    """Something that one chooses of a device, for all machines alike: of `choices`, or typed."""

    name: str
    choices: tuple[Offered, ...]
    is_typed: bool
    proposal: str
    pattern: str = ""
    refusal: str = ""
    taken: tuple[str, ...] = ()
    unless: tuple[str, str] | None = None

    def against(self, text: str) -> str:
        """Return why what was typed will not do; "" if it will."""
        if not self.is_typed:
            return ""
        if not re.fullmatch(self.pattern, text):
            return self.refusal
        if text in self.taken:
            return wording.sentence(Problem("DeviceNameTaken", (("name", text),)))
        return ""


@dataclass(frozen=True, slots=True)
class OfferedPool:
    """A storage location for new disks, the free room of the fullest of that name."""

    name: str
    path: str
    available_bytes: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Machines, and beside each what can be added to it and taken away."""

    domains: tuple[Domain, ...]
    prospects: tuple[Prospects, ...]

    @property
    def runs(self) -> bool:
        """Whether one of them runs, so that it matters when a change acts."""
        return any(one.is_running for one in self.prospects)

    @property
    def is_full(self) -> bool:
        """Whether one of them runs without a free hot-plug slot."""
        return any(one.free_slots == 0 for one in self.prospects)

    def against(self, kind: DeviceKind, when: When) -> str:
        """Return why a kind of device cannot be added then; "" if it can."""
        return self._first(
            _problem(one.offer(kind).now, one.offer(kind).next_start, when)
            for one in self.prospects
        )

    def choices(self, kind: DeviceKind, when: When) -> tuple[Offered, ...]:
        """Return the models or buses that all of them know, those that will do first."""
        return self._usable_first(self._common(lambda one: one.offer(kind).choices, when))

    def fields(self, kind: DeviceKind, when: When) -> tuple[OfferedField, ...]:
        """Return what one chooses of a device, with the choices that all of them have."""
        if not self.prospects:
            return ()
        return tuple(
            OfferedField(
                field.name,
                self._usable_first(self._common(partial(_choices, kind, field.name), when)),
                field.is_typed,
                field.proposal,
                field.pattern,
                wording.sentence(field.problem) if field.problem else "",
                tuple(
                    dict.fromkeys(
                        name for one in self.prospects for name in _taken(kind, field.name, one)
                    )
                ),
                field.unless,
            )
            for field in self.prospects[0].offer(kind).fields
        )

    def no_vlan(self, switch: str, when: When) -> str:
        """Return why an adapter on a switch can be in no VLAN; "" if it can."""
        found = self._common(lambda one: one.vlans, when)
        return next((one.refusal for one in found if one.name == switch), "")

    def switches(self, when: When) -> tuple[Offered, ...]:
        """Return the virtual switches that all of them can be connected to."""
        return self._common(lambda one: one.switches, when)

    def pools(self) -> tuple[OfferedPool, ...]:
        """Return the storage locations that the hosts of all of them have."""
        rows = [{pool.name: pool for pool in one.pools} for one in self.prospects]
        shared = [name for name in rows[0] if all(name in row for row in rows)] if rows else []
        pools = [_pool([row[name] for row in rows]) for name in shared]
        return tuple(sorted(pools, key=lambda pool: bool(pool.refusal)))

    def slots(self) -> str:
        """Return in words how many hot-plug slots are free; "" where that does not matter."""
        counted = [
            (domain, one.free_slots, one.slots)
            for domain, one in zip(self.domains, self.prospects, strict=False)
            if one.free_slots is not None and one.slots is not None
        ]
        if not counted:
            return ""
        if len(counted) == 1:
            return slots_text(counted[0][1], counted[0][2])
        domain, free, slots = min(counted, key=lambda row: row[1])
        return _tr("{slots} in {name}, the fewest of all").format(
            slots=slots_text(free, slots), name=domain.name
        )

    def _usable_first(self, found: tuple[Offered, ...]) -> tuple[Offered, ...]:
        return tuple(sorted(found, key=lambda offered: bool(offered.refusal)))

    def _common(
        self, of: Callable[[Prospects], Sequence[Choice]], when: When
    ) -> tuple[Offered, ...]:
        rows = [{choice.name: choice for choice in of(one)} for one in self.prospects]
        shared = [name for name in rows[0] if all(name in row for row in rows)] if rows else []
        return tuple(
            Offered(name, self._why_not([row[name] for row in rows], when), rows[0][name].detail)
            for name in shared
        )

    def _why_not(self, choices: Sequence[Choice], when: When) -> str:
        return self._first(_problem(one.now, one.next_start, when) for one in choices)

    def _first(self, problems: Iterable[Problem | None]) -> str:
        for domain, problem in zip(self.domains, problems, strict=False):
            if problem is None:
                continue
            said = wording.sentence(problem)
            # A sentence that does not name its machine could be about any of them.
            is_told = len(self.domains) == 1 or domain.name in said
            return said if is_told else f"{domain.name}: {said}"
        return ""


def room(domain: Domain) -> str:
    """Return in words how many hot-plug slots a machine that runs has free; "" while it is off."""
    made_of = domain.live
    if made_of is None or not domain.is_active:
        return ""
    return slots_text(made_of.free_pci_slots, made_of.pci_slots)


def slots_text(free: int, slots: int) -> str:
    """Return in words how many hot-plug slots are free."""
    if slots == 0:
        return _tr("No hot-plug slots: what needs one is added at the next start")
    return _tr("{free} of {slots} hot-plug slots free").format(free=free, slots=slots)


def _choices(kind: DeviceKind, name: str, one: Prospects) -> tuple[Choice, ...]:
    return next((f.choices for f in one.offer(kind).fields if f.name == name), ())


def _taken(kind: DeviceKind, name: str, one: Prospects) -> tuple[str, ...]:
    return next((f.taken for f in one.offer(kind).fields if f.name == name), ())


def _problem(now: Problem | None, next_start: Problem | None, when: When) -> Problem | None:
    return now if when is When.NOW else next_start


def _pool(found: Sequence[PoolChoice]) -> OfferedPool:
    first = found[0]
    problem = next((pool.problem for pool in found if pool.problem), None)
    return OfferedPool(
        first.name,
        first.path,
        min(pool.available_bytes for pool in found),
        wording.sentence(problem) if problem else "",
    )
