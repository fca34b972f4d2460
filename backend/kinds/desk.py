"""What a guest has on its desk: keyboard and pointer, sound, what its viewers plug in."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Values,
    choices,
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
from backend.shortages import AddressTaken, NoRedirection

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


_PORT: Final = r"(?!0|6553[6-9]|655[4-9]\d|65[6-9]\d\d|6[6-9]\d{3}|[7-9]\d{4})[0-9]{1,5}"
_ADDRESS: Final = rf"(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\]):{_PORT}"
_FIRST_PORT: Final = 4000
_VIEWER: Final = "viewer"
_MODES: Final = {"listen": "bind", "connect": "connect"}


def _needs_spice(moment: Moment) -> Problem | None:
    has_it = moment.room is not None and moment.room.has_spice
    return None if has_it else NeedsSpice(name=moment.domain.name).problem


def _origins(moment: Moment) -> tuple[Candidate, ...]:
    found = (Candidate(_VIEWER, _needs_spice(moment)), *(Candidate(name) for name in _MODES))
    return tuple(sorted(found, key=lambda one: one.problem is not None))


def _address(part: Part) -> str:
    host, port = part.get("source@host"), part.get("source@service")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}" if port else ""


def _addresses(moment: Moment) -> tuple[str, ...]:
    return tuple(_address(part) for part in moment.parts if part.tag == "redirdev")


def _free_address(moment: Moment) -> str:
    taken = _addresses(moment)
    ports = range(_FIRST_PORT, _FIRST_PORT + 100)
    return next(a for port in ports if (a := f"127.0.0.1:{port}") not in taken)


def _redirect(values: Values, _moment: Moment) -> tuple[Part, ...]:
    if values["origin"] == _VIEWER:
        return (Part("redirdev", (("@bus", "usb"), ("@type", "spicevmc"))),)
    mode, (host, _, port) = _MODES[values["origin"]], values["address"].strip().rpartition(":")
    facts = [
        *(("@bus", "usb"), ("@type", "tcp")),
        *(("source@mode", mode), ("source@host", host.strip("[]")), ("source@service", port)),
    ]
    if mode == "connect":
        # Without it the machine does not start while nobody is there.
        facts += [("source/reconnect@enabled", "yes"), ("source/reconnect@timeout", "5")]
    return (Part("redirdev", tuple(facts)),)


REDIRECTION: Final = PartKind(
    DeviceKind.USB_REDIRECTION,
    tag("redirdev"),
    _redirect,
    (
        Field("origin", _origins),
        Field(
            "address",
            pattern=_ADDRESS,
            problem=Problem("NoAddressWithPort"),
            proposal=_free_address,
            taken=_addresses,
            unless=("origin", _VIEWER),
        ),
    ),
    comes=needs_controller("usb"),
    detail=lambda part: tuple(word for word in (part.get("@type"), _address(part)) if word),
    means=(
        ("USB redirection is not supported", NoRedirection),
        # The screen and serial ports listen too: QEMU names which.
        ("charredir.*(Address already in use|Cannot assign requested address)", AddressTaken),
    ),
)
