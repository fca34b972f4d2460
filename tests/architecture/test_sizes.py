"""A file, a class and a function stay small enough to be held in the head."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, TREES, modules, parsed

FILE_LINES = 400
CLASS_METHODS = 20
FUNCTION_LINES = 40

# What is larger today, and how large: a figure here may only fall. "path" or "path:Class.function".
ALLOWED: dict[str, int] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def function_lines(function: Function) -> int:
    """Count the lines from `def` to the end; what a docstring takes is not held against it."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        text = function.body[0]
        lines -= (text.end_lineno or text.lineno) - text.lineno + 1
    return lines


def oversized_parts(node: ast.AST, name: str) -> Iterator[tuple[str, int]]:
    for child in ast.iter_child_nodes(node):
        child_name = name
        if isinstance(child, Function):
            child_name = f"{name}.{child.name}"
            if function_lines(child) > FUNCTION_LINES:
                yield child_name, function_lines(child)
        elif isinstance(child, ast.ClassDef):
            child_name = f"{name}.{child.name}"
            methods = sum(isinstance(member, Function) for member in child.body)
            if methods > CLASS_METHODS:
                yield child_name, methods
        yield from oversized_parts(child, child_name)


def oversized(path: Path) -> Iterator[tuple[str, int]]:
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    if lines > FILE_LINES:
        yield str(path), lines
    for name, size in oversized_parts(parsed(path), ""):
        yield f"{path}:{name.removeprefix('.')}", size


def test_nothing_grows_beyond_its_size() -> None:
    found = {name: size for path in modules(*TREES) for name, size in oversized(path)}
    grown = {name: size for name, size in found.items() if size > ALLOWED.get(name, 0)}
    assert not grown, "divide these; the limits are at the head of this file"
    stale = {name: size for name, size in ALLOWED.items() if found.get(name, 0) < size}
    assert not stale, "these have shrunk: lower or remove their figures in ALLOWED"


def test_what_is_too_large_is_seen() -> None:
    body = "\n".join(f"        line_{number} = {number}" for number in range(FUNCTION_LINES))
    source = f"class Large:\n    def long(self):\n{body}\n"
    source += "\n".join(f"    def method_{number}(self): ..." for number in range(CLASS_METHODS))
    found = dict(oversized_parts(ast.parse(source), ""))
    assert found == {".Large": CLASS_METHODS + 1, ".Large.long": FUNCTION_LINES + 1}
