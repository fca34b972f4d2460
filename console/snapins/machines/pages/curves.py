"""The readings of a machine as curves: seconds before the newest, values in a graph's unit."""

from collections.abc import Callable, Sequence

from backend.model import Sample
from console.widgets.time_graph import Curve

SPAN_S = 120.0
_GIB = 2**30


def cpu(samples: Sequence[Sample], name: str) -> Curve:
    """Return the share of its processors that a machine used, in per cent."""
    return _curve(samples, name, lambda sample: _times(sample.cpu, 100))


def memory(samples: Sequence[Sample], used: str, assigned: str) -> tuple[Curve, ...]:
    """Return what its guest used, where that is told, and what it was assigned, in GiB."""
    whole = _curve(samples, assigned, lambda sample: _times(sample.memory_assigned_bytes, 1 / _GIB))
    part = _curve(samples, used, lambda sample: _times(sample.memory_used_bytes, 1 / _GIB))
    is_told = any(value is not None for value in part.values)
    return (part, whole) if is_told else (whole,)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _curve(samples: Sequence[Sample], name: str, value: Callable[[Sample], float | None]) -> Curve:
    if not samples:
        return Curve(name, (), ())
    newest = samples[-1].at
    shown = [sample for sample in samples if newest - sample.at <= SPAN_S]
    seconds = tuple(sample.at - newest for sample in shown)
    return Curve(name, seconds, tuple(value(sample) for sample in shown))
