"""How each page stands, in the line below its name, and what handing in would do; pure."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.settings import (
    Effect,
    Entry,
    Place,
    Plan,
    PlannedChange,
    Section,
    Setting,
    Sheet,
    Value,
    ValueKind,
)
from console.sdk.nodes import Tone
from console.snapins.machines.settings import fields, values, words
from console.snapins.machines.settings.draft import Draft
from console.widgets.outcome_lines import OutcomeLine

_Read = Callable[[Entry], Value]
_ORDER: Final = (Effect.REFUSED, Effect.NOW, Effect.NEXT_START)
_CAN_BE_NONE: Final = (Section.SECURITY, Section.WATCHDOG, Section.PANIC)
"""Pages of what a machine need not have: an empty line would leave that open."""
ICONS: Final = {
    Effect.NOW: ("ph.lightning", Tone.GOOD),
    Effect.NEXT_START: ("ph.clock-counter-clockwise", Tone.WARNING),
    Effect.REFUSED: ("ph.prohibit", Tone.BAD),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def place_key(place: Place) -> str:
    """Return what a page is called within its sheet."""
    return f"{place.section.value}/{place.device}"


def is_shown(sheet: Sheet, place: Place) -> bool:
    """Whether there is anything on a page: a setting, or a device to be taken out."""
    has_settings = bool(sheet.of(place))
    return has_settings or (bool(place.device) and place.section is not Section.CONTROLLER)


def line(draft: Draft, place: Place) -> tuple[str, Tone]:
    """Return how a page stands: as it runs, and with an arrow what it will be if that differs."""
    entries = draft.sheet.of(place)
    before = summary(place, entries, _as_it_is)
    after = summary(place, entries, lambda entry: draft.value(entry.setting))
    is_changed = any(entry.is_pending or draft.is_edited(entry.setting) for entry in entries)
    if not is_changed:
        return after, Tone.MUTED
    if before == after:
        return _tr("{standing}, changed").format(standing=after or _tr("settings")), Tone.WARNING
    return _tr("{before} → {after}").format(before=before, after=after), Tone.WARNING


def summary(place: Place, entries: tuple[Entry, ...], read: _Read) -> str:
    """Return the values that matter most on a page."""
    wanted = fields.HEADLINES.get(place.section.value, ())
    known = {entry.setting.field.value: entry for entry in entries}
    told = [_headline(known[name], read) for name in wanted if _is_told(name, known, read)]
    words_of = ", ".join(word for word in (*told, *_detail(place, told)) if word)
    return words_of or (_tr("None") if place.section in _CAN_BE_NONE else "")


def _is_told(name: str, known: Mapping[str, Entry], read: _Read) -> bool:
    switch = known.get(fields.ONLY_IF.get(name, ""))
    return name in known and (switch is None or bool(read(switch)))


def _headline(entry: Entry, read: _Read) -> str:
    field, told = entry.setting.field, read(entry)
    if isinstance(told, bool):
        which = fields.HEADLINE_SWITCHES.get(field.value)
        words_of = which[0 if told else 1] if which else ""
        return _tr(words_of) if words_of else ""
    if field.value in fields.FILES:
        return PurePosixPath(str(told)).name if told else _tr("empty")
    if field in words.IN_SHORT and told:
        return words.IN_SHORT[field](told)
    counted = fields.HEADLINE_WORDS.get(field.value)
    if counted and isinstance(told, int):
        return _tr(counted[0] if told == 1 else counted[1]).format(number=told)
    if told in (None, ()) and not counted and field.value not in fields.ALWAYS_TOLD:
        return ""
    around = fields.HEADLINE_PATTERNS.get(field.value, "{value}")
    return _tr(around).format(value=words.brief(field, told, entry.kind))


def _detail(place: Place, told: list[str]) -> tuple[str, ...]:
    """Return what tells a device from the others where none of its settings does."""
    if told or not place.detail:
        return ()
    if place.section is Section.HOST_DEVICE:
        return (" ".join(words.detail_words(place)),)
    name = PurePosixPath(place.detail[-1]).name
    told_by = (_tr(values.COMMON.get(name, name)),)
    if place.section is Section.INPUT:  # a machine's own keyboard and mouse are on the same bus
        kind = place.detail[0]
        return (_tr(values.VALUES["input.kind"].get(kind, kind)), *told_by)
    return told_by


def _as_it_is(entry: Entry) -> Value:
    return entry.live if entry.is_live and entry.is_pending else entry.value


def outcome(plan: Plan, sheet: Sheet) -> tuple[OutcomeLine, ...]:
    """Return what handing in will do, what is refused first."""
    changes = sorted(plan.changes, key=lambda change: _ORDER.index(change.effect))
    return tuple(_outcome_line(change, sheet) for change in changes)


def _outcome_line(change: PlannedChange, sheet: Sheet) -> OutcomeLine:
    pattern = {
        Effect.NOW: _tr("Now: {change}"),
        Effect.NEXT_START: _tr("At the next start: {change}"),
        Effect.REFUSED: _tr("Refused: {change}. {why}"),
    }[change.effect]
    why = words.sentence(change.problem, change.setting.field) if change.problem else ""
    told = change_words(change.setting, change.before, change.after, sheet)
    if change.is_consequence:
        told = _tr("{change} (follows from it)").format(change=told)
    icon, tone = ICONS[change.effect]
    return OutcomeLine(icon, tone, pattern.format(change=told, why=why).strip())


def change_words(setting: Setting, before: Value, after: Value, sheet: Sheet) -> str:
    """Return a change in words: "Startup memory 2 GiB → 4 GiB"."""
    entry = sheet.entry(setting)
    place = place_of(setting, sheet)
    return value_words(setting, before, after, place, entry.kind if entry else None)


def value_words(
    setting: Setting, before: Value, after: Value, place: Place | None, kind: ValueKind | None
) -> str:
    """Return a change of a setting, which stands on that page, in words."""
    name = words.full_name(setting, place)
    if words.is_long(setting.field):
        return name
    told = (words.brief(setting.field, one, kind) for one in (before, after))
    if kind is ValueKind.SWITCH and isinstance(after, bool):
        return f"{name} {words.brief(setting.field, after)}"
    return _tr("{name} {before} → {after}").format(name=name, before=next(told), after=next(told))


def place_of(setting: Setting, sheet: Sheet) -> Place | None:
    """Return the page on which a setting stands."""
    where = (setting.field.section, setting.device)
    return next((one for one in sheet.places if (one.section, one.device) == where), None)


def can_go(place: Place) -> bool:
    """Whether a page is of a device, and so has to say how that is taken out, or why not."""
    return bool(place.device) or place.removes is not None
