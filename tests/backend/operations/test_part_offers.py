from dataclasses import replace

import pytest

from backend.devices import DeviceKind, PartSpec
from backend.errors import Problem, ProblemError
from backend.kinds import catalogue
from backend.kinds.moment import HostFacts, Room
from backend.model import Domain, DomainState
from backend.operations import part_offers
from backend.parts import Part
from tests.backend.kinds.moments import FULL, MADE_OF, ROOMY, moment

RNG = Part("rng", (("@model", "virtio"),), "ua-celadon-1")
PANIC = Part("panic", (("@model", "isa"),))


def machine(live: tuple[Part, ...] | None, lasting: tuple[Part, ...]) -> Domain:
    running = None if live is None else replace(MADE_OF, parts=live)
    state = DomainState.OFF if live is None else DomainState.RUNNING
    return replace(
        moment().domain, state=state, live=running, next_start=replace(MADE_OF, parts=lasting)
    )


def moments(domain: Domain, room: Room = ROOMY) -> part_offers.Moments:
    return part_offers.moments(domain, room, room, HostFacts())


def test_each_kind_is_offered_with_its_reasons_for_both_moments() -> None:
    told = {o.kind: o for o in part_offers.offers(moments(machine((), ()), FULL))}
    assert set(told) == {kind.kind for kind in catalogue.ALL}
    rng = told[DeviceKind.RNG]
    assert rng.now
    assert (rng.now.message_id, rng.next_start) == ("NoFreeSlot", None)
    assert [field.name for field in rng.fields] == ["source", "limit"]


def test_without_a_choice_that_will_do_the_kind_will_not() -> None:
    told = {o.kind: o for o in part_offers.offers(moments(machine((), ()), FULL))}
    assert told[DeviceKind.INPUT].now
    assert told[DeviceKind.INPUT].next_start is None


def test_of_a_machine_that_is_off_both_moments_are_its_next_start() -> None:
    at = moments(machine(None, (RNG,)))
    assert at.now == at.next_start
    assert not at.now.is_live


def test_what_was_not_chosen_is_proposed_and_what_will_not_do_is_refused() -> None:
    (part,) = part_offers.make(PartSpec(DeviceKind.RNG), moment())
    assert part.get("backend") == "/dev/urandom"
    with pytest.raises(ProblemError) as refused:
        part_offers.make(PartSpec(DeviceKind.RNG, (("source", "/dev/null"),)), moment())
    assert refused.value.problem.message_id == "NoSuchChoice"
    with pytest.raises(ProblemError):
        part_offers.make(PartSpec(DeviceKind.CHANNEL, (("name", "a b"),)), moment())
    with pytest.raises(ProblemError):
        part_offers.make(PartSpec(DeviceKind.SOUND, (("model", "tuba"),)), moment())


def test_what_can_go_is_told_with_why_not() -> None:
    domain = machine((RNG, PANIC), (PANIC,))
    told = {r.device.kind: r for r in part_offers.removables(domain, moments(domain))}
    rng, panic = told[DeviceKind.RNG], told[DeviceKind.PANIC]
    assert rng.now is None
    assert rng.next_start
    assert rng.next_start.message_id == "NotDefined"
    assert panic.now == Problem("OnlyAtNextStart")
    assert panic.next_start is None
    later = machine((), (RNG,))
    (only_later,) = part_offers.removables(later, moments(later))
    assert only_later.now == Problem("NotThereYet")
