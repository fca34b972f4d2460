"""The source tree as the tests of this folder see it: files, parsed once."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("backend", "console")
TREES = (*ROOMS, "packaging", "tests")


def modules(*trees: str) -> Iterator[Path]:
    """Yield the Python files below these folders of the checkout, relative to it, in order."""
    for tree in trees:
        for path in sorted((ROOT / tree).rglob("*.py")):
            yield path.relative_to(ROOT)


@functools.cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file of the checkout."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))
