"""Which rows a filter asks for."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.sdk.views import Value
from console.shell.query.grammar import parse
from console.shell.query.matching import holds
from tests.console.shell.query.test_grammar import FIELDS, GIB, TEXTS

WEB: Mapping[str, Value] = {
    "name": "Web-01",
    "state": "Running",
    "cpu": 0.42,
    "memory": 2 * GIB,
    "uptime": None,
    "autostart": 1.0,
}


def asks_for(text: str, row: Mapping[str, Value] = WEB) -> bool:
    whole = " ".join(str(value) for value in row.values()).casefold()
    return holds(parse(text, FIELDS), lambda name: row[name], lambda: whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEB",
        "web run",
        "-db",
        "state:run",
        "state:off,RUNNING",
        "-state:off",
        "state!=off",
        "name:*-01",
        "name:web-??",
        "name=web-01",
        "cpu:42",
        "cpu>=42",
        "cpu:20..42",
        "memory:2GiB",
        "memory<3GiB",
        "is:autostart",
        "autostart:yes",
        "has:name",
        "-has:uptime",
        'uptime:""',
        "-uptime>3d",
    ],
)
def test_rows_that_are_asked_for(text: str) -> None:
    assert asks_for(text)


@pytest.mark.parametrize(
    "text",
    [
        "db",
        "-web",
        "state:off",
        "state:unning",
        "state=run",
        "name:web-?",
        "name=web-0",
        "cpu>42",
        "cpu:43",
        "memory>2GiB",
        "-is:autostart",
        "uptime>3d",
        "uptime<3d",
        "has:uptime",
        "web cpu>80",
    ],
)
def test_rows_that_are_not(text: str) -> None:
    assert not asks_for(text)


def test_no_number_is_cut_in_two_at_the_end_of_a_choice() -> None:
    assert asks_for("state:rack-2", {**WEB, "state": "rack-2.site"})
    assert not asks_for("state:rack-2", {**WEB, "state": "rack-20"})
    assert asks_for("state:rack-", {**WEB, "state": "rack-20"})


def test_one_of_several_texts_is_enough() -> None:
    row: Mapping[str, Value] = {**WEB, "name": ("10.0.0.1", "fe80::1")}
    assert asks_for("name:10.0", row)
    assert asks_for("name=fe80::1", row)
    assert not asks_for("has:name", {**WEB, "name": ()})


@given(TEXTS)
@example('"" 0')
def test_a_minus_before_a_term_turns_it_round(text: str) -> None:
    query = parse(text, FIELDS)
    # Nothing in quotes is no term, and a minus before it turns nothing round.
    is_before_it = not text.lstrip().startswith(("-", '"" '))
    if len(query.terms) == 1 and not query.flaws and is_before_it:
        turned = parse(f"-{text.lstrip()}", FIELDS)
        if len(turned.terms) == 1 and turned.terms[0].tests == query.terms[0].tests:
            assert asks_for(text) is not asks_for(f"-{text.lstrip()}")


@given(st.lists(TEXTS, max_size=3))
def test_every_term_narrows(texts: list[str]) -> None:
    whole = [text for text in texts if text.count('"') % 2 == 0]
    assert asks_for(" ".join(whole)) is all(asks_for(text) for text in whole)
