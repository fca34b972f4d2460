"""Every error and remark has its sentence, and whoever raises one brings its arguments."""

import ast
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import backend
from backend.errors import BackendError, Problem, ProblemError
from console.sdk.sentences import SENTENCES
from console.sdk.wording import sentence

ROOT = Path(backend.__file__ or "").parent


def errors() -> list[type[BackendError]]:
    for module in walk_packages(backend.__path__, "backend."):
        vars(import_module(module.name))  # read, also where it would be read later
    found, open_ = [], [BackendError]
    while open_:
        kind = open_.pop()
        found.append(kind)
        open_ += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("backend")]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{path.name}:{node.lineno}", node


def problems() -> Iterator[tuple[str, str, ast.Call]]:
    """Problems that are made without an error: remarks on a host."""
    for where, call in calls():
        is_problem = getattr(call.func, "id", "") == "Problem" and call.args
        if is_problem and isinstance(call.args[0], ast.Constant):
            yield where, str(call.args[0].value), call


def named(call: ast.Call) -> set[str] | None:
    """The keywords of a call; None where ** hides them."""
    keywords = {keyword.arg for keyword in call.keywords}
    return None if None in keywords else {name for name in keywords if name}


def test_every_error_has_a_sentence() -> None:
    ids = {kind.message_id for kind in errors()} | {problem for _, problem, _ in problems()}
    assert ids - set(SENTENCES) == set()
    assert set(SENTENCES) - ids == set(), "a sentence for an error that is gone"


def test_every_error_has_an_id_of_its_own() -> None:
    for kind in errors():
        if kind not in (BackendError, ProblemError):
            assert kind.message_id == kind.__name__


def test_the_docstring_names_what_the_sentence_says() -> None:
    for kind in errors():
        wanted = placeholders(SENTENCES[kind.message_id])
        told = set((kind.__doc__ or "").split("`"))
        assert wanted <= told, f"{kind.__name__} does not promise {wanted - told}"


def test_whoever_raises_brings_what_the_sentence_says() -> None:
    kinds = {kind.__name__: kind for kind in errors()} | {"ProblemError": None}
    for where, call in calls():
        kind = kinds.get(getattr(call.func, "id", ""))
        given = named(call)
        if kind and given is not None:
            wanted = placeholders(SENTENCES[kind.message_id])
            assert wanted <= given, f"{where}: {kind.__name__} without {wanted - given}"


def test_problems_made_by_hand_bring_what_the_sentence_says() -> None:
    for where, message_id, call in problems():
        text = ast.unparse(call)
        missing = {name for name in placeholders(SENTENCES[message_id]) if f"'{name}'" not in text}
        is_elsewhere = any(isinstance(part, ast.Name) for part in call.args)
        assert is_elsewhere or not missing, f"{where}: {message_id} without {missing}"


@pytest.mark.parametrize("message_id", SENTENCES)
def test_a_sentence_says_what_happened_and_what_next(message_id: str) -> None:
    text = SENTENCES[message_id]
    assert text.endswith(".")
    assert len(text) > 50
    sentence(Problem(message_id))  # nothing missing breaks it
