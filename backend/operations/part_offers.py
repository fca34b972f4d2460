"""What the declared kinds offer at two moments: now, and at the next start. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.devices import Choice, Device, DeviceKind, FieldOffer, Offer, PartSpec, Removable
from backend.errors import Problem, ProblemError
from backend.kinds import catalogue
from backend.kinds.kind import Field, PartKind, Rule
from backend.kinds.moment import HostFacts, Moment, Room
from backend.model import Domain, DomainConfiguration
from backend.parts import Part
from backend.refusals import NotDefined


@dataclass(frozen=True, slots=True)
class Moments:
    """A machine now and at its next start; of one that is off both are the next start.

    `against_now` and `against_next` say why nothing at all can be changed then.
    """

    now: Moment
    next_start: Moment
    against_now: Problem | None = None
    against_next: Problem | None = None

    def at(self, *, is_live: bool) -> Moment:
        """Return the moment that a change is for."""
        return self.now if is_live else self.next_start


def moments(domain: Domain, live: Room | None, lasting: Room | None, host: HostFacts) -> Moments:
    """Return a machine at its two moments."""
    starts = Moment(domain, is_live=False, room=lasting, parts=_parts(domain.next_start), host=host)
    if not domain.is_active:
        return Moments(starts, starts)
    return Moments(
        Moment(domain, is_live=True, room=live, parts=_parts(domain.live), host=host), starts
    )


def _parts(made_of: DomainConfiguration | None) -> tuple[Part, ...]:
    return made_of.parts if made_of else ()


def offers(at: Moments) -> tuple[Offer, ...]:
    """Return what is offered of each kind, and why not."""
    return tuple(_offer(kind, at) for kind in catalogue.ALL)


def _offer(kind: PartKind, at: Moments) -> Offer:
    fields = tuple(_field(field, at) for field in kind.fields)
    lasts = [next_start for field in fields if (next_start := _none_left(field, is_live=False))]
    nows = [now for field in fields if (now := _none_left(field, is_live=True))]
    now, next_start = _both(kind.comes, at)
    return Offer(
        kind.kind,
        now=at.against_now or now or next(iter(nows), None),
        next_start=at.against_next or next_start or next(iter(lasts), None),
        fields=fields,
    )


def _none_left(field: FieldOffer, *, is_live: bool) -> Problem | None:
    """Return the first reason where none of the choices will do."""
    reasons = [choice.now if is_live else choice.next_start for choice in field.choices]
    return reasons[0] if reasons and all(reasons) else None


def _both(rule: Rule, at: Moments) -> tuple[Problem | None, Problem | None]:
    return rule(at.now), rule(at.next_start)


def _field(field: Field, at: Moments) -> FieldOffer:
    later = {one.name: one for one in field.candidates(at.next_start)}
    found = {one.name: one for one in field.candidates(at.now)}
    choices = tuple(
        Choice(
            name,
            found[name].problem if name in found else None,
            later[name].problem if name in later else None,
            (found.get(name) or later[name]).detail,
        )
        for name in dict.fromkeys((*found, *later))
    )
    return FieldOffer(
        field.name,
        choices,
        field.is_typed,
        field.proposal(at.now),
        field.pattern,
        field.problem,
        field.taken(at.now),
        field.unless,
    )


def make(spec: PartSpec, moment: Moment) -> tuple[Part, ...]:
    """Return the parts that somebody wants. Raises why they cannot be then."""
    kind = catalogue.find(spec.kind)
    if kind is None:
        raise KeyError(spec.kind)
    given = dict(spec.values)
    values: dict[str, str] = {}
    for field in kind.fields:
        is_asked = field.unless is None or values[field.unless[0]] != field.unless[1]
        values[field.name] = _value(field, given.get(field.name), moment) if is_asked else ""
    return kind.make(values, moment)


def _value(field: Field, given: str | None, moment: Moment) -> str:
    if field.is_typed:
        value = field.proposal(moment) if given is None else given
        _require(field.check(value, moment))
        return value
    candidates = {one.name: one for one in field.candidates(moment)}
    fit = [one.name for one in candidates.values() if one.problem is None]
    value = given or next(iter((*fit, *candidates)), "")
    if value not in candidates:
        raise ProblemError(Problem("NoSuchChoice", (("name", value),)))
    _require(candidates[value].problem)
    return value


def _require(problem: Problem | None) -> None:
    if problem:
        raise ProblemError(problem)


def removables(domain: Domain, at: Moments) -> Iterator[Removable]:
    """Yield the parts that a machine has and that can go, and why they cannot."""
    lasting = {catalogue.device_of(part): part for part in at.next_start.parts}
    there = {catalogue.device_of(part): part for part in at.now.parts}
    for device, part in sorted({**lasting, **there}.items(), key=lambda row: _rank(row[0])):
        kind = catalogue.find(device.kind) if device else None
        if device is None or kind is None or device.kind is DeviceKind.SLOTS:
            continue
        yield _removable(domain, device, part, kind, at, lasting, there)


def _rank(device: Device | None) -> int:
    """Return where a kind stands in the catalogue: controllers come after what is on them."""
    kinds = [kind.kind for kind in catalogue.ALL]
    return kinds.index(device.kind) if device else len(kinds)


def _removable(
    domain: Domain,
    device: Device,
    part: Part,
    kind: PartKind,
    at: Moments,
    lasting: dict[Device | None, Part],
    there: dict[Device | None, Part],
) -> Removable:
    missing = NotDefined(name=domain.name).problem
    now = at.against_now or kind.leaves(part, at.now)
    if device not in there:
        now = Problem("NotThereYet")
    next_start = at.against_next or (
        kind.leaves(part, at.next_start) if device in lasting else missing
    )
    return Removable(device, kind.detail(part), now, next_start)
