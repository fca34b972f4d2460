"""Whether a setting can have a value: what is typed in is checked against its bounds. Pure."""

from backend import defaults
from backend.errors import Problem
from backend.objections import (
    SizeTooLarge,
    SizeTooSmall,
    ValueNeeded,
    ValueNotOffered,
    ValueTooLarge,
    ValueTooSmall,
)
from backend.settings import Bounds, Value, ValueKind

_TYPES: dict[ValueKind, type | tuple[type, ...]] = {
    ValueKind.SWITCH: bool,
    ValueKind.NUMBER: int,
    ValueKind.BYTES: int,
    ValueKind.WORD: (str, int),
    ValueKind.TEXT: str,
    ValueKind.LIST: tuple,
}


def tidy(value: Value) -> Value:
    """Return a value as a description can hold it: an empty text is none."""
    if isinstance(value, str):
        return defaults.fit_notes(value) or None
    if isinstance(value, tuple):
        return tuple(value) or None
    return value


def problem(kind: ValueKind, bounds: Bounds, value: Value) -> Problem | None:
    """Return why a setting cannot have a value; None: it can."""
    if value is None:
        return None if bounds.can_be_unset else ValueNeeded().problem
    is_number = kind in (ValueKind.NUMBER, ValueKind.BYTES)
    if not isinstance(value, _TYPES[kind]) or (is_number and isinstance(value, bool)):
        return ValueNotOffered(value=str(value)).problem
    if isinstance(value, tuple):
        wrong = (problem(ValueKind.WORD, bounds, one) for one in value)
        return next((found for found in wrong if found), None)
    if isinstance(value, int) and is_number and (found := _beyond(kind, bounds, value)):
        return found
    return _unoffered(bounds, value)


def _beyond(kind: ValueKind, bounds: Bounds, value: int) -> Problem | None:
    is_size = kind is ValueKind.BYTES
    least, most = bounds.minimum, bounds.maximum
    if least is not None and value < least:
        error = SizeTooSmall(minimum_bytes=least) if is_size else ValueTooSmall(minimum=least)
        return error.problem
    if most is not None and value > most:
        high = SizeTooLarge(maximum_bytes=most) if is_size else ValueTooLarge(maximum=most)
        return high.problem
    return None if value % bounds.step == 0 else ValueNotOffered(value=value).problem


def _unoffered(bounds: Bounds, value: Value) -> Problem | None:
    if not bounds.choices or bounds.is_open:
        return None
    offered = {(type(choice.value), choice.value) for choice in bounds.choices}
    is_offered = (type(value), value) in offered
    return None if is_offered else ValueNotOffered(value=str(value)).problem
