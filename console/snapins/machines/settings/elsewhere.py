"""What is said across the sheet: why nothing can be changed, or what somebody else has changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.settings import Setting, Sheet, Value
from console.sdk.nodes import Tone
from console.snapins.machines.settings import standing
from console.snapins.machines.settings.draft import Draft

_MOST = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Note:
    """Words, and the buttons below them: (key, words)."""

    words: str = ""
    tone: Tone = Tone.WARNING
    buttons: tuple[tuple[str, str], ...] = ()


def note(draft: Draft, lock: str) -> Note:
    """Return what there is to say; empty words for nothing."""
    if lock:
        return Note(lock)
    if draft.conflicts:
        asked = _tr("Changed elsewhere meanwhile: {what}. Which shall hold?")
        return Note(
            asked.format(what=_told(draft.conflicts, draft.sheet)),
            Tone.WARNING,
            (("mine", _tr("Keep Mine")), ("theirs", _tr("Take Theirs"))),
        )
    read = (("read", _tr("Dismiss")),)
    if draft.lost:
        return Note(_tr("A device that you were changing has been taken out."), buttons=read)
    if draft.elsewhere:
        told = _tr("Changed elsewhere meanwhile, and shown here: {what}.")
        return Note(told.format(what=_told(draft.elsewhere, draft.sheet)), Tone.PLAIN, read)
    return Note()


def press(draft: Draft, key: str) -> None:
    """Do what a button of a note is for."""
    {"mine": draft.keep_mine, "theirs": draft.take_theirs, "read": draft.dismiss}[key]()


def _told(changes: Mapping[Setting, tuple[Value, Value]], sheet: Sheet) -> str:
    told = [standing.change_words(setting, *both, sheet) for setting, both in changes.items()]
    more = len(told) - _MOST
    if more > 0:
        return _tr("{what} and {count} more").format(what="; ".join(told[:_MOST]), count=more)
    return "; ".join(told)
