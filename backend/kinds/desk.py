"""What a guest has on its desk: keyboard and pointer, sound, what its viewers plug in."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Values,
    able,
    choices,
    first,
    needs_controller,
    needs_slot,
    only_at_next_start,
    stays_while_running,
    tag,
    words,
)
from backend.kinds.moment import Moment
from backend.parts import Part
from backend.refusals import NeedsSpice

_INPUT_RULES: Final = {"usb": needs_controller("usb"), "virtio": needs_slot}


def _buses(moment: Moment) -> tuple[Candidate, ...]:
    found = [Candidate(bus, rule(moment)) for bus, rule in _INPUT_RULES.items()]
    return tuple(sorted(found, key=lambda one: one.problem is not None))


def _make_input(values: Values, _moment: Moment) -> tuple[Part, ...]:
    return (Part("input", (("@type", values["type"]), ("@bus", values["bus"]))),)


INPUT: Final = PartKind(
    DeviceKind.INPUT,
    # Those on PS/2 are the machine's own: libvirt has them back at once.
    lambda part: part.tag == "input" and part.get("@bus") in _INPUT_RULES,
    _make_input,
    (Field("type", choices("tablet", "keyboard", "mouse")), Field("bus", _buses)),
    detail=words("@type", "@bus"),
)


def _models(moment: Moment) -> tuple[Candidate, ...]:
    proposed = ("ich9", "ich6") if "q35" in moment.machine else ("ich6", "ich9")
    return tuple(Candidate(name) for name in (*proposed, "ac97", "usb"))


SOUND: Final = PartKind(
    DeviceKind.SOUND,
    tag("sound"),
    lambda values, _moment: (Part("sound", (("@model", values["model"]),)),),
    (Field("model", _models),),
    comes=only_at_next_start,
    leaves=stays_while_running,
    detail=words("@model"),
)


def _needs_spice(moment: Moment) -> Problem | None:
    has_it = moment.room is not None and moment.room.has_spice
    return None if has_it else NeedsSpice(name=moment.domain.name).problem


REDIRECTION: Final = PartKind(
    DeviceKind.USB_REDIRECTION,
    tag("redirdev"),
    lambda _values, _moment: (Part("redirdev", (("@bus", "usb"), ("@type", "spicevmc"))),),
    (Field("bus", able("redirdev", "bus", "usb")),),
    comes=first(_needs_spice, needs_controller("usb")),
    detail=words("@bus", "@type"),
)
