"""The judgement: which causes the figures of a stretch speak for, and which cannot be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from backend.diagnosis.causes import EXPLAINED, Cause, Limit
from backend.diagnosis.quantities import Quantity
from backend.diagnosis.rules import Known, Rule, Sign
from backend.diagnosis.slots import Row, Slots, laid_out
from backend.measures import Of, Place
from backend.series import Course

LASTING_S: Final = 30.0
"""What is shorter is no reason for a machine to be called slow."""
_LASTING_SHARE: Final = 0.1
_KNOWN_SHARE: Final = 0.5
_HOSTS: Final = (Of.HOST, Of.NODE)
Devices = Mapping[Of, tuple[str, ...]]


class Outcome(Enum):
    """What became of looking for a cause. UNSET: no limit is set that could be reached."""

    FOUND = "found"
    UNKNOWN = "unknown"
    CLEAR = "clear"
    UNSET = "unset"


class Weight(Enum):
    """How much speaks for it."""

    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure and what it is compared with.

    `value` is the mean while it was so; of what was not so, the most; None: not known. `bound` is
    from where on it counts, None of what only stands beside. `row` is how it went.
    """

    quantity: Quantity
    value: float | None
    bound: float | None = None
    limit: float | None = None
    row: Row = ()

    @property
    def is_reached(self) -> bool:
        """Whether it is at least what it is compared with."""
        return self.value is not None and self.bound is not None and self.value >= self.bound


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one cause, at the device where most speaks for it.

    `held_s` is for how long it was so of the `known_s` of which that can be said; `since` and
    `last` are begin and end of the last stretch in which it was, in Unix seconds. `explained_by`
    is what it follows from. `also` are other devices of which the same is said.
    """

    cause: Cause
    outcome: Outcome
    device: str = ""
    weight: Weight = Weight.POSSIBLE
    held_s: float = 0.0
    known_s: float = 0.0
    since: float = 0.0
    last: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    explained_by: Cause | None = None
    also: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Quantity, ...]:
        """What would have to be known."""
        return tuple(e.quantity for e in self.evidence if e.value is None and e.bound is not None)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the figures between two moments (Unix seconds) say; each cause once.

    First what was found, what is likely before what is possible. `read_s` is for how much of the
    time anything was read.
    """

    since: float
    until: float
    read_s: float
    findings: tuple[Finding, ...]

    @property
    def found(self) -> tuple[Finding, ...]:
        """The bottlenecks, without what follows from others of them."""
        return tuple(
            one for one in self.findings if one.outcome is Outcome.FOUND and not one.explained_by
        )

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """What nobody can tell."""
        return tuple(one for one in self.findings if one.outcome is Outcome.UNKNOWN)

    @property
    def is_enough(self) -> bool:
        """Whether enough was read to say anything at all."""
        return self.read_s >= LASTING_S


def places(devices: Devices) -> tuple[Place, ...]:
    """Return all figures that are looked at, of a machine and its host."""
    return tuple(
        dict.fromkeys(
            place
            for quantity in Quantity
            for device in devices.get(quantity.of, ("",))
            for place in quantity.places(device)
        )
    )


def examine(
    courses: Iterable[Course],
    devices: Devices,
    limits: tuple[Limit, ...] | None,
    since: float,
    until: float,
) -> Diagnosis:
    """Return what the courses of a machine and its host say of this time.

    `devices` are its processors, drives and adapters, `limits` what was set; None: nobody knows.
    """
    slots = laid_out(courses, since, until)
    told: list[Finding] = []
    for cause in Cause:
        here = [
            _explained(_look(cause, slots, device, limits), told)
            for device in devices.get(cause.of, ("",))
        ]
        told += here
    merged = [one for cause in Cause if (one := _merged(cause, told))]
    return Diagnosis(since, until, _read_s(slots), tuple(sorted(merged, key=_rank)))


def _look(cause: Cause, slots: Slots, device: str, limits: tuple[Limit, ...] | None) -> Finding:
    if cause.rule is None and limits is None:
        return Finding(cause, Outcome.UNKNOWN, device)
    rule = cause.rule_for(limits or (), device)
    return _judged(cause, rule, slots, device) if rule else Finding(cause, Outcome.UNSET, device)


def _judged(cause: Cause, rule: Rule, slots: Slots, device: str) -> Finding:
    signs = tuple(dict.fromkeys(rule.signs()))
    quantities = (*(sign.quantity for sign in signs), *cause.beside)
    rows = {quantity: slots.row(quantity, device) for quantity in quantities}
    held = [_at(rule, rows, number) for number in range(slots.count)]
    known_s = slots.step_s * sum(one is not None for one in held)
    held_s = slots.step_s * sum(one is True for one in held)
    outcome = _outcome(held_s, known_s, _read_s(slots))
    meant = [one is True or outcome is not Outcome.FOUND for one in held]
    evidence = tuple(_evidence(sign, rows[sign.quantity], meant, outcome) for sign in signs)
    beside = tuple(Evidence(one, _mean(rows[one], meant), row=rows[one]) for one in cause.beside)
    is_plain = any(
        one.value is not None and one.value >= sign.much
        for one, sign in zip(evidence, signs, strict=True)
    )
    weight = Weight.LIKELY if is_plain else Weight.POSSIBLE
    first, ended = _last_stretch(held)
    last = min(slots.until, slots.since + ended * slots.step_s)
    since = slots.since + first * slots.step_s
    return Finding(cause, outcome, device, weight, held_s, known_s, since, last, evidence + beside)


def _last_stretch(held: Sequence[Known]) -> tuple[int, int]:
    """Return where the last stretch begins and ends; one slot that differs interrupts none."""
    so = [number for number, one in enumerate(held) if one]
    if not so:
        return 0, 0
    first = so[-1]
    for number in reversed(so):
        if held[number:first].count(False) > 1:
            break
        first = number
    return first, so[-1] + 1


def _at(rule: Rule, rows: Mapping[Quantity, Row], number: int) -> Known:
    return rule.holds(lambda quantity: rows[quantity][number])


def _outcome(held_s: float, known_s: float, read_s: float) -> Outcome:
    if held_s >= max(LASTING_S, _LASTING_SHARE * known_s):
        return Outcome.FOUND
    is_known = known_s >= max(LASTING_S, _KNOWN_SHARE * read_s)
    return Outcome.CLEAR if is_known else Outcome.UNKNOWN


def _evidence(sign: Sign, row: Row, meant: list[bool], outcome: Outcome) -> Evidence:
    known = [value for value in row if value is not None]
    value = _mean(row, meant) if outcome is Outcome.FOUND else max(known, default=None)
    if outcome is Outcome.UNKNOWN and len(known) < _KNOWN_SHARE * len(row):
        value = None
    return Evidence(sign.quantity, value, sign.bound, sign.limit, row)


def _mean(row: Row, meant: list[bool]) -> float | None:
    known = [v for v, is_meant in zip(row, meant, strict=True) if is_meant and v is not None]
    return sum(known) / len(known) if known else None


def _explained(one: Finding, told: list[Finding]) -> Finding:
    for other in told:
        is_why = other.cause in EXPLAINED.get(one.cause, ()) and other.device == one.device
        if is_why and Outcome.FOUND is other.outcome is one.outcome:
            return replace(one, explained_by=other.cause)
    return one


def _merged(cause: Cause, told: list[Finding]) -> Finding | None:
    """Return what is to be said of all devices: what is worst, and where the same is so."""
    here = sorted((one for one in told if one.cause is cause), key=_rank)
    if not here:
        return None
    first = here[0]
    same = (one.device for one in here[1:] if one.outcome is first.outcome)
    return replace(first, also=tuple(same))


def _rank(one: Finding) -> tuple[int, bool, bool]:
    order = (Outcome.FOUND, Outcome.UNKNOWN, Outcome.CLEAR, Outcome.UNSET)
    is_doubtful = one.weight is not Weight.LIKELY
    return order.index(one.outcome), one.explained_by is not None, is_doubtful


def _read_s(slots: Slots) -> float:
    """Return for how long anything was read of the machine."""
    rows = [row for (measure, _), row in slots.rows.items() if measure.of not in _HOSTS]
    told = [any(value is not None for value in at) for at in zip(*rows, strict=True)]
    return slots.step_s * sum(told)
