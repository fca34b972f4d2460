"""The readings of a machine as curves: seconds before the newest, values in a graph's unit."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from backend.series import Sample
from console.sdk import wording
from console.widgets.curve import Curve

SPAN_S = 120.0
_USUAL_BYTES = 1024**3


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
