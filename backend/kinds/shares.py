"""What a guest shares with its host: a folder, or a piece of memory."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Values,
    needs_slot,
    only_at_next_start,
    tag,
    told_by,
    words,
)
from backend.kinds.moment import Moment
from backend.parts import Part
from backend.refusals import (
    NoSharedMemory,
    NoShareProgram,
    NotOnHost,
    OnlyAtNextStart,
)
from backend.shortages import ShareNotWhileRunning, ShareProgramEnded

SHARED_MEMORY: Final = (
    ("memoryBacking/source@type", "memfd"),
    ("memoryBacking/access@mode", "shared"),
)


def _drivers(moment: Moment) -> tuple[Candidate, ...]:
    can = moment.host.abilities.values("filesystem", "driverType")
    virtiofs = None if "virtiofs" in can else NotOnHost().problem
    if virtiofs is None and moment.is_live:
        virtiofs = _not_live(moment)
    plan9 = None if "path" in can else NotOnHost().problem
    if moment.is_live:
        plan9 = OnlyAtNextStart().problem
    return (Candidate("virtiofs", virtiofs or needs_slot(moment)), Candidate("9p", plan9))


def _not_live(moment: Moment) -> Problem | None:
    if moment.host.share_ends_it:
        return ShareNotWhileRunning().problem
    has_its_own = moment.room is not None and not moment.room.is_memory_shared
    return NoSharedMemory(name=moment.domain.name).problem if has_its_own else None


def _make(values: Values, _moment: Moment) -> tuple[Part, ...]:
    is_virtiofs = values["driver"] == "virtiofs"
    facts: list[tuple[str, str]] = [
        ("@type", "mount"),
        ("@accessmode", "passthrough" if is_virtiofs else "mapped"),
    ]
    if is_virtiofs:
        facts.append(("driver@type", "virtiofs"))
    facts += [("source@dir", values["folder"].strip()), ("target@dir", values["name"].strip())]
    return (Part("filesystem", tuple(facts)),)


def _leaves(part: Part, moment: Moment) -> Problem | None:
    return None if part.get("driver@type") == "virtiofs" else only_at_next_start(moment)


def _free_name(moment: Moment) -> str:
    names = ("share", *(f"share{number}" for number in range(2, 100)))
    return next(n for n in names if not moment.has("filesystem", "target@dir", n))


SHARE: Final = PartKind(
    DeviceKind.SHARE,
    tag("filesystem"),
    _make,
    (
        Field("driver", _drivers),
        Field("folder", pattern=r"/[^\n]*", problem=Problem("NoWholePath")),
        Field(
            "name",
            pattern=r"[A-Za-z0-9._-]{1,35}",
            problem=Problem("NoShareName"),
            proposal=_free_name,
            taken=told_by("filesystem", "target@dir"),
        ),
    ),
    leaves=_leaves,
    key=lambda part: part.get("target@dir"),
    detail=words("driver@type", "source@dir"),
    needs=lambda part: SHARED_MEMORY if part.get("driver@type") == "virtiofs" else (),
    means=(
        ("virtiofsd died", ShareProgramEnded),
        ("-fs.sock'", ShareProgramEnded),
        ("vhost_backend_init failed", ShareProgramEnded),  # it ended while QEMU spoke with it
        ("virtiofsd", NoShareProgram),
    ),
)
