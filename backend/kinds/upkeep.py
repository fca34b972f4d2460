"""What keeps a guest well: randomness, a watchdog, a report of its panic, a balloon, a TPM."""

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
    needs_old_slot,
    needs_slot,
    only_at_next_start,
    only_one,
    stays_while_running,
    tag,
    words,
)
from backend.kinds.moment import Moment
from backend.model import Firmware
from backend.parts import Part
from backend.refusals import NotOnHost, NoTpmEmulator, NoTpmOnHost
from backend.shortages import HostTpmUnknown, TpmNeedsUefi, WatchdogsActAlike

_RANDOM: Final = {"/dev/urandom": "random", "/dev/hwrng": "random", "builtin": "builtin"}


def _make_rng(values: Values, _moment: Moment) -> tuple[Part, ...]:
    source = values["source"]
    model = _RANDOM[source]
    facts = [("@model", "virtio"), ("backend@model", model)]
    if limit := values["limit"].strip():
        # libvirt's schema has the rate before the backend's.
        facts.insert(1, ("rate@bytes", limit))
        facts.insert(2, ("rate@period", "1000"))
    if model == "random":
        facts.append(("backend", source))
    return (Part("rng", tuple(facts)),)


def _sources(moment: Moment) -> tuple[Candidate, ...]:
    abilities = moment.host.abilities
    can = abilities.values("rng", "backendModel")
    return tuple(
        Candidate(name, None if model in can or not can else NotOnHost().problem)
        for name, model in _RANDOM.items()
    )


RNG: Final = PartKind(
    DeviceKind.RNG,
    tag("rng"),
    _make_rng,
    (
        Field("source", _sources),
        Field("limit", pattern=r"([1-9][0-9]{0,9})?", problem=Problem("NoNumber")),
    ),
    comes=needs_slot,
    detail=words("@model", "backend", "rate@bytes"),
)


_ACTIONS: Final = ("reset", "shutdown", "poweroff", "pause", "inject-nmi", "none")


def _watchdogs(moment: Moment) -> tuple[Candidate, ...]:
    # The ICH9 of a q35 has one of its own, which newer libvirt shows: itco.
    return (
        Candidate("i6300esb", needs_old_slot(moment)),
        Candidate("ib700", only_at_next_start(moment)),
    )


def _watchdog_actions(moment: Moment) -> tuple[Candidate, ...]:
    # libvirt wants all of a machine to act alike, and the chipset's own is one of them.
    there = [part.get("@action") or _ACTIONS[0] for part in moment.parts if part.tag == "watchdog"]
    return tuple(
        Candidate(
            action,
            WatchdogsActAlike(name=moment.domain.name, action=there[0]).problem
            if there and action != there[0]
            else None,
        )
        for action in _ACTIONS
    )


WATCHDOG: Final = PartKind(
    DeviceKind.WATCHDOG,
    lambda part: part.tag == "watchdog" and part.get("@model") != "itco",
    lambda values, _moment: (
        Part("watchdog", (("@model", values["model"]), ("@action", values["action"]))),
    ),
    (
        Field("model", _watchdogs),
        Field("action", _watchdog_actions),
    ),
    comes=only_one(lambda part: part.tag == "watchdog" and part.get("@model") != "itco"),
    leaves=lambda part, moment: (
        None if part.get("@model") == "i6300esb" else only_at_next_start(moment)
    ),
    key=lambda part: part.get("@model"),
    detail=words("@model", "@action"),
)


def _no_panic_report(moment: Moment) -> Problem | None:
    is_x86 = "pc" in moment.machine or "q35" in moment.machine
    return None if is_x86 or not moment.machine else NotOnHost().problem


PANIC: Final = PartKind(
    DeviceKind.PANIC,
    tag("panic"),
    lambda values, _moment: (Part("panic", (("@model", values["model"]),)),),
    (Field("model", able("panic", "model", "isa", "hyperv")),),
    comes=first(only_at_next_start, _no_panic_report, only_one(tag("panic"))),
    leaves=stays_while_running,
    key=lambda part: part.get("@model"),
    detail=words("@model"),
    is_written=True,
)


def _is_balloon(part: Part) -> bool:
    return part.tag == "memballoon" and part.get("@model") != "none"


BALLOON: Final = PartKind(
    DeviceKind.BALLOON,
    _is_balloon,
    lambda values, _moment: (
        Part(
            "memballoon",
            (
                ("@model", "virtio"),
                *((("@freePageReporting", "on"),) if values["reporting"] == "on" else ()),
                ("stats@period", "2"),
            ),
        ),
    ),
    (Field("reporting", choices("on", "off")),),
    comes=first(only_at_next_start, only_one(_is_balloon)),
    leaves=stays_while_running,
    key=lambda part: part.get("@model"),
    detail=words("@model"),
    absent=Part("memballoon", (("@model", "none"),)),
    is_written=True,
    is_single=True,
)


_TPM_NODE: Final = "/dev/tpm0"


def _no_tpm(moment: Moment) -> Problem | None:
    abilities = moment.host.abilities
    if not abilities.tells_of("tpm"):
        return NotOnHost().problem
    return None


def _has_no_room_for_log(moment: Moment) -> Problem | None:
    """Where a BIOS is handed a RAM disk, QEMU counts on ACPI's tables without the TPM's log.

    It then lays the RAM disk over them, and the guest finds next to none of its devices.
    """
    made_of = moment.domain.configuration
    is_bios = made_of is not None and made_of.firmware is Firmware.BIOS
    has_ram_disk = moment.room is not None and moment.room.has_ram_disk
    return TpmNeedsUefi(name=moment.domain.name).problem if is_bios and has_ram_disk else None


def _tpm_sources(moment: Moment) -> tuple[Candidate, ...]:
    can, nodes = moment.host.abilities.values("tpm", "backendModel"), moment.host.nodes
    handed_on: Problem | None = NoTpmOnHost().problem
    if "passthrough" in can and nodes is None:
        # QEMU can hand one on, which says nothing of there being one.
        handed_on = HostTpmUnknown().problem
    elif "passthrough" in can and nodes and _TPM_NODE in nodes:
        handed_on = None
    return (
        Candidate("emulator", None if "emulator" in can else NoTpmEmulator().problem),
        Candidate("passthrough", handed_on),
    )


def _make_tpm(values: Values, _moment: Moment) -> tuple[Part, ...]:
    kind = values["source"]
    backend: tuple[tuple[str, str], ...] = (("backend@type", kind),)
    if kind == "emulator":
        backend += (("backend@version", "2.0"),)
    else:
        backend += (("backend/device@path", _TPM_NODE),)
    return (Part("tpm", (("@model", values["model"]), *backend)),)


TPM: Final = PartKind(
    DeviceKind.TPM,
    tag("tpm"),
    _make_tpm,
    (
        Field("source", _tpm_sources),
        Field("model", able("tpm", "model", "tpm-crb", "tpm-tis", "tpm-spapr")),
    ),
    comes=first(only_at_next_start, _no_tpm, only_one(tag("tpm")), _has_no_room_for_log),
    leaves=stays_while_running,
    key=lambda part: part.get("@model"),
    detail=words("@model", "backend@type", "backend@version"),
    is_written=True,
    stands_on=(_TPM_NODE,),
    means=(("Unable to find 'swtpm", NoTpmEmulator), (_TPM_NODE, NoTpmOnHost)),
)


def _can_encrypt(moment: Moment) -> Problem | None:
    is_told = "qemu" in moment.host.abilities.values("crypto", "type")
    return None if is_told else NotOnHost().problem


CRYPTO: Final = PartKind(
    DeviceKind.CRYPTO,
    tag("crypto"),
    lambda _values, _moment: (
        Part("crypto", (("@model", "virtio"), ("@type", "qemu"), ("backend@model", "builtin"))),
    ),
    comes=first(_can_encrypt, only_at_next_start),
    leaves=stays_while_running,
    detail=words("@model", "backend@model"),
    is_written=True,
)
