"""What a guest talks through: serial ports, channels to its agents, a socket to its host."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Rule,
    Values,
    first,
    needs_controller,
    needs_node,
    needs_old_slot,
    needs_slot,
    only_at_next_start,
    only_one,
    tag,
    told_by,
    words,
)
from backend.kinds.moment import Moment
from backend.parts import Part
from backend.refusals import NoVsockOnHost

CHANNELS: Final = ("org.qemu.guest_agent.0", "org.celadon.heartbeat.0", "org.libguestfs.channel.0")
_VHOST: Final = "/dev/vhost-vsock"
_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}"


def _is_channel(part: Part) -> bool:
    return part.tag == "channel" and part.get("target@type") == "virtio"


def _proposed(moment: Moment) -> str:
    free = (name for name in CHANNELS if not moment.has("channel", "target@name", name))
    return next(free, "")


CHANNEL: Final = PartKind(
    DeviceKind.CHANNEL,
    _is_channel,
    lambda values, _moment: (
        Part(
            "channel",
            (("@type", "unix"), ("target@type", "virtio"), ("target@name", values["name"].strip())),
        ),
    ),
    (
        Field(
            "name",
            pattern=_NAME,
            problem=Problem("NoChannelName"),
            proposal=_proposed,
            taken=told_by("channel", "target@name"),
        ),
    ),
    comes=needs_controller("virtio-serial"),
    key=lambda part: part.get("target@name"),
    detail=words("@type"),
    shows=lambda part: part.get("target@state") == "connected",
)

_PORTS: Final[dict[str, Rule]] = {
    "virtio": needs_controller("virtio-serial"),
    "isa-serial": only_at_next_start,
    "usb-serial": needs_controller("usb"),
    "pci-serial": needs_old_slot,
}


def _ports(moment: Moment) -> tuple[Candidate, ...]:
    found = [Candidate(name, rule(moment)) for name, rule in _PORTS.items()]
    return tuple(sorted(found, key=lambda one: one.problem is not None))


def _make_port(values: Values, _moment: Moment) -> tuple[Part, ...]:
    model = values["model"]
    element = "console" if model == "virtio" else "serial"
    return (Part(element, (("@type", "pty"), ("target@type", model))),)


def _is_port(part: Part) -> bool:
    if part.tag == "console":
        # One of another type only says again what the first <serial> says.
        return part.get("target@type") == "virtio"
    return part.tag == "serial"


def _port_leaves(part: Part, moment: Moment) -> Problem | None:
    is_fixed = part.get("target@type", "isa-serial") in ("isa-serial", "system-serial")
    return only_at_next_start(moment) if is_fixed else None


SERIAL_PORT: Final = PartKind(
    DeviceKind.SERIAL_PORT,
    _is_port,
    _make_port,
    (Field("model", _ports),),
    leaves=_port_leaves,
    detail=words("target@type", "@type"),
)


VSOCK: Final = PartKind(
    DeviceKind.VSOCK,
    tag("vsock"),
    lambda _values, _moment: (Part("vsock", (("@model", "virtio"), ("cid@auto", "yes"))),),
    comes=first(only_one(tag("vsock")), needs_node(_VHOST, NoVsockOnHost), needs_slot),
    key=lambda part: part.get("@model", "virtio"),
    detail=words("@model", "cid@address"),
    stands_on=(_VHOST,),
    means=(("vhost-vsock", NoVsockOnHost),),
)
