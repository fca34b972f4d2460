"""What differs between two definitions in the user's words: settings, devices, and what is left."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from backend.journal.entry import AuthorKind, During, Entry, What
from backend.operations.alterations import Alteration
from backend.settings import Comparison, Place, Section, ValueChange
from console.sdk import happenings
from console.snapins.machines.settings import words as settings_words
from console.snapins.machines.settings.standing import value_words

_MOST = 3
_SAID_BY_FACT = "name"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def headline(change: Alteration) -> str:
    """Return what a change did, in a line."""
    told = told_of(change)
    more = len(told) - _MOST
    if more > 0:
        return _tr("{what} and {count} more").format(what=", ".join(told[:_MOST]), count=more)
    return ", ".join(told)


def told_of(change: Alteration) -> tuple[str, ...]:
    """Return all that a change did."""
    facts = {fact.what: fact for fact in change.entry.facts}
    told = [happenings.said(facts[What.RENAMED])] if What.RENAMED in facts else []
    if change.before and change.after:
        if change.comparison is None:
            told.append(_tr("Changed; what it was before is not kept"))
        else:
            told += differing(change.comparison)
        return tuple(told or [_tr("Written anew")])
    what = What.CREATED if change.after else What.DELETED
    return (happenings.said(facts.get(what, facts.get(What.CONFIGURED, change.entry.facts[0]))),)


def differing(comparison: Comparison) -> tuple[str, ...]:
    """Return what differs, each in a few words."""
    told = [*map(value, comparison.values), *_devices(comparison), *_parts(comparison.parts)]
    # A controller comes along with what is plugged into it.
    return tuple(told or _controllers(comparison))


def value(change: ValueChange) -> str:
    """Return a changed setting, with its page where its name alone says too little."""
    told = value_words(change.setting, change.before, change.after, change.place, change.kind)
    page = settings_words.place_title(change.place)
    name = settings_words.field(change.setting.field)
    if change.setting.device or page.casefold() in name.casefold():
        return told
    return _tr("{page}: {change}").format(page=page, change=told)


def by(entry: Entry) -> str:
    """Return who did it."""
    if entry.author.kind is not AuthorKind.UNKNOWN:
        return happenings.author(entry.author)
    return {
        During.CLOSED: _tr("Outside, while Celadon was closed"),
        During.AWAY: _tr("Outside, while the server was away"),
    }.get(entry.during, happenings.author(entry.author))


def device(place: Place) -> str:
    """Return a device by what it is and what one knows it by."""
    title = settings_words.place_title(place)
    if place.section is Section.ADAPTER:
        return f"{title} {place.device}"
    return title if place.section is Section.DRIVE else " ".join((title, *place.detail[:1]))


def _devices(comparison: Comparison) -> Iterator[str]:
    for places, pattern in (
        (comparison.came, _tr("{device} added")),
        (comparison.went, _tr("{device} removed")),
    ):
        for place in places:
            if place.section is not Section.CONTROLLER:
                yield pattern.format(device=device(place))


def _controllers(comparison: Comparison) -> list[str]:
    added, removed = len(comparison.came), len(comparison.went)
    told = [_tr("{count} controllers added").format(count=added)] if added else []
    return told + ([_tr("{count} controllers removed").format(count=removed)] if removed else [])


def _parts(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if part == _SAID_BY_FACT:
            continue
        pattern = {"+": _tr("XML {way} added"), "-": _tr("XML {way} removed")}.get(part[:1])
        yield (pattern or _tr("XML {way} changed")).format(way=part.lstrip("+-"))
