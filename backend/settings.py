"""Settings of a machine: values at places, what they can be, and what changing them will do.

A `Setting` is a `Field` of the machine itself or of one of its devices. A `Sheet` says of each what
it is at the next start and as the machine runs, and what it can be. `Edit`s are what somebody wants
otherwise; a `Plan` says of each when it acts, or why it cannot be. The verbs are in
`backend.operations.settings.sheet`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from backend.devices import Device
from backend.errors import Problem
from backend.fields import Field, Section, Value

__all__ = [
    "NOW",
    "Basis",
    "Bounds",
    "Choice",
    "Comparison",
    "Edit",
    "Effect",
    "Entry",
    "Field",
    "Place",
    "Plan",
    "PlannedChange",
    "Section",
    "Setting",
    "Sheet",
    "Value",
    "ValueChange",
    "ValueKind",
]


@dataclass(frozen=True, slots=True)
class Setting:
    """A place for a value. `device` names a device within its section, "" is the machine itself.

    A drive is named by its target ("vda"), an adapter by its MAC address, others by what is in
    `Place`. The order of devices is libvirt's.
    """

    field: Field
    device: str = ""


class ValueKind(Enum):
    """What values a setting has, and so how it is edited.

    SWITCH: bool. NUMBER, BYTES: int. WORD: one of the choices. TEXT: str. LIST: tuple of str, of
    the choices where there are any, in their order of use.
    """

    SWITCH = "switch"
    NUMBER = "number"
    BYTES = "bytes"
    WORD = "word"
    TEXT = "text"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a setting can have.

    `problem` says why a machine with it does not start, or has nothing of it, on this host as it is
    now. It can be chosen all the same: one may be preparing it.
    """

    value: Value
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a setting can be. None of `minimum` and `maximum` is no bound, `step` the smallest one.

    `can_be_unset`: None is a value too. `is_open`: others than the `choices` may be typed in.
    """

    minimum: int | None = None
    maximum: int | None = None
    step: int = 1
    choices: tuple[Choice, ...] = ()
    can_be_unset: bool = False
    is_open: bool = False


class Effect(Enum):
    """What becomes of an edit.

    NOW: it acts at once, and at the next start too where the machine has a definition; of a machine
    that is off everything is NOW. NEXT_START: a running machine stays as it is, and goes on so
    through restarts from within: a start is what follows on off. REFUSED: it cannot be.
    """

    NOW = "now"
    NEXT_START = "next_start"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting as it stands.

    `next_start` is what the definition says and `live` what runs; None also where there is neither:
    `is_defined` and `is_live` tell. `is_pending`: it runs otherwise than it will start; an `Edit`
    with `live` takes that back. `effect` is when a change of it would act, with the `problem` why
    not now, or not at all. `remark` is what one ought to know of it at any time.
    """

    setting: Setting
    kind: ValueKind
    bounds: Bounds
    next_start: Value = None
    live: Value = None
    is_defined: bool = True
    is_live: bool = False
    is_pending: bool = False
    effect: Effect = Effect.NOW
    problem: Problem | None = None
    remark: Problem | None = None

    @property
    def value(self) -> Value:
        """What one edits: what the definition says, or what runs where there is none."""
        return self.next_start if self.is_defined else self.live


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants a setting to be."""

    setting: Setting
    value: Value


@dataclass(frozen=True, slots=True)
class Basis:
    """How settings were when somebody began to edit them: (setting, value).

    What was another value then is not overwritten. A setting that is not in it was not looked at,
    and is changed whatever it is: an empty base is "as it is now".
    """

    values: tuple[tuple[Setting, Value], ...] = ()

    def of(self, edits: Iterable[Edit]) -> "Basis":
        """Return what of it these edits touch: enough not to overwrite anything."""
        touched = {edit.setting for edit in edits}
        return replace(self, values=tuple(v for v in self.values if v[0] in touched))


NOW = Basis()
"""The base of who changes one thing, whatever it is: a quick action."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the sheet: a section, or a device of it. `detail` is what one knows it by.

    `removes` is the device as the verbs of `operations.device` call it; None where none comes or
    goes with the page.
    """

    section: Section
    device: str = ""
    detail: tuple[str, ...] = ()
    removes: Device | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All settings of a machine as they were at one moment.

    `places` are its pages in the order in which they are shown, also those without a setting that
    we know. `is_running` as the hypervisor says.
    """

    name: str
    is_running: bool
    is_persistent: bool
    places: tuple[Place, ...]
    entries: tuple[Entry, ...]

    def entry(self, setting: Setting) -> Entry | None:
        """Return a setting as it stands; None if the machine has no place for it."""
        return next((entry for entry in self.entries if entry.setting == setting), None)

    def of(self, place: Place) -> tuple[Entry, ...]:
        """Return the settings of a page."""
        where = (place.section, place.device)
        return tuple(
            e for e in self.entries if (e.setting.field.section, e.setting.device) == where
        )

    @property
    def base(self) -> Basis:
        """What to hand in with edits that are made on this sheet."""
        return Basis(tuple((entry.setting, entry.value) for entry in self.entries))

    @property
    def pending(self) -> tuple[Edit, ...]:
        """What takes back whatever waits for the next start."""
        return tuple(Edit(e.setting, e.live) for e in self.entries if e.is_pending)


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One setting that will differ: an edit, or what an edit takes along (`is_consequence`).

    `problem` says why it is refused, or waits for the next start, or why this host cannot do it.
    """

    setting: Setting
    before: Value
    after: Value
    effect: Effect
    problem: Problem | None = None
    is_consequence: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What handing in edits will do. Edits that change nothing are not in it.

    `difference` is that of the definition, as lines of a unified diff, without secrets.
    `elsewhere` is what somebody else changed since the base, and stays: (setting, then, now). What
    he changed and the edits touch is among the `changes`, REFUSED with ChangedElsewhere.
    """

    changes: tuple[PlannedChange, ...]
    difference: tuple[str, ...] = ()
    elsewhere: tuple[tuple[Setting, Value, Value], ...] = ()

    @property
    def refused(self) -> tuple[PlannedChange, ...]:
        """What cannot be; nothing is changed while there is any."""
        return tuple(change for change in self.changes if change.effect is Effect.REFUSED)

    def effect(self, setting: Setting) -> PlannedChange | None:
        """Return what becomes of one setting; None if it stays."""
        return next((change for change in self.changes if change.setting == setting), None)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A setting that is another one in a second definition; `place` is the page it stands on."""

    setting: Setting
    place: Place
    kind: ValueKind
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two definitions of a machine.

    `came` are devices of the second alone, `went` those of the first. `parts` are the ways to what
    no setting and no device tells of ("clock/timer[hpet]/@present"), with + or - before those of
    elements that are in the second, or the first, alone.
    """

    values: tuple[ValueChange, ...] = ()
    came: tuple[Place, ...] = ()
    went: tuple[Place, ...] = ()
    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.values or self.came or self.went or self.parts)
