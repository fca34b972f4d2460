"""The readings of a machine as curves: seconds before the newest, values in a graph's unit."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from backend.series import Sample
from backend.traffic import Traffic
from console.sdk import wording
from console.widgets.plane import Curve, Ink

SPAN_S = 120.0
_USUAL_BYTES = 1024**3
GAP_S = 3.5
"""Readings come each second; what is further apart has a hole between."""
Figure = Callable[[Sample], float | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def cpu(samples: Sequence[Sample]) -> tuple[Curve, ...]:
    """Return the share of its processors that a machine used, in per cent."""
    return (_curve(samples, _tr("CPU"), lambda sample: sample.cpu, 100, _per_cent),)


def _per_cent(share: float) -> str:
    return wording.number(round(share * 100))


def memory(samples: Sequence[Sample]) -> tuple[tuple[Curve, ...], str]:
    """Return what its guest used, where that is told, and what it was assigned; and their unit."""
    largest = max((sample.memory_assigned_bytes or 0 for sample in samples), default=0)
    unit_bytes, unit = wording.unit_for(largest or _USUAL_BYTES)
    factor = 1 / unit_bytes

    def words(size_bytes: float) -> str:
        return wording.number(size_bytes * factor)

    used = _curve(samples, _tr("Used"), lambda sample: sample.memory_used_bytes, factor, words)
    assigned = _curve(
        samples, _tr("Assigned"), lambda sample: sample.memory_assigned_bytes, factor, words
    )
    return ((used, assigned) if used.values else (assigned,)), unit


def _curve(
    samples: Sequence[Sample],
    name: str,
    figure: Callable[[Sample], float | None],
    factor: float,
    words: Callable[[float], str],
) -> Curve:
    newest = samples[-1].at if samples else 0.0
    # A reading without this figure is no hole: the line goes on to the next one that has it.
    known = [
        (sample.at - newest, value)
        for sample in samples
        if newest - sample.at <= SPAN_S and (value := figure(sample)) is not None
    ]
    seconds = tuple(second for second, _value in known)
    values = tuple(value * factor for _second, value in known)
    return Curve(name, seconds, values, words(known[-1][1]) if known else "")


# Against a clock, with holes where nothing was read: for charts that share their time


def usage(samples: Sequence[Sample], now: float) -> tuple[tuple[Curve, ...], str]:
    """Return the share of its processors that a machine used, in per cent, and the unit."""
    return (_timed(samples, now, _tr("used"), _per_cent_of, Ink.GREEN),), "%"


def _per_cent_of(sample: Sample) -> float | None:
    return None if sample.cpu is None else sample.cpu * 100


def memory_over_time(samples: Sequence[Sample], now: float) -> tuple[tuple[Curve, ...], str]:
    """Return what its guest used, where that is told, and what it was assigned, and the unit."""
    largest = max((sample.memory_assigned_bytes or 0 for sample in samples), default=0)
    unit_bytes, unit = wording.unit_for(largest or _USUAL_BYTES)
    used = _in_units(lambda sample: sample.memory_used_bytes, unit_bytes)
    assigned = _in_units(lambda sample: sample.memory_assigned_bytes, unit_bytes)
    told = _timed(samples, now, _tr("used"), used, Ink.VIOLET)
    held = _timed(samples, now, _tr("assigned"), assigned, Ink.BLUE)
    return ((told, held) if any(v is not None for v in told.values) else (held,)), unit


def disks(samples: Sequence[Sample], now: float, device: str) -> tuple[tuple[Curve, ...], str]:
    """Return what was written and read by one drive ("": by all), and the unit."""

    def written(sample: Sample) -> float | None:
        one = _of(sample.drives, device)
        return one.out_bytes_s if one else None if device else sample.disk_write_bytes_s

    def read(sample: Sample) -> float | None:
        one = _of(sample.drives, device)
        return one.in_bytes_s if one else None if device else sample.disk_read_bytes_s

    ways = ((_tr("write"), written, Ink.ORANGE), (_tr("read"), read, Ink.BLUE))
    return _rates(samples, now, ways)


def network(samples: Sequence[Sample], now: float, device: str) -> tuple[tuple[Curve, ...], str]:
    """Return what was received and sent by one adapter ("": by all), and the unit."""

    def received(sample: Sample) -> float | None:
        one = _of(sample.adapters, device)
        return one.in_bytes_s if one else None if device else sample.network_in_bytes_s

    def sent(sample: Sample) -> float | None:
        one = _of(sample.adapters, device)
        return one.out_bytes_s if one else None if device else sample.network_out_bytes_s

    ways = ((_tr("received"), received, Ink.BLUE), (_tr("sent"), sent, Ink.GREEN))
    return _rates(samples, now, ways)


def _of(traffic: Sequence[Traffic], device: str) -> Traffic | None:
    return next((one for one in traffic if one.device == device), None)


def _rates(
    samples: Sequence[Sample], now: float, ways: Sequence[tuple[str, Figure, Ink]]
) -> tuple[tuple[Curve, ...], str]:
    most = max((figure(s) or 0.0 for s in samples for _, figure, _ in ways), default=0.0)
    unit_bytes, unit = wording.unit_for(max(1024, int(most)))  # bytes alone are noise
    curves = (
        _timed(samples, now, name, _in_units(figure, unit_bytes), ink) for name, figure, ink in ways
    )
    return tuple(curves), _tr("{unit}/s").format(unit=unit)


def _in_units(figure: Figure, unit_bytes: int) -> Figure:
    def scaled(sample: Sample) -> float | None:
        value = figure(sample)
        return None if value is None else value / unit_bytes

    return scaled


def _timed(samples: Sequence[Sample], now: float, name: str, figure: Figure, ink: Ink) -> Curve:
    seconds: list[float] = []
    values: list[float | None] = []
    before = 0.0
    for sample in samples:
        if seconds and sample.at - before > GAP_S:
            seconds.append((before + sample.at) / 2 - now)
            values.append(None)
        seconds.append(sample.at - now)
        values.append(figure(sample))
        before = sample.at
    last = values[-1] if values and now - before <= GAP_S else None
    return Curve(name, seconds, values, "" if last is None else wording.number(last), ink)
