"""A name says what a thing is; these words say only that it is something."""

import ast
import re

import pytest

from tests.architecture.source import ROOMS, modules, parsed

HOLLOW = {
    "util", "utils", "utility", "utilities", "helper", "helpers", "misc", "common", "base",
    "manager", "managers", "handler", "handlers", "processor", "processors", "info", "data",
}  # fmt: skip


def words(name: str) -> set[str]:
    """Split a module's or a class's name into its words, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_modules_and_classes_have_names_of_their_own() -> None:
    named = [(str(path), part) for path in modules(*ROOMS) for part in path.with_suffix("").parts]
    for path in modules(*ROOMS):
        nodes = ast.walk(parsed(path))
        named += [(str(path), node.name) for node in nodes if isinstance(node, ast.ClassDef)]
    assert not {(path, name) for path, name in named if words(name) & HOLLOW}


@pytest.mark.parametrize(
    ("name", "hollow"),
    [("domain_info", True), ("HostManager", True), ("XMLHandler", True), ("database", False)],
)
def test_hollow_words_are_found(name: str, hollow: bool) -> None:
    assert bool(words(name) & HOLLOW) is hollow
