"""Words for alerts: what a threshold says, what is so at the moment, and what to do about it."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.journal.entry import Fact
from backend.measures import BY_ID, Measure, Of, Unit
from backend.thresholds import WHOLES, Alert, Ending, Severity, Side, Threshold
from console.sdk import wording
from console.sdk.nodes import Tone
from console.sdk.sentences import NOOP

NAMES: Final[Mapping[Measure, str]] = {
    Measure.CPU: NOOP("alerts", "CPU usage"),
    Measure.CPU_DELAY: NOOP("alerts", "CPU delay"),
    Measure.CPU_WAIT: NOOP("alerts", "CPU wait"),
    Measure.VCPU: NOOP("alerts", "Usage of a processor"),
    Measure.VCPU_DELAY: NOOP("alerts", "Delay of a processor"),
    Measure.VCPU_WAIT: NOOP("alerts", "Wait of a processor"),
    Measure.MEMORY_ASSIGNED: NOOP("alerts", "Assigned memory"),
    Measure.MEMORY_USED: NOOP("alerts", "Memory in use"),
    Measure.MEMORY_USABLE: NOOP("alerts", "Memory that the guest has left"),
    Measure.MEMORY_CACHE: NOOP("alerts", "Memory of caches"),
    Measure.MEMORY_RESIDENT: NOOP("alerts", "Memory of the server in use"),
    Measure.SWAP_IN: NOOP("alerts", "Swapped in"),
    Measure.SWAP_OUT: NOOP("alerts", "Swapped out"),
    Measure.FAULTS_MAJOR: NOOP("alerts", "Major page faults"),
    Measure.FAULTS_MINOR: NOOP("alerts", "Minor page faults"),
    Measure.DISK_READ: NOOP("alerts", "Reading"),
    Measure.DISK_WRITE: NOOP("alerts", "Writing"),
    Measure.DISK_READS: NOOP("alerts", "Read operations"),
    Measure.DISK_WRITES: NOOP("alerts", "Write operations"),
    Measure.DISK_FLUSHES: NOOP("alerts", "Flush operations"),
    Measure.DISK_READ_LATENCY: NOOP("alerts", "Read latency"),
    Measure.DISK_WRITE_LATENCY: NOOP("alerts", "Write latency"),
    Measure.DISK_FLUSH_LATENCY: NOOP("alerts", "Flush latency"),
    Measure.DISK_QUEUE: NOOP("alerts", "Operations under way"),
    Measure.NETWORK_IN: NOOP("alerts", "Receiving"),
    Measure.NETWORK_OUT: NOOP("alerts", "Sending"),
    Measure.PACKETS_IN: NOOP("alerts", "Packets received"),
    Measure.PACKETS_OUT: NOOP("alerts", "Packets sent"),
    Measure.DROPS_IN: NOOP("alerts", "Received packets dropped"),
    Measure.DROPS_OUT: NOOP("alerts", "Sent packets dropped"),
    Measure.ERRORS_IN: NOOP("alerts", "Errors in receiving"),
    Measure.ERRORS_OUT: NOOP("alerts", "Errors in sending"),
    Measure.FILESYSTEM_USED: NOOP("alerts", "Space in use"),
    Measure.LOAD: NOOP("alerts", "Load of the guest"),
    Measure.HOST_CPU: NOOP("alerts", "CPU usage of the server"),
    Measure.HOST_CPU_WAITING: NOOP("alerts", "Disk wait of the server's processors"),
    Measure.HOST_MEMORY_USED: NOOP("alerts", "Memory of the server in use"),
    Measure.NODE_CPU: NOOP("alerts", "CPU usage of a NUMA node"),
    Measure.NODE_MEMORY_USED: NOOP("alerts", "Memory of a NUMA node in use"),
    Measure.PRESSURE_CPU: NOOP("alerts", "CPU pressure of the server"),
    Measure.PRESSURE_MEMORY: NOOP("alerts", "Memory pressure of the server"),
    Measure.PRESSURE_MEMORY_FULL: NOOP("alerts", "Full memory pressure of the server"),
    Measure.PRESSURE_DISK: NOOP("alerts", "Disk pressure of the server"),
    Measure.PRESSURE_DISK_FULL: NOOP("alerts", "Full disk pressure of the server"),
    Measure.HOST_SWAP_IN: NOOP("alerts", "Swapped in by the server"),
    Measure.HOST_SWAP_OUT: NOOP("alerts", "Swapped out by the server"),
    Measure.HOST_FILESYSTEM_USED: NOOP("alerts", "Space in use"),
    Measure.POOL_USED: NOOP("alerts", "Space in use"),
    Measure.POOL_FREE: NOOP("alerts", "Free space"),
}
"""What can be watched. How large something is, is no news."""

_DEVICES: Final[Mapping[Of, str]] = {
    Of.PROCESSOR: NOOP("alerts", "processor {device}"),
    Of.DRIVE: NOOP("alerts", "drive {device}"),
    Of.ADAPTER: NOOP("alerts", "adapter {device}"),
    Of.FILESYSTEM: NOOP("alerts", "{device}"),
    Of.NODE: NOOP("alerts", "NUMA node {device}"),
    Of.HOST_FILESYSTEM: NOOP("alerts", "{device}"),
}
_WAYS_ON: Final[Mapping[Measure, str]] = {
    Measure.CPU: NOOP(
        "alerts", "Look into the guest for what is busy, or give it more processors."
    ),
    Measure.CPU_DELAY: NOOP(
        "alerts",
        "The server has too few processors for all that runs: pause or move a busy machine, or "
        "limit it in its Settings.",
    ),
    Measure.MEMORY_USED: NOOP(
        "alerts", "Give it more memory, or look into the guest for what needs it."
    ),
    Measure.FILESYSTEM_USED: NOOP(
        "alerts", "Delete something in the guest, or make its disk larger."
    ),
    Measure.HOST_MEMORY_USED: NOOP(
        "alerts",
        "Shut down or save a machine, or take memory from one, before the server has to end one.",
    ),
    Measure.PRESSURE_MEMORY_FULL: NOOP(
        "alerts",
        "All that runs there stands still for that share of time: shut down or save a machine.",
    ),
    Measure.HOST_CPU: NOOP("alerts", "See which machine is busy on the server's page Performance."),
}
_WAYS_ON_BY_OF: Final[Mapping[Of, str]] = {
    Of.MACHINE: NOOP("alerts", "See how it went on the page Performance."),
    Of.PROCESSOR: NOOP("alerts", "See how it went on the page Performance."),
    Of.DRIVE: NOOP(
        "alerts",
        "See on the page Performance what its drives do, and on the server's who else uses them.",
    ),
    Of.ADAPTER: NOOP("alerts", "See on the page Performance what goes through its adapters."),
    Of.FILESYSTEM: NOOP("alerts", "Look into the guest."),
    Of.HOST: NOOP("alerts", "See on its page Performance which machine needs it most."),
    Of.NODE: NOOP("alerts", "See on its page Performance which machine needs it most."),
    Of.HOST_FILESYSTEM: NOOP(
        "alerts", "Delete something there: old logs, packages, images that nobody uses."
    ),
    Of.POOL: NOOP(
        "alerts",
        "Delete or move virtual hard disks that nobody uses: machines stop when it is full.",
    ),
}
_SMALL: Final = 0.1
_OFTEN: Final = 2


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


def measure_name(measure: Measure) -> str:
    """Return what is measured; a measure that nobody watches by its id."""
    return _tr(NAMES[measure]) if measure in NAMES else measure.id


def device_words(measure: Measure, device: str) -> str:
    """Return a device as one says it in a sentence: "drive vda", "" for none."""
    if not device:
        return ""
    return _tr(_DEVICES.get(measure.of, "{device}")).replace("{device}", device)


def figure(value: float, unit: Unit) -> str:
    """Return a figure with its unit: "95 %", "1.4 GiB", "100 ms", "20/s"."""
    if unit is Unit.SHARE:
        is_exact = value < _SMALL
        number = wording.number(value * 100) if is_exact else f"{round(value * 100)}"
        return _tr("{number} %").format(number=number)
    if unit is Unit.SECONDS:
        is_short = value < 1.0
        text = _tr("{number} ms") if is_short else _tr("{number} s")
        return text.format(number=wording.number(value * 1000 if is_short else value))
    plain: Mapping[Unit, Callable[[float], str]] = {
        Unit.BYTES: wording.size,
        Unit.BYTES_PER_S: wording.rate,
        Unit.PER_S: lambda count: _tr("{number}/s").format(number=wording.number(count)),
    }
    return plain.get(unit, wording.number)(value)


def crossing(measure: Measure, device: str, bound: str, side: Side) -> str:
    """Return what is beyond which bound: "Write latency of drive vda above 100 ms"."""
    of = device_words(measure, device)
    is_above = side is Side.ABOVE
    if of:
        text = _tr("{what} of {device} above {bound}") if is_above else _tr(
            "{what} of {device} below {bound}"
        )  # fmt: skip
    else:
        text = _tr("{what} above {bound}") if is_above else _tr("{what} below {bound}")
    words = {"what": measure_name(measure), "device": of, "bound": bound}
    return text.format_map(words)


def brief(alert: Alert) -> str:
    """Return an alert in a few words: "CPU usage above 95 %"."""
    threshold = alert.threshold
    bound = figure(threshold.bound, threshold.unit)
    return crossing(threshold.measure, alert.device, bound, threshold.side)


def rule(threshold: Threshold) -> str:
    """Return what a threshold says: "CPU usage above 95 % for 10 min"."""
    bound = figure(threshold.bound, threshold.unit)
    device = threshold.device or ""
    crossed = crossing(threshold.measure, device, bound, threshold.side)
    return _tr("{what} for {time}").format(
        what=crossed, time=wording.duration(threshold.duration_s)
    )


def standing(alert: Alert, now: float | None = None) -> str:
    """Return since when, and how it is now: "since 14:03, now 98 % (5 times since 13:10)"."""
    since = wording.moment(alert.since, now)
    value = figure(alert.figure, alert.threshold.unit)
    if not alert.is_known:
        read_at = wording.moment(alert.read_at, now)
        text = _tr("since {since}; nothing was measured after {read_at} ({value})")
        return text.format(since=since, read_at=read_at, value=value)
    words = _tr("since {since}, now {value}").format(since=since, value=value)
    if alert.times < _OFTEN:
        return words
    first = wording.moment(alert.first, now)
    text = _tr("{standing} ({times} times since {first})")
    return text.format(standing=words, times=alert.times, first=first)


def way_on(alert: Alert) -> str:
    """Return what to do about it, in a sentence."""
    measure = alert.threshold.measure
    if alert.threshold.side is Side.BELOW or measure not in _WAYS_ON:
        return _tr(_WAYS_ON_BY_OF[measure.of])
    return _tr(_WAYS_ON[measure])


def severity(value: Severity) -> str:
    """Return the word for how bad it is."""
    return _tr("Critical") if value is Severity.CRITICAL else _tr("Warning")


def tone(alerts: tuple[Alert, ...], now: float) -> Tone:
    """Return the tone of the worst of them that is not silent; muted if all are."""
    heard = [alert for alert in alerts if alert.silent_until <= now]
    if not heard:
        return Tone.MUTED
    is_bad = any(alert.threshold.severity is Severity.CRITICAL for alert in heard)
    return Tone.BAD if is_bad else Tone.WARNING


def told(fact: Fact) -> str:
    """Return what an entry of the journal says of an alert; "" if it cannot be read."""
    try:
        said = dict(fact.arguments)
        measure = BY_ID[str(said["measure"])]
        bound = figure(float(said["bound"]), Unit(said["unit"]))
        crossed = crossing(measure, str(said["device"]), bound, Side(said["side"]))
        length = wording.duration(int(said["duration_s"]))
        ending = Ending(said["ending"]) if "ending" in said else None
    except (KeyError, ValueError):
        return ""
    if ending is None:
        return _tr("{what} for {time}").format(what=crossed, time=length)
    why = {
        Ending.CALM: "",
        Ending.OFF: _tr(" (no longer running)"),
        Ending.GONE: _tr(" (no longer mounted)"),
        Ending.RULE: _tr(" (threshold changed)"),
    }
    return crossed + why[ending]


def units(measure: Measure) -> tuple[Unit, ...]:
    """Return in what the bound of a measure may be given, the usual one first."""
    own = (measure.unit,)
    return (Unit.SHARE, *own) if measure in WHOLES else own


def line(alert: Alert) -> str:
    """Return an alert in a few words, with what is to be added to them."""
    words = brief(alert)
    if not alert.is_known:
        words = _tr("{alert}, not known at the moment").format(alert=words)
    if alert.silent_until:
        words = _tr("{alert}, silent").format(alert=words)
    return words


def icon(alerts: tuple[Alert, ...], now: float) -> str:
    """Return the mark of the worst that is heard; a bell that is struck out if all is silent."""
    # Not by its colour alone is the critical one another.
    marks = {Tone.BAD: "ph.warning-octagon-fill", Tone.WARNING: "ph.bell-ringing-fill"}
    return marks.get(tone(alerts, now), "ph.bell-slash")


def worst_first(alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """Return alerts that are heard before silent ones, and the critical ones of them first."""
    now, ranks = time.time(), (Tone.BAD, Tone.WARNING, Tone.MUTED)
    return tuple(sorted(alerts, key=lambda alert: ranks.index(tone((alert,), now))))
