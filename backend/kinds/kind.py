"""The form that each kind of device is declared in, and rules that several have."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.devices import DeviceKind
from backend.errors import BackendError, Problem
from backend.kinds.moment import Moment
from backend.parts import Part
from backend.refusals import (
    DeviceNameTaken,
    NoController,
    NoFreeSlot,
    NoOldSlot,
    NotOnHost,
    OnlyAtNextStart,
    OnlyOne,
)

Rule = Callable[[Moment], Problem | None]
"""Why something cannot be at a moment; None: it can."""
PartRule = Callable[[Part, Moment], Problem | None]
Values = Mapping[str, str]
"""What was chosen, by the fields' names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a field can be, `problem` says why not; `detail` is what one knows it by."""

    name: str
    problem: Problem | None = None
    detail: tuple[str, ...] = ()


def _no_candidates(_moment: Moment) -> tuple[Candidate, ...]:
    return ()


def anything(_moment: Moment) -> Problem | None:
    """Nothing is against it."""
    return None


def goes(_part: Part, _moment: Moment) -> Problem | None:
    """Nothing keeps it."""
    return None


@dataclass(frozen=True, slots=True)
class Field:
    """Something that one chooses of a device: of `candidates`, the one that suits best first.

    One with a `pattern` is typed and has to match it, else `problem` says what to type; `proposal`
    stands there at first, and what others of the machine are called is `taken`. With `unless` it is
    not asked for, and is "", where a field before it has that value.
    """

    name: str
    candidates: Callable[[Moment], tuple[Candidate, ...]] = _no_candidates
    pattern: str = ""
    problem: Problem | None = None
    proposal: Callable[[Moment], str] = lambda _moment: ""
    taken: Callable[[Moment], tuple[str, ...]] = lambda _moment: ()
    unless: tuple[str, str] | None = None

    @property
    def is_typed(self) -> bool:
        """Whether it is typed."""
        return bool(self.pattern)

    def check(self, value: str, moment: Moment) -> Problem | None:
        """Return why what was typed will not do."""
        if not re.fullmatch(self.pattern, value.strip()):
            return self.problem
        is_taken = value.strip() in self.taken(moment)
        return DeviceNameTaken(name=value.strip()).problem if is_taken else None


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of device, declared.

    `is_it` tells its parts from others, `make` makes one of what was chosen. `key` names it within
    its machine ("" : by its alias or place), `detail` is what one knows it by. `comes` and `leaves`
    are why not, at a moment. `shows` says that a part which runs shows its use by the guest; None:
    nothing ever tells of that. `needs` is what must stand in the whole description beside it, by
    path, and `absent` what libvirt wants to read where there is none. `is_written` says that
    libvirt has no command to add it to a definition, which is then written as a whole. `has_alias`:
    libvirt keeps an alias of ours with it; what has none has a key of its own. `stands_on` are the
    files of the host's /dev that its rules ask about. `means` is what the hypervisor's words mean,
    as patterns of a line, met in a refusal or when a machine that has it does not start.
    """

    kind: DeviceKind
    is_it: Callable[[Part], bool]
    make: Callable[[Values, Moment], tuple[Part, ...]]
    fields: tuple[Field, ...] = ()
    comes: Rule = anything
    leaves: PartRule = goes
    key: Callable[[Part], str] = lambda _part: ""
    detail: Callable[[Part], tuple[str, ...]] = lambda _part: ()
    shows: Callable[[Part], bool] | None = None
    needs: Callable[[Part], tuple[tuple[str, str], ...]] = lambda _part: ()
    absent: Part | None = None
    is_written: bool = False
    is_single: bool = False
    has_alias: bool = True
    stands_on: tuple[str, ...] = ()
    means: tuple[tuple[str, type[BackendError]], ...] = ()


def first(*rules: Rule) -> Rule:
    """Return what says the first reason that one of them has."""
    return lambda moment: next((why for rule in rules if (why := rule(moment))), None)


def tag(*names: str) -> Callable[[Part], bool]:
    """Return what is true of parts of these elements."""
    return lambda part: part.tag in names


def told_by(tag_: str, path: str) -> Callable[[Moment], tuple[str, ...]]:
    """Return what finds what the parts of an element say at a path."""
    return lambda moment: tuple(p.get(path) for p in moment.parts if p.tag == tag_)


def words(*paths: str) -> Callable[[Part], tuple[str, ...]]:
    """Return what finds what stands at these paths, what is missing left out."""
    return lambda part: tuple(told for path in paths if (told := part.get(path)))


def choices(*names: str) -> Callable[[Moment], tuple[Candidate, ...]]:
    """Return candidates that every host has."""
    return lambda _moment: tuple(Candidate(name) for name in names)


def able(device: str, name: str, *wanted: str) -> Callable[[Moment], tuple[Candidate, ...]]:
    """Return the wanted candidates, with why not; a hypervisor that is silent can all of them."""

    def candidates(moment: Moment) -> tuple[Candidate, ...]:
        abilities = moment.host.abilities
        can = abilities.values(device, name) if abilities.tells_of(device) else frozenset(wanted)
        return tuple(Candidate(one, None if one in can else NotOnHost().problem) for one in wanted)

    return candidates


def only_at_next_start(moment: Moment) -> Problem | None:
    """The hypervisor takes no such device while a machine runs."""
    return OnlyAtNextStart().problem if moment.is_live else None


def stays_while_running(_part: Part, moment: Moment) -> Problem | None:
    """The hypervisor lets no such device go while a machine runs."""
    return only_at_next_start(moment)


def only_one(has: Callable[[Part], bool]) -> Rule:
    """Return what is against a second one."""

    def rule(moment: Moment) -> Problem | None:
        is_there = any(has(part) for part in moment.parts)
        return OnlyOne(name=moment.domain.name).problem if is_there else None

    return rule


def needs_node(path: str, error: type[BackendError]) -> Rule:
    """Return what is against it on a host that was seen to have no such file in its /dev.

    It holds at both moments: the definition would take it, and the machine would not start. Where
    nobody can look, the hypervisor's refusal says it.
    """

    def rule(moment: Moment) -> Problem | None:
        nodes = moment.host.nodes
        return error().problem if nodes is not None and path not in nodes else None

    return rule


def needs_slot(moment: Moment) -> Problem | None:
    """A machine that runs needs a free hot-plug slot; at its next start it gets one."""
    is_full = moment.is_live and moment.room is not None and moment.room.free_slots == 0
    return NoFreeSlot(name=moment.domain.name).problem if is_full else None


def needs_old_slot(moment: Moment) -> Problem | None:
    """A machine that runs needs a free slot of conventional PCI."""
    is_full = moment.is_live and moment.room is not None and moment.room.free_old_slots == 0
    return NoOldSlot(name=moment.domain.name).problem if is_full else None


def needs_controller(kind: str, model: str = "") -> Rule:
    """Return what is against it on a machine that runs without such a controller."""

    def rule(moment: Moment) -> Problem | None:
        if not moment.is_live or moment.room is None or moment.room.has_controller(kind, model):
            return None
        return NoController(bus=kind).problem

    return rule
