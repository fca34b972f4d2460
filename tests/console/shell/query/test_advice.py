"""Help while one types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sdk.views import Quantity
from console.shell.query.advice import PROPOSALS_MAXIMUM, proposals, sentence
from console.shell.query.fields import Field, Fields
from console.shell.query.grammar import parse
from tests.console.shell.query.test_grammar import FIELDS, TEXTS

VALUES = {"state": [("Running", 4), ("Shutting down", 1)], "name": [("web-01", 1), ("web-02", 1)]}


def offered(text: str, cursor: int | None = None) -> list[str]:
    """Return what the text would be with each of the proposals."""
    at = len(text) if cursor is None else cursor
    found = proposals(text, at, FIELDS, lambda name: VALUES.get(name, []))
    return [text[: one.start] + one.text + text[one.end :] for one in found]


@pytest.mark.parametrize(
    ("text", "all_offered"),
    [
        ("st", ["state:"]),
        ("-st", ["-state:"]),
        ("web cp", ["web cpu>"]),
        ("assi", ["memory>"]),
        ("zzz", []),
        ("state:", ["state:Running", 'state:"Shutting down"']),
        ("state:r", ["state:Running"]),
        ("state:Running,s", ['state:Running,"Shutting down"']),
        ("name=web", ["name=web-01", "name=web-02"]),
        ("autostart:", ["autostart:yes", "autostart:no"]),
        ("is:", ["is:autostart"]),
        ("has:na", ["has:name"]),
        ("memory>4", ["memory>4MiB", "memory>4GiB", "memory>4TiB"]),
        ("memory:1GiB..4", ["memory:1GiB..4MiB", "memory:1GiB..4GiB", "memory:1GiB..4TiB"]),
        ("uptime<3", ["uptime<3min", "uptime<3h", "uptime<3d"]),
        ("cpu>8", []),
        ("state:Running", []),
        ('"st', []),
        ("host:", []),
    ],
)
def test_what_is_offered(text: str, all_offered: list[str]) -> None:
    assert offered(text) == all_offered


def test_nothing_typed_is_offered_every_field() -> None:
    names = ["name:", "state:", "cpu>", "memory>", "uptime>", "autostart:", "has:", "is:"]
    assert offered("") == names
    assert offered("web ") == [f"web {name}" for name in names]


def test_the_word_at_the_cursor_is_gone_on_with() -> None:
    assert offered("st web", 2) == ["state: web"]
    assert offered("statxx web", 4) == ["state: web"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cpux>8", "There is no field “cpux”. There are: name, state, cpu"),
        ("memory>4", "“4” needs one of the units MiB, GiB, TiB, as in memory>4GiB"),
        ("cpu>x", "“x” is no figure; write it as in cpu>80"),
        ("state>x", "State is no figure: write state: instead of state>"),
        ("cpu:", "“cpu”: what is to be found there?"),
        ("is:cpu", "“cpu” is neither yes nor no."),
    ],
)
def test_what_was_not_understood_is_said(text: str, words: str) -> None:
    (flaw,) = parse(text, FIELDS).flaws
    assert sentence(flaw, FIELDS).startswith(words)


def test_a_name_that_could_be_several_is_said_with_those() -> None:
    several = Fields((*FIELDS.all, Field("status", "Status", Quantity.TEXT)))
    (flaw,) = parse("stat:x", several).flaws
    assert sentence(flaw, several) == "“stat” could be state, status."


@given(TEXTS)
def test_there_is_a_sentence_for_every_flaw(text: str) -> None:
    for flaw in parse(text, FIELDS).flaws:
        assert sentence(flaw, FIELDS)


@given(TEXTS, st.integers(0, 60))
def test_any_text_can_be_gone_on_with(text: str, cursor: int) -> None:
    found = proposals(text, min(cursor, len(text)), FIELDS, lambda name: VALUES.get(name, []))
    assert len(found) <= PROPOSALS_MAXIMUM
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
