"""The user's words: sentences for the backend's errors, and words for its nouns, jobs and figures.

The sentences themselves stand in `console.sdk.sentences`. What others wrote (`Problem.detail`) is
shown beside a sentence, never in it.
"""

import math
import time
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from backend.errors import Argument, Problem
from backend.jobs import Job
from backend.model import Accelerator, Domain, DomainState, Firmware, HostState, StateReason
from console.sdk.sentences import NOOP, SENTENCES

_STATES: Final = {
    DomainState.RUNNING: NOOP("wording", "Running"),
    DomainState.PAUSED: NOOP("wording", "Paused"),
    DomainState.SHUTTING_DOWN: NOOP("wording", "Shutting down"),
    DomainState.OFF: NOOP("wording", "Off"),
    DomainState.CRASHED: NOOP("wording", "Crashed"),
    DomainState.SLEEPING: NOOP("wording", "Sleeping"),
    DomainState.UNKNOWN: NOOP("wording", "Unknown"),
}
_CRITICAL: Final = NOOP("wording", "Paused-Critical")
_PANICKED: Final = NOOP("wording", "Panicked")
_REASONED: Final = {
    (DomainState.PAUSED, StateReason.DISK_FULL): _CRITICAL,
    (DomainState.PAUSED, StateReason.IO_ERROR): _CRITICAL,
    (DomainState.PAUSED, StateReason.WATCHDOG): _CRITICAL,
    (DomainState.PAUSED, StateReason.PANICKED): _PANICKED,
    (DomainState.PAUSED, StateReason.CRASHED): _PANICKED,
    (DomainState.CRASHED, StateReason.PANICKED): _PANICKED,
    (DomainState.PAUSED, StateReason.MIGRATING): NOOP("wording", "Moving"),
    (DomainState.PAUSED, StateReason.SAVING): NOOP("wording", "Saving"),
    (DomainState.PAUSED, StateReason.STARTING): NOOP("wording", "Starting"),
    (DomainState.PAUSED, StateReason.SNAPSHOT): NOOP("wording", "Taking checkpoint"),
    (DomainState.OFF, StateReason.CRASHED): NOOP("wording", "Crashed"),
    (DomainState.OFF, StateReason.PANICKED): _PANICKED,
    (DomainState.OFF, StateReason.START_FAILED): NOOP("wording", "Start failed"),
}
_SAVED: Final = NOOP("wording", "Saved")
_SILENT: Final = NOOP("wording", "Not answering")

_JOBS: Final[Mapping[str, str]] = {
    "domain.start": NOOP("wording", "Starting {name}"),
    "domain.shutdown": NOOP("wording", "Shutting down {name}"),
    "domain.destroy": NOOP("wording", "Turning off {name}"),
    "domain.reset": NOOP("wording", "Resetting {name}"),
    "domain.suspend": NOOP("wording", "Pausing {name}"),
    "domain.resume": NOOP("wording", "Resuming {name}"),
    "domain.managed_save": NOOP("wording", "Saving {name}"),
    "domain.discard_saved_state": NOOP("wording", "Deleting the saved state of {name}"),
    "domain.rename": NOOP("wording", "Renaming {name}"),
    "domain.set_notes": NOOP("wording", "Writing the notes of {name}"),
    "domain.set_autostart": NOOP("wording", "Setting the automatic start of {name}"),
    "domain.delete": NOOP("wording", "Deleting {name}"),
    "sheet.apply": NOOP("wording", "Changing the settings of {name}"),
    "alterations.undo": NOOP("wording", "Setting {name} back"),
    "alterations.define_again": NOOP("wording", "Defining a deleted machine again on {name}"),
    "device.add": NOOP("wording", "Adding devices to {name}"),
    "device.make_room": NOOP("wording", "Making room in {name}"),
    "device.remove": NOOP("wording", "Removing devices from {name}"),
    "amend.network_autostart": NOOP("wording", "Setting the automatic start of {name}"),
    "amend.pool_autostart": NOOP("wording", "Setting the automatic start of {name}"),
    "definition.define": NOOP("wording", "Defining a virtual machine on {name}"),
    "storage.delete_volume": NOOP("wording", "Deleting {name}"),
    "machine.create": NOOP("wording", "Creating a virtual machine on {name}"),
    "clone.clone": NOOP("wording", "Cloning {name}"),
    "outgoing.export": NOOP("wording", "Exporting {name}"),
    "incoming.bring_in": NOOP("wording", "Importing a virtual machine on {name}"),
    "withdrawal.take_back": NOOP("wording", "Taking an import back on {name}"),
    "machine.create_all": NOOP("wording", "Creating virtual machines on {name}"),
    "automatic.start": NOOP("wording", "Starting the virtual machines of {name} in order"),
    "automatic.start_due": NOOP("wording", "Starting the virtual machines of {name} in order"),
    "automatic.stop": NOOP("wording", "Stopping the virtual machines of {name}"),
    "host.reconnect": NOOP("wording", "Reconnecting {name}"),
    "host.disconnect": NOOP("wording", "Disconnecting {name}"),
    "host.answer": NOOP("wording", "Answering {name}"),
    "host.decline": NOOP("wording", "Declining to answer {name}"),
    "host.refresh": NOOP("wording", "Refreshing {name}"),
}

_DEEDS: Final[Mapping[str, str]] = {
    "domain.rename": NOOP("wording", "Rename {name}"),
    "domain.set_notes": NOOP("wording", "Notes of {name}"),
    "domain.set_autostart": NOOP("wording", "Automatic Start of {name}"),
    "domain.suspend": NOOP("wording", "Pause {name}"),
    "sheet.apply": NOOP("wording", "Settings of {name}"),
    "device.make_room": NOOP("wording", "Room for More in {name}"),
    "alterations.undo": NOOP("wording", "Earlier Settings of {name}"),
    "amend.network_autostart": NOOP("wording", "Automatic Start of {name}"),
    "amend.pool_autostart": NOOP("wording", "Automatic Start of {name}"),
    "domain.resume": NOOP("wording", "Resume {name}"),
    "incoming.bring_in": NOOP("wording", "Import on {name}"),
}

_STAGES: Final[Mapping[str, str]] = {
    "waiting_for_answer": NOOP("wording", "waiting for your answer"),
    "preparing": NOOP("wording", "preparing"),
    "measuring_heartbeat": NOOP("wording", "measuring the idle heartbeat"),
    "adding_device": NOOP("wording", "adding the device"),
    "converting": NOOP("wording", "converting the image"),
    "copying": NOOP("wording", "copying the disk"),
    "checking": NOOP("wording", "checking the files"),
    "unpacking": NOOP("wording", "unpacking"),
    "finishing": NOOP("wording", "putting it in its place"),
    "defining": NOOP("wording", "writing its description"),
    "starting": NOOP("wording", "starting it"),
    "saving": NOOP("wording", "writing its memory to disk"),
    "awaiting_server": NOOP("wording", "waiting for the server, to take back what was made"),
    "taking_back": NOOP("wording", "waiting for the server's copy to end, to delete it"),
    "waiting_for_guest": NOOP("wording", "waiting for the guest"),
    "waiting_for_its_turn": NOOP("wording", "waiting until the next one may start"),
    "starting_machines": NOOP("wording", "starting the next one"),
    "stopping_machines": NOOP("wording", "waiting until the next ones have stopped"),
}

_UNITS: Final = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)


class _Arguments(dict[str, str]):
    """What a sentence is filled with; an argument that did not come leaves an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(problem: Problem) -> str:
    """Return what happened and what to do next."""
    text = SENTENCES.get(problem.message_id, SENTENCES["Unexpected"])
    filled = {name: _argument(name, value) for name, value in problem.arguments}
    return _tr(text).format_map(_Arguments(filled))


def _argument(name: str, value: Argument) -> str:
    if name == "state":
        states = {state.value: word for state, word in _STATES.items()}
        return _tr(states.get(str(value), str(value))).lower()
    if name.endswith("_bytes") and isinstance(value, int):
        return size(value)
    if name == "seconds" and isinstance(value, int):
        return duration(value)
    return str(value)


def state(domain: Domain) -> str:
    """Return the word for how a machine stands, Saved and Paused-Critical told apart."""
    if domain.state is DomainState.OFF and domain.has_saved_state:
        return _tr(_SAVED)
    if domain.is_active and domain.reason is StateReason.NOT_ANSWERING:
        return _tr(_SILENT)
    return _tr(_REASONED.get((domain.state, domain.reason), _STATES[domain.state]))


def host_state(value: HostState) -> str:
    """Return the word for where the way to a host stands."""
    words = {
        HostState.CONNECTING: _tr("Connecting"),
        HostState.CONNECTED: _tr("Connected"),
        HostState.AWAY: _tr("Away"),
        HostState.DISCONNECTED: _tr("Not connected"),
    }
    return words[value]


def accelerator(value: Accelerator) -> str:
    """Return in words what runs the instructions of guests."""
    if value is Accelerator.KVM:
        return _tr("KVM: guests run on the processor itself")
    return _tr("Emulation (TCG): guests run, many times slower than with KVM")


def generation(value: Firmware) -> str:
    """Return Hyper-V's name for a machine that boots so."""
    return _tr("2 (UEFI)") if value is Firmware.UEFI else _tr("1 (BIOS)")


def job_title(job: Job) -> str:
    """Return what a job does to whom: "Starting web-01"."""
    text = _JOBS.get(job.operation)
    return (
        _tr(text).format(name=job.subject_name) if text else f"{job.operation} {job.subject_name}"
    )


def deed(job: Job) -> str:
    """Return what a job did to whom, as one says it behind "Undo": "Rename web-01"."""
    text = _DEEDS.get(job.operation)
    return _tr(text).format(name=job.subject_name) if text else job_title(job)


def operation(name: str) -> str:
    """Return what a verb does, without its subject: "Saving"; one without words by its name."""
    words = _tr(_JOBS.get(name, name)).replace("{name}", "").strip()
    return words.removesuffix(" of").removesuffix(" on")


def job_activity(job: Job) -> str:
    """Return what a job does, without its subject, and how far it is: "Saving 40 %, writing..."."""
    activity = operation(job.operation)
    if job.progress is not None:
        activity = f"{activity} {percent(job.progress)}"
    return f"{activity}, {stage(job.stage)}" if job.stage else activity


def job_failure(job: Job) -> str:
    """Return in a few words that a job failed: "Starting web-01 failed"."""
    return _tr("{activity} failed").format(activity=job_title(job))


def stage(word: str) -> str:
    """Return what a job does at the moment; a stage without words of ours as it is."""
    return _tr(_STAGES[word]) if word in _STAGES else word


def number(value: float) -> str:
    """Return a figure in the locale, with one decimal where that tells something."""
    is_whole = value >= 100 or abs(value - round(value)) < 0.05
    return QLocale().toString(float(value), "f", 0 if is_whole else 1)


def _scale(size_bytes: float) -> int:
    scale = 0
    while scale < len(_UNITS) - 1 and size_bytes >= 1024 ** (scale + 1):
        scale += 1
    return scale


def unit_for(size_bytes: int) -> tuple[int, str]:
    """Return the unit that a size of this order is told in: its bytes and its name."""
    scale = _scale(size_bytes)
    return 1024**scale, _UNITS[scale]


def size(size_bytes: float) -> str:
    """Return a size in binary units: "1.4 GiB"."""
    scale = _scale(size_bytes)
    return f"{number(size_bytes / 1024**scale)} {_UNITS[scale]}"


def size_of(part_bytes: int, whole_bytes: int) -> str:
    """Return a part of a size in the unit of the whole: "1.4 of 2 GiB"."""
    scale = _scale(whole_bytes)
    part = number(part_bytes / 1024**scale)
    return _tr("{part} of {whole}").format(part=part, whole=size(whole_bytes))


def rate(bytes_s: float) -> str:
    """Return so many bytes a second in binary units: "1.4 MiB/s"."""
    return _tr("{size}/s").format(size=size(bytes_s))


def percent(share: float) -> str:
    """Return a share of one in per cent: "34 %"."""
    return _tr("{number} %").format(number=round(share * 100))


def duration(seconds: float) -> str:
    """Return a length of time: "35 s", "12 min", "04:12" (hours), "3 d 04:12"."""
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    if minutes < 2:
        return _tr("{number} s").format(number=minutes * 60 + rest)
    if minutes < 60:
        return _tr("{number} min").format(number=minutes)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = f"{hours:02}:{minutes:02}"
    return _tr("{days} d {clock}").format(days=days, clock=clock) if days else clock


def counted(text: str, counts_to: float | None, now: float | None = None) -> str:
    """Return a text with "{left}" in it filled: the time until a moment."""
    if counts_to is None:
        return text
    left = math.ceil(counts_to - (time.time() if now is None else now))
    # Not a format: the text may hold braces that somebody else wrote.
    return text.replace("{left}", duration(max(left, 0)))


def moment(at: float, now: float | None = None) -> str:
    """Return a point in time in the locale, with the date unless it was today."""
    then = QDateTime.fromSecsSinceEpoch(int(at))
    today = QDateTime.fromSecsSinceEpoch(int(time.time() if now is None else now)).date()
    clock = QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
    if then.date() == today:
        return clock
    form = "d MMM" if then.date().year() == today.year() else "d MMM yyyy"
    return f"{QLocale().toString(then.date(), form)} {clock}"
