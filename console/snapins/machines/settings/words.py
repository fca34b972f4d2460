"""The user's words for settings: pages, fields, values and when they act.

Tables are keyed by the fields' ids ("memory.startup"), so that what the backend learns of before
it has words here is shown by its own name in libvirt.
"""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.errors import Problem
from backend.settings import Effect, Entry, Field, Place, Section, Setting, Value, ValueKind
from console.sdk import wording
from console.sdk.marking import NOOP
from console.sdk.nodes import Tone
from console.snapins.machines.settings import fields, values
from console.snapins.machines.settings.measures import size_words


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


_SECTIONS: Final[dict[str, tuple[str, str]]] = {
    "firmware": (NOOP("machines", "Firmware"), "ph.cpu"),
    "security": (NOOP("machines", "Security"), "ph.shield-check"),
    "memory": (NOOP("machines", "Memory"), "ph.rows"),
    "processor": (NOOP("machines", "Processor"), "ph.cpu"),
    "controller": (NOOP("machines", "Controller"), "ph.tree-structure"),
    "drive": (NOOP("machines", "Hard drive"), "ph.hard-drives"),
    "adapter": (NOOP("machines", "Network adapter"), "ph.share-network"),
    "display": (NOOP("machines", "Display"), "ph.monitor"),
    "video": (NOOP("machines", "Video adapter"), "ph.desktop"),
    "input": (NOOP("machines", "Input device"), "ph.keyboard"),
    "sound": (NOOP("machines", "Sound"), "ph.speaker-high"),
    "serial": (NOOP("machines", "Serial port"), "ph.terminal"),
    "host_device": (NOOP("machines", "Passed-through device"), "ph.arrows-left-right"),
    "watchdog": (NOOP("machines", "Watchdog"), "ph.dog"),
    "panic": (NOOP("machines", "Panic device"), "ph.warning-octagon"),
    "rng": (NOOP("machines", "Random numbers"), "ph.dice-five"),
    "share": (NOOP("machines", "Folder share"), "ph.folder-simple"),
    "vsock": (NOOP("machines", "Socket to the server (vsock)"), "ph.link"),
    "name": (NOOP("machines", "Name"), "ph.pencil-simple"),
    "integration": (NOOP("machines", "Integration services"), "ph.handshake"),
    "checkpoints": (NOOP("machines", "Checkpoints"), "ph.camera"),
    "automatic_start": (NOOP("machines", "Automatic start"), "ph.clock"),
    "automatic_stop": (NOOP("machines", "Automatic stop"), "ph.power"),
}
_DVD: Final = (NOOP("machines", "DVD drive"), "ph.disc")
_FLOPPY: Final = (NOOP("machines", "Floppy drive"), "ph.floppy-disk")


def section(one: Section) -> str:
    """Return the name of a page."""
    return _tr(_SECTIONS[one.value][0])


def place_title(place: Place) -> str:
    """Return the name of a page; of one of several devices with what tells it from the others."""
    name = _tr(_kind(place)[0])
    if place.section is Section.DRIVE:
        return f"{name} {place.device}"
    if place.section is Section.CONTROLLER and place.detail:
        return _tr("{bus} controller").format(bus=_code(place.detail[0]))
    return name


def place_icon(place: Place) -> str:
    """Return the picture of a page."""
    return _kind(place)[1]


def _kind(place: Place) -> tuple[str, str]:
    if place.section is Section.DRIVE and "cdrom" in place.detail:
        return _DVD
    if place.section is Section.DRIVE and "floppy" in place.detail:
        return _FLOPPY
    return _SECTIONS.get(place.section.value, (place.section.value, "ph.gear"))


def choice_icon(key: str) -> str:
    """Return a picture for a device that is one of a list: a drive, an adapter."""
    return "ph.share-network" if key.startswith("adapter") else "ph.hard-drives"


def field(one: Field) -> str:
    """Return the name of a field."""
    known = fields.NAMES.get(one.value)
    return _tr(known) if known else one.value.rpartition(".")[2].replace("_", " ").capitalize()


def switch(one: Field) -> str:
    """Return what a box asks for beside its tick."""
    return _tr(values.SWITCHES.get(one.value, NOOP("machines", "On")))


def advice(one: Field) -> str:
    """Return what one ought to know of a field at any time; "" if its name says it all."""
    told = values.ABOUT.get(one.value, "")
    return _tr(told) if told else ""


def page_sentence(place: Place) -> str:
    """Return what stands below the title of a page; "" for nothing."""
    told = fields.SENTENCES.get(place.section.value, "")
    return _tr(told) if told else " · ".join(detail_words(place))


def detail_words(place: Place) -> tuple[str, ...]:
    """Return what one knows a device by and no field of its page says."""
    if place.section is Section.HOST_DEVICE:
        return tuple(_code(word) for word in place.detail)
    if place.section is Section.DRIVE:
        # Its path may be longer than its field.
        return tuple(_code(word) for word in place.detail[1:])
    return ()


def _code(word: str) -> str:
    """Return a word of libvirt's as people write it."""
    known = values.COMMON.get(word)
    return _tr(known) if known else word


def group(one: Field) -> str:
    """Return the heading above a field on its page; "" for those at the top."""
    told = fields.GROUPS.get(one.value, "")
    return _tr(told) if told else ""


def rank(entry: Entry) -> int:
    """Return where a field stands on its page; those without a word of ours come last."""
    names = list(fields.NAMES)
    name = entry.setting.field.value
    return names.index(name) if name in names else len(names)


def unit(one: Field) -> str:
    """Return what stands behind a number."""
    return _tr(values.UNITS[one.value]) if one.value in values.UNITS else ""


def is_long(one: Field) -> bool:
    """Whether a field has several lines."""
    return one.value in fields.LONG


def value(one: Field, told: Value, kind: ValueKind | None = None) -> str:
    """Return a value in words."""
    if told is None:
        return _tr(values.UNSET.get(one.value, NOOP("machines", "Hypervisor's choice")))
    if isinstance(told, bool):
        return _tr("on") if told else _tr("off")
    if isinstance(told, tuple):
        return ", ".join(value(one, word) for word in told)
    return _number(one, told, kind) if isinstance(told, int) else _word(one, told)


def _number(one: Field, told: int, kind: ValueKind | None) -> str:
    if one is Field.MEMORY_HUGE_PAGES:
        return _tr("{size} pages").format(size=size_words(told)) if told else _tr("the usual")
    if kind is ValueKind.BYTES:
        return size_words(told) + unit(one)
    return " ".join(filter(None, (str(told), unit(one))))


def _word(one: Field, told: str) -> str:
    if one is Field.FIRMWARE_BOOT_ORDER:
        return _boots_from(told)
    known = values.VALUES.get(one.value, {}).get(told) or values.COMMON.get(told)
    return _tr(known) if known else " ".join(told.split())


def _boots_from(key: str) -> str:
    """Return a device that can be booted from, which is named as its page is."""
    kind, _colon, device = key.partition(":")
    if kind == Section.DRIVE.value:
        return _tr("Drive {device}").format(device=device)
    if kind == Section.ADAPTER.value:
        return _tr("Network ({device})").format(device=device)
    if kind == Section.HOST_DEVICE.value and device.isdigit():
        return _tr("Passed-through device {number}").format(number=int(device) + 1)
    return key


def _boots_in_short(told: Value) -> str:
    """Return a boot order in few words: "boots from vda, then network"."""
    short = []
    for key in told[:2] if isinstance(told, tuple) else ():
        kind, _colon, device = key.partition(":")
        short.append(_tr("network") if kind == Section.ADAPTER.value else device)
    return _tr("boots from {devices}").format(devices=_tr(", then ").join(short))


def _plugged_into(told: Value) -> str:
    """Return what an adapter is plugged into. In its field that stands as one types it."""
    kind, _colon, name = str(told).partition(":")
    words = {"bridge": _tr("Bridge {name}"), "direct": _tr("Card {name}")}.get(kind)
    return words.format(name=name) if words else value(Field.ADAPTER_SWITCH, told)


IN_SHORT: Final[Mapping[Field, Callable[[Value], str]]] = {
    Field.FIRMWARE_BOOT_ORDER: _boots_in_short,
    Field.ADAPTER_SWITCH: _plugged_into,
}
"""How values are told that would be too long, or too much libvirt's, below the name of a page."""


def brief(one: Field, told: Value, kind: ValueKind | None = None) -> str:
    """Return a value in few words, for a line with two of them."""
    words = value(one, told, kind)
    return words if len(words) <= 60 else f"{words[:59]}…"


def effect(one: Effect, problem: Problem | None) -> tuple[str, Tone]:
    """Return the word and tone of a chip."""
    if one is Effect.NOW:
        return _tr("now"), Tone.GOOD
    if one is Effect.NEXT_START:
        return _tr("next start"), Tone.WARNING
    is_of_host = problem is None or problem.message_id in fields.OF_HOST
    return (_tr("not on this server") if is_of_host else _tr("not now")), Tone.BAD


def sentence(problem: Problem, one: Field) -> str:
    """Return what stands against a value of a field, in words."""
    if one is Field.NAME and problem.message_id == "WrongState":
        return _tr("Shut it down first: a machine that runs keeps its name.")
    return wording.sentence(problem)


def full_name(setting: Setting, place: Place | None) -> str:
    """Return the name of a setting with that of its device: "Hard drive vda: Cache"."""
    name = field(setting.field)
    return f"{place_title(place)}: {name}" if place and setting.device else name
