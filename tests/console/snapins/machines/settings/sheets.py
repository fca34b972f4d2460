"""A sheet of settings as the backend tells it, for tests."""

from dataclasses import replace

from backend.errors import Problem
from backend.settings import (
    Bounds,
    Choice,
    Effect,
    Entry,
    Field,
    Place,
    Section,
    Setting,
    Sheet,
    Value,
    ValueKind,
)

GIB = 2**30
MEMORY = Setting(Field.MEMORY_STARTUP)
COUNT = Setting(Field.PROCESSOR_COUNT)
NAME = Setting(Field.NAME)
NOTES = Setting(Field.NAME_NOTES)
AUTOSTART = Setting(Field.AUTOSTART)
RUNS = Problem("WrongState", (("name", "web-01"), ("state", "running")))
ENTRIES = (
    Entry(MEMORY, ValueKind.BYTES, Bounds(2**20, 64 * GIB), 2 * GIB, 2 * GIB, is_live=True),
    Entry(
        COUNT,
        ValueKind.NUMBER,
        Bounds(1, 8),
        2,
        2,
        is_live=True,
        effect=Effect.NEXT_START,
    ),
    Entry(
        NAME,
        ValueKind.TEXT,
        Bounds(),
        "web-01",
        "web-01",
        is_live=True,
        effect=Effect.REFUSED,
        problem=RUNS,
    ),
    Entry(NOTES, ValueKind.TEXT, Bounds(can_be_unset=True), "old", "old", is_live=True),
    Entry(AUTOSTART, ValueKind.SWITCH, Bounds(), next_start=False, live=False, is_live=True),
)
PLACES = (
    Place(Section.MEMORY),
    Place(Section.PROCESSOR),
    Place(Section.DRIVE, "vda", ("disk", "virtio", "/images/web-01.qcow2")),
    Place(Section.NAME),
    Place(Section.AUTOMATIC_START),
)


def sheet(**values: Value) -> Sheet:
    """Return the sheet of a running machine; fields by name are otherwise in the definition."""
    entries = tuple(
        replace(one, next_start=values[one.setting.field.name])
        if one.setting.field.name in values
        else one
        for one in ENTRIES
    )
    return Sheet("web-01", is_running=True, is_persistent=True, places=PLACES, entries=entries)


def pending(setting: Setting, value: Value) -> Sheet:
    """Return a sheet on which a setting waits for the next start with this value."""
    entries = tuple(
        replace(one, next_start=value, is_pending=True) if one.setting == setting else one
        for one in ENTRIES
    )
    return replace(sheet(), entries=entries)


def entry(kind: ValueKind, bounds: Bounds, value: Value = None) -> Entry:
    """Return an entry of whichever kind."""
    return Entry(MEMORY, kind, bounds, value)


def choices(*values: Value) -> tuple[Choice, ...]:
    """Return values to choose from."""
    return tuple(Choice(value) for value in values)
