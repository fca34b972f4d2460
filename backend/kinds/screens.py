"""What a machine is looked at through: displays, and video adapters that draw what they show."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Values,
    able,
    only_at_next_start,
    stays_while_running,
    tag,
    words,
)
from backend.kinds.moment import Moment
from backend.parts import Part
from backend.refusals import DisplayNeedsVideo, OnlyOne

_KINDS: Final = able("graphics", "type", "vnc", "spice", "dbus")
_PRIMARY: Final = ("virtio", "vga", "qxl", "bochs")
_SECONDARY: Final = ("virtio", "qxl")
_ADDRESSED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    # Who may open its socket may look; at a port of the server's every program there could.
    "vnc": (("listen@type", "socket"),),
    "spice": (("@port", "-1"), ("@autoport", "yes"), ("listen@type", "address")),
    "dbus": (("@p2p", "yes"),),
}


def _kinds(moment: Moment) -> tuple[Candidate, ...]:
    there = {part.get("@type") for part in moment.parts if part.tag == "graphics"}
    found = [
        Candidate(
            one.name,
            OnlyOne(name=moment.domain.name).problem if one.name in there else one.problem,
        )
        for one in _KINDS(moment)
    ]
    return tuple(sorted(found, key=lambda one: one.problem is not None))


def _make_display(values: Values, _moment: Moment) -> tuple[Part, ...]:
    kind = values["kind"]
    return (Part("graphics", (("@type", kind), *_ADDRESSED[kind])),)


DISPLAY: Final = PartKind(
    DeviceKind.DISPLAY,
    tag("graphics"),
    _make_display,
    (Field("kind", _kinds),),
    comes=only_at_next_start,
    leaves=stays_while_running,
    # A machine has one of each kind at most.
    key=lambda part: part.get("@type"),
    is_written=True,
    has_alias=False,
)


def _is_video(part: Part) -> bool:
    return part.tag == "video" and part.get("model@type") != "none"


def _video_leaves(part: Part, moment: Moment) -> Problem | None:
    others = [one for one in moment.parts if _is_video(one) and one != part]
    is_needed = not others and moment.has("graphics")
    return DisplayNeedsVideo().problem if is_needed else stays_while_running(part, moment)


def _videos(moment: Moment) -> tuple[Candidate, ...]:
    """Return what can draw a second screen, or the first one where there is none."""
    models = _SECONDARY if any(_is_video(part) for part in moment.parts) else _PRIMARY
    return able("video", "modelType", *models)(moment)


VIDEO: Final = PartKind(
    DeviceKind.VIDEO,
    _is_video,
    lambda values, _moment: (Part("video", (("model@type", values["model"]),)),),
    (Field("model", _videos),),
    comes=only_at_next_start,
    leaves=_video_leaves,
    detail=words("model@type"),
    is_written=True,
)
