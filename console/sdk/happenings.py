"""Words for the journal: what happened, at a glance and in a sentence, and by whom."""

import time
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from backend.errors import Argument
from backend.journal.entry import Author, AuthorKind, During, Entry, Fact, Scope, What
from console.sdk import alert_words, wording
from console.sdk.nodes import Tone
from console.sdk.sentences import NOOP

FACTS: Final[Mapping[str, str]] = {
    What.STARTED: NOOP("events", "Started"),
    What.RESTORED: NOOP("events", "Started from its saved state"),
    What.ARRIVED: NOOP("events", "Arrived from another server"),
    What.REVERTED: NOOP("events", "Went back to a checkpoint"),
    What.STARTED_AGAIN: NOOP("events", "Stopped and started again"),
    What.START_FAILED: NOOP("events", "Start failed"),
    What.SHUT_DOWN: NOOP("events", "Shut down"),
    What.TURNED_OFF: NOOP("events", "Turned off"),
    What.STOPPED: NOOP("events", "Stopped"),
    What.SAVED: NOOP("events", "Saved"),
    What.LEFT: NOOP("events", "Moved to another server"),
    What.PAUSED: NOOP("events", "Paused"),
    What.RESUMED: NOOP("events", "Resumed"),
    What.RESTARTED: NOOP("events", "Restarted"),
    What.SLEPT: NOOP("events", "Went to sleep"),
    What.HIBERNATED: NOOP("events", "Hibernated"),
    What.WOKE: NOOP("events", "Woke up"),
    What.CRASHED: NOOP("events", "QEMU ended unexpectedly"),
    What.PANICKED: NOOP("events", "The guest panicked"),
    What.DISK_FAILED: NOOP("events", "Disk error: {path}"),
    What.STOPPED_BY_DISK: NOOP("events", "Paused by a disk error"),
    What.WATCHDOG: NOOP("events", "Its watchdog fired"),
    What.SILENT: NOOP("events", "QEMU no longer answers"),
    What.ANSWERS: NOOP("events", "QEMU answers again"),
    What.CONTROL_FAILED: NOOP("events", "libvirt lost control of QEMU"),
    What.MEMORY_FAILED: NOOP("events", "The server's memory has a fault where this machine lives"),
    What.THRESHOLD: NOOP("events", "Disk {device} was written past {threshold_bytes}"),
    What.ALERT_RAISED: NOOP("events", "Alert: {alert}"),
    What.ALERT_ENDED: NOOP("events", "Alert over: {alert}"),
    What.AGENT_CONNECTED: NOOP("events", "Guest agent connected"),
    What.AGENT_LEFT: NOOP("events", "Guest agent left"),
    What.REMOVAL_REFUSED: NOOP("events", "The guest refused to let {alias} go"),
    What.MAC_CHANGED: NOOP("events", "The guest changed a MAC address: {before} is {after}"),
    What.VIEWER_CAME: NOOP("events", "Somebody opened its screen"),
    What.VIEWER_LEFT: NOOP("events", "Somebody closed its screen"),
    What.BLOCK_JOB_DONE: NOOP("events", "Disk {target}: {job} done"),
    What.BLOCK_JOB_FAILED: NOOP("events", "Disk {target}: {job} failed"),
    What.BLOCK_JOB_CANCELLED: NOOP("events", "Disk {target}: {job} cancelled"),
    What.CREATED: NOOP("events", "Created"),
    What.DELETED: NOOP("events", "Deleted"),
    What.CONFIGURED: NOOP("events", "Configuration changed"),
    What.RENAMED: NOOP("events", "Renamed from “{before}” to “{after}”"),
    What.NOTES: NOOP("events", "Notes changed"),
    What.AUTOSTART_ON: NOOP("events", "Set to start with the server"),
    What.AUTOSTART_OFF: NOOP("events", "Set not to start with the server"),
    What.STATE_DISCARDED: NOOP("events", "Saved state deleted"),
    What.DEFINED: NOOP("events", "Settings written anew"),
    What.TUNED: NOOP("events", "Limits changed"),
    What.MEMORY: NOOP("events", "Memory changed from {before_bytes} to {after_bytes}{scope}"),
    What.PROCESSORS: NOOP("events", "Processors changed from {before} to {after}{scope}"),
    What.FIRMWARE: NOOP("events", "Firmware changed to {after}{scope}"),
    What.DISK_ADDED: NOOP("events", "Drive {target} added{scope}"),
    What.DISK_REMOVED: NOOP("events", "Drive {target} removed{scope}"),
    What.MEDIUM_CHANGED: NOOP("events", "Drive {target} changed to {after}{scope}"),
    What.NIC_ADDED: NOOP("events", "Network adapter added on {source}{scope}"),
    What.NIC_REMOVED: NOOP("events", "Network adapter removed from {source}{scope}"),
    What.NIC_MOVED: NOOP("events", "Network adapter moved from {before} to {after}{scope}"),
    What.CHECKPOINT_MADE: NOOP("events", "Checkpoint “{name}” made"),
    What.CHECKPOINT_DELETED: NOOP("events", "Checkpoint “{name}” deleted"),
    What.CHECKPOINT_CURRENT: NOOP("events", "Checkpoint “{name}” is the current one"),
    What.VOLUME_MADE: NOOP("events", "Virtual hard disk “{name}” made"),
    What.VOLUME_DELETED: NOOP("events", "Virtual hard disk “{name}” deleted"),
    What.FILE_LEFT: NOOP("events", "Virtual hard disk “{name}” was left"),
    What.FOLDER_LEFT: NOOP("events", "A part of its export was left"),
    What.CONNECTED: NOOP("events", "Connected again"),
    What.LOST: NOOP("events", "Connection lost"),
    What.UNREACHABLE: NOOP("events", "Could not be reached"),
    What.DONE: NOOP("events", "{operation}: done"),
    What.FAILED: NOOP("events", "{operation} failed"),
    What.CANCELLED: NOOP("events", "{operation} cancelled"),
}
_FULL: Final = NOOP("events", "Storage full: {path}")
_MEDIUM_OUT: Final = NOOP("events", "Drive {target} emptied{scope}")
_SCOPES: Final[Mapping[str, str]] = {
    Scope.LIVE: NOOP("events", " until it is turned off"),
    Scope.NEXT_START: NOOP("events", " from its next start on"),
}
_UNDEFINED: Final = NOOP("events", "Definition deleted: it exists until it is turned off")
_TELLS_MORE: Final = frozenset(
    {
        What.RENAMED, What.NOTES, What.MEMORY, What.PROCESSORS, What.FIRMWARE, What.DISK_ADDED,
        What.DISK_REMOVED, What.MEDIUM_CHANGED, What.NIC_ADDED, What.NIC_REMOVED, What.NIC_MOVED,
    }
)  # fmt: skip
"""Beside these nobody needs to hear that something was changed."""
_BLOCK_JOBS: Final[Mapping[str, str]] = {
    "pull": NOOP("events", "flattening"),
    "copy": NOOP("events", "copying"),
    "commit": NOOP("events", "merging"),
    "active_commit": NOOP("events", "merging"),
    "backup": NOOP("events", "backing up"),
}

_OFF: Final = ("ph.stop-circle", Tone.MUTED)
_PART: Final = ("ph.sliders-horizontal", Tone.MUTED)
_BAD: Final = ("ph.x-circle-fill", Tone.BAD)
_MARKS: Final[Mapping[str, tuple[str, Tone]]] = {
    **dict.fromkeys(
        (What.STARTED, What.RESTORED, What.ARRIVED, What.RESUMED, What.WOKE),
        ("ph.play-circle", Tone.GOOD),
    ),
    **dict.fromkeys((What.SHUT_DOWN, What.TURNED_OFF, What.STOPPED, What.LEFT), _OFF),
    **dict.fromkeys((What.RESTARTED, What.STARTED_AGAIN, What.REVERTED),
                    ("ph.arrow-counter-clockwise", Tone.MUTED)),
    **dict.fromkeys((What.PAUSED, What.SLEPT, What.HIBERNATED), ("ph.pause-circle", Tone.MUTED)),
    **dict.fromkeys(
        (What.START_FAILED, What.CRASHED, What.PANICKED, What.MEMORY_FAILED, What.FAILED,
         What.BLOCK_JOB_FAILED, What.DISK_FAILED, What.STOPPED_BY_DISK, What.CONTROL_FAILED), _BAD,
    ),
    **dict.fromkeys(
        (
            What.WATCHDOG, What.SILENT, What.THRESHOLD, What.REMOVAL_REFUSED, What.FILE_LEFT,
            What.FOLDER_LEFT,
        ),
        ("ph.warning-circle", Tone.WARNING),
    ),
    What.ALERT_RAISED: ("ph.bell-ringing", Tone.WARNING),
    What.ALERT_ENDED: ("ph.bell", Tone.GOOD),
    **dict.fromkeys((What.LOST, What.UNREACHABLE), ("ph.link-break", Tone.BAD)),
    **dict.fromkeys((What.CONNECTED, What.ANSWERS), ("ph.link", Tone.GOOD)),
    **dict.fromkeys((What.AGENT_CONNECTED, What.AGENT_LEFT), ("ph.robot", Tone.MUTED)),
    **dict.fromkeys((What.VIEWER_CAME, What.VIEWER_LEFT), ("ph.eye", Tone.MUTED)),
    **dict.fromkeys((What.CHECKPOINT_MADE, What.CHECKPOINT_DELETED, What.CHECKPOINT_CURRENT),
                    ("ph.camera", Tone.MUTED)),
    **dict.fromkeys((What.DISK_ADDED, What.DISK_REMOVED, What.MEDIUM_CHANGED, What.VOLUME_MADE,
                     What.VOLUME_DELETED), ("ph.hard-drive", Tone.MUTED)),
    **dict.fromkeys((What.NIC_ADDED, What.NIC_REMOVED, What.NIC_MOVED, What.MAC_CHANGED),
                    ("ph.share-network", Tone.MUTED)),
    What.SAVED: ("ph.floppy-disk", Tone.MUTED),
    What.STATE_DISCARDED: ("ph.eraser", Tone.MUTED),
    What.CREATED: ("ph.plus-circle", Tone.GOOD),
    What.DELETED: ("ph.trash", Tone.MUTED),
    What.RENAMED: ("ph.pencil-simple", Tone.MUTED),
    What.NOTES: ("ph.note", Tone.MUTED),
    What.CANCELLED: ("ph.prohibit", Tone.MUTED),
    What.DONE: ("ph.check-circle", Tone.MUTED),
}  # fmt: skip
_ORDER: Final = (Tone.BAD, Tone.WARNING)


def _tr(text: str) -> str:
    return QCoreApplication.translate("events", text)


def said(fact: Fact) -> str:
    """Return a fact in words; one that only a later version knows by its id."""
    text = FACTS.get(fact.what)
    if text is None:
        return fact.what
    told = dict(fact.arguments)
    if fact.what == What.DISK_FAILED and told.get("reason") == "enospc":
        text = _FULL
    elif fact.what == What.MEDIUM_CHANGED and not told.get("after"):
        text = _MEDIUM_OUT
    elif fact.what == What.CONFIGURED and not told.get("after"):
        text = _UNDEFINED
    filled = {name: _argument(name, value) for name, value in told.items()}
    if fact.what in (What.ALERT_RAISED, What.ALERT_ENDED) and (alert := alert_words.told(fact)):
        filled["alert"] = alert
    return _tr(text).format_map(_Arguments(filled))


class _Arguments(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "" if key == "scope" else "…"


def _argument(name: str, value: Argument) -> str:
    if name == "operation":
        return wording.operation(str(value))
    if name == "scope":
        return _tr(_SCOPES[str(value)]) if value in _SCOPES else ""
    if name == "job":
        return _tr(_BLOCK_JOBS[str(value)]) if value in _BLOCK_JOBS else str(value)
    if name.endswith("_bytes") and isinstance(value, int):
        return wording.size(value)
    return str(value)


def headline(entry: Entry) -> str:
    """Return what happened, in a line."""
    whats = {fact.what for fact in entry.facts}
    facts = (f for f in entry.facts if f.what != What.CONFIGURED or not whats & _TELLS_MORE)
    told = [said(fact) for fact in facts]
    whole = ", ".join([*told[:1], *(_continued(words) for words in told[1:])])
    if entry.during is During.CLOSED:
        return _tr("While Celadon was not running: {what}").format(what=_continued(whole))
    if entry.during is During.AWAY:
        return _tr("While the server was out of reach: {what}").format(what=_continued(whole))
    return whole


def _continued(words: str) -> str:
    """Return a sentence as it goes on after a comma: names such as QEMU keep their capitals."""
    is_name = words[:2].isupper()
    return words if is_name else words[:1].lower() + words[1:]


def mark(entry: Entry) -> tuple[str, Tone]:
    """Return an icon and its tone: of the worst of what happened, else of the first."""
    marks = [_MARKS.get(fact.what, _PART) for fact in entry.facts] or [_PART]
    for tone in _ORDER:
        if found := next((one for one in marks if one[1] is tone), None):
            return found
    if entry.during is not During.LIVE and len(marks) > 1:
        return "ph.clock-counter-clockwise", Tone.MUTED
    return marks[0]


def author(who: Author) -> str:
    """Return who did it, as it stands in the list."""
    words = {
        AuthorKind.OUTSIDE: _tr("Outside Celadon"),
        AuthorKind.GUEST: _tr("Guest"),
        AuthorKind.HOST: _tr("Server"),
        AuthorKind.UNKNOWN: _tr("Not known"),
    }
    if who.kind in words:
        return words[who.kind]
    return _tr("Celadon ({user}@{computer})").format(user=who.user, computer=who.computer)


def about_author(entry: Entry) -> str:
    """Return what is known of who did it, in a sentence."""
    who = entry.author
    if who.kind is AuthorKind.CELADON:
        return _tr("{user} through Celadon on {computer}, process {process}").format(
            user=who.user, computer=who.computer, process=who.process
        )
    told = {fact.what for fact in entry.facts}
    if who.kind is AuthorKind.GUEST and What.RESTARTED in told:
        return _tr(
            "The guest restarted, or somebody pressed its reset button outside Celadon: libvirt "
            "does not tell these apart."
        )
    if who.kind is AuthorKind.GUEST and What.SHUT_DOWN in told:
        return _tr(
            "The guest shut itself down: of its own accord, or because somebody outside Celadon "
            "pressed its power button."
        )
    sentences = {
        AuthorKind.GUEST: _tr("The guest itself"),
        AuthorKind.HOST: _tr("The server, or what runs there"),
        AuthorKind.OUTSIDE: _tr("Not done by this Celadon: virsh, another console or a script"),
        AuthorKind.UNKNOWN: _tr("Nobody was looking when it happened"),
    }
    return sentences[who.kind]


def detail(entry: Entry) -> str:
    """Return what more is known: why it failed, which file, from where."""
    if entry.problem:
        lines = (wording.sentence(entry.problem), *entry.problem.detail)
        return "\n".join(line for line in lines if line)
    more = (dict(fact.arguments) for fact in entry.facts)
    told = [str(one.get("mac") or one.get("source") or one.get("address") or "") for one in more]
    return ", ".join(dict.fromkeys(words for words in told if words))


def clock(at: float) -> str:
    """Return the time of day in the locale, with seconds."""
    form = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if "ss" not in form:
        form = form.replace("mm", "mm:ss", 1)
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)).time(), form)


def day(at: float, now: float | None = None) -> str:
    """Return the day as the heading above its events: "Today", "Monday, 24 November"."""
    date = QDateTime.fromSecsSinceEpoch(int(at)).date()
    today = QDateTime.fromSecsSinceEpoch(int(time.time() if now is None else now)).date()
    days = date.daysTo(today)
    if days == 0:
        return _tr("Today")
    if days == 1:
        return _tr("Yesterday")
    form = "dddd, d MMMM" if date.year() == today.year() else "dddd, d MMMM yyyy"
    return QLocale().toString(date, form)


def moment(at: float, now: float | None = None) -> str:
    """Return when it was, in full, and how long ago."""
    then = QDateTime.fromSecsSinceEpoch(int(at))
    since = (time.time() if now is None else now) - at
    whole = QLocale().toString(then, QLocale.FormatType.LongFormat)
    ago = _tr("{duration} ago").format(duration=wording.duration(since))
    return f"{whole}\n{ago}"
