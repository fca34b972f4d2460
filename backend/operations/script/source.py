"""Values of ours as Python source: what they are made from, with the imports that takes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from pathlib import PurePath
from typing import Any

_WIDTH = 96
_INDENT = "    "
_ROOM = "backend.operations"


class Source:
    """Writes values; remembers what has to be imported for them."""

    def __init__(self) -> None:
        self._names: defaultdict[str, set[str]] = defaultdict(set)

    def imports(self) -> list[str]:
        """Return the lines that import what was written until now."""
        return [
            f"from {module} import {', '.join(sorted(names))}"
            for module, names in sorted(self._names.items())
        ]

    def name(self, thing: Any) -> str:
        """Return what a function or a class of ours is called once it is imported."""
        room, _, module = thing.__module__.rpartition(".")
        if room == _ROOM:  # its own words are plain ("domain.start"): they need their module's
            self._names[room].add(module)
            return f"{module}.{thing.__qualname__}"
        self._names[thing.__module__].add(thing.__qualname__)
        return str(thing.__qualname__)

    def value(self, value: object, depth: int = 0) -> str:
        """Return an expression that makes an equal value; lines after the first are indented."""
        if isinstance(value, Enum):
            return f"{self.name(type(value))}.{value.name}"
        if isinstance(value, PurePath):
            self._names["pathlib"].add("Path")
            return f"Path({str(value)!r})"
        if is_dataclass(value) and not isinstance(value, type):
            return self.call(self.name(type(value)), *_split(value), depth=depth)
        if isinstance(value, tuple | list):
            opening, closing = ("(", ")") if isinstance(value, tuple) else ("[", "]")
            parts = [self.value(part, depth + 1) for part in value]
            needs_comma = isinstance(value, tuple) and len(parts) == 1
            return _laid_out(opening, parts, closing, depth, ends_so=needs_comma)
        if isinstance(value, str):
            return _text(value)
        return repr(value)

    def call(
        self,
        name: str,
        arguments: Sequence[object],
        options: Sequence[tuple[str, object]] = (),
        *,
        depth: int = 0,
    ) -> str:
        """Return a call with these arguments."""
        parts = [self.value(argument, depth + 1) for argument in arguments]
        parts += [f"{key}={self.value(option, depth + 1)}" for key, option in options]
        return _laid_out(f"{name}(", parts, ")", depth)


class Expression(str):
    """Source that stands for itself."""

    __slots__ = ()


def _split(record: Any) -> tuple[list[object], list[tuple[str, object]]]:
    """Return what makes a record: the fields without a default, then those that differ from it."""
    needed = [f for f in fields(record) if f.init and not _has_default(f)]
    others = [f for f in fields(record) if f.init and _has_default(f)]
    return (
        [getattr(record, f.name) for f in needed],
        [(f.name, getattr(record, f.name)) for f in others if getattr(record, f.name) != f.default],
    )


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _laid_out(
    opening: str, parts: list[str], closing: str, depth: int, *, ends_so: bool = False
) -> str:
    comma = "," if ends_so else ""
    line = f"{opening}{', '.join(parts)}{comma}{closing}"
    longest = max(map(len, line.split("\n")))
    if longest + len(_INDENT) * depth <= _WIDTH and "\n" not in line:
        return line
    inner = _INDENT * (depth + 1)
    return "\n".join(
        (opening, *(f"{inner}{part}," for part in parts), f"{_INDENT * depth}{closing}")
    )


def _text(value: str) -> str:
    if type(value) is Expression:
        return str(value)
    lines = value.split("\n")
    is_plain = all(line.isprintable() or "\t" in line for line in lines)
    if len(lines) < 3 or not is_plain or "\r" in value:
        written = repr(value)
        return written if '"' in written else f'"{written[1:-1]}"'
    # Lines stand as lines: a description in one long string could not be read.
    escaped = value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    return f'"""\\\n{escaped}"""'
