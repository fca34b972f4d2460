"""What a filter's text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sdk.views import Quantity
from console.shell.query.fields import Field, Fields
from console.shell.query.grammar import (
    Anything,
    Between,
    Fault,
    Nothing,
    Query,
    Term,
    Test,
    Way,
    Words,
    parse,
    quoted,
    tokens,
)

GIB = 2.0**30
NAME = Field("name", "Name", Quantity.TEXT)
STATE = Field("state", "State", Quantity.CHOICE)
CPU = Field("cpu", "CPU Usage", Quantity.SHARE)
MEMORY = Field("memory", "Assigned Memory", Quantity.SIZE)
UPTIME = Field("uptime", "Uptime", Quantity.DURATION)
AUTOSTART = Field("autostart", "Automatic Start", Quantity.FLAG)
FIELDS = Fields((NAME, STATE, CPU, MEMORY, UPTIME, AUTOSTART))


def read(text: str) -> Query:
    return parse(text, FIELDS)


@pytest.mark.parametrize(
    ("text", "field", "tests"),
    [
        ("web", None, [Words("web")]),
        ('"data base"', None, [Words("data base")]),
        ('"data base', None, [Words("data base")]),
        ("-", None, [Words("-")]),
        ("fe80::1", None, [Words("fe80::1")]),
        ("52:54:00:12:34:56", None, [Words("52:54:00:12:34:56")]),
        ("state:run", STATE, [Words("run", Way.BEGINS)]),
        ('state:"shutting down"', STATE, [Words("shutting down", Way.BEGINS)]),
        ("state=off", STATE, [Words("off", Way.IS)]),
        ("state:off,saved", STATE, [Words("off", Way.BEGINS), Words("saved", Way.BEGINS)]),
        ("name:eb", NAME, [Words("eb")]),
        ("name:web-*", NAME, [Words("web-*", Way.LIKE)]),
        ('name:"*"', NAME, [Words("*")]),
        ('name:""', NAME, [Nothing()]),
        ("has:name", NAME, [Anything()]),
        ("is:autostart", AUTOSTART, [Between(1, None)]),
        ("autostart:no", AUTOSTART, [Between(None, 0)]),
        ("autostart:y", AUTOSTART, [Between(1, None)]),
        ("cpu>80", CPU, [Between(0.8, None, is_low_in=False)]),
        ("cpu:>80", CPU, [Between(0.8, None, is_low_in=False)]),
        ("cpu<=20%", CPU, [Between(None, 0.2)]),
        ("cpu:20..80", CPU, [Between(0.2, 0.8)]),
        ("memory>=4GiB", MEMORY, [Between(4 * GIB, None)]),
        ("memory:1..4GiB", MEMORY, [Between(GIB, 4 * GIB)]),
        ("memory:512MiB..4GiB", MEMORY, [Between(GIB / 2, 4 * GIB)]),
        ("memory:..4GiB", MEMORY, [Between(None, 4 * GIB)]),
        ("memory:4GiB..", MEMORY, [Between(4 * GIB, None)]),
        ("memory:2GiB", MEMORY, [Between(1.5 * GIB, 2.5 * GIB, is_high_in=False)]),
        ('memory>"4 GiB"', MEMORY, [Between(4 * GIB, None, is_low_in=False)]),
        ("uptime>3d", UPTIME, [Between(3 * 86400, None, is_low_in=False)]),
    ],
)
def test_a_term(text: str, field: Field | None, tests: list[Test]) -> None:
    assert read(text) == Query((Term(field, tuple(tests)),))
    turned = read(f"-{text}")
    assert turned == Query((Term(field, tuple(tests), is_not=True),))


def test_unlike_turns_a_term_round() -> None:
    assert read("state!=off") == read("-state=off")
    assert read("-state!=off") == read("state=off")


def test_all_terms_of_a_text() -> None:
    query = read('web state:running -cpu>80  notes:"data base" name:x')
    assert [term.field and term.field.id for term in query.terms] == [None, "state", "cpu", "name"]
    assert query.names("cpu")
    assert not query.names("memory")


@pytest.mark.parametrize(
    ("text", "fault", "word"),
    [
        ("cpux>80", Fault.NO_SUCH_FIELD, "cpux"),
        ("host:rack-2", Fault.NO_SUCH_FIELD, "host"),
        ("has:host", Fault.NO_SUCH_FIELD, "host"),
        ("cpu:", Fault.NO_VALUE, "cpu"),
        ("has:", Fault.NO_VALUE, "has"),
        ("cpu:..", Fault.NO_VALUE, "cpu"),
        ("state:,", Fault.NO_VALUE, "state"),
        ("cpu>much", Fault.NO_FIGURE, "much"),
        ("cpu:1..much", Fault.NO_FIGURE, "much"),
        ("memory>4", Fault.NO_UNIT, "4"),
        ("memory:1..4", Fault.NO_UNIT, "1"),
        ("state>3", Fault.NO_ORDER, ">"),
        ("is:cpu", Fault.NO_FLAG, "cpu"),
        ("autostart:maybe", Fault.NO_FLAG, "maybe"),
        ("autostart:o", Fault.NO_FLAG, "o"),
    ],
)
def test_what_makes_no_sense_is_named_and_left_out(text: str, fault: Fault, word: str) -> None:
    query = read(f"web {text} x")
    assert [term.tests for term in query.terms] == [(Words("web"),), (Words("x"),)]
    (flaw,) = query.flaws
    assert (flaw.fault, flaw.word) == (fault, word)
    assert f"web {text} x"[flaw.start : flaw.end] == text


PIECES = st.sampled_from(
    ["state", "cpu", "name", "has", "is", "x", ":", "=", ">", "<=", "-", '"', " ", ",", "..", "8",
     "GiB", "*", "%", "é", "\n", "\0"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


@given(TEXTS)
def test_any_text_is_taken_and_its_flaws_lie_within_it(text: str) -> None:
    query = read(text)
    for flaw in query.flaws:
        assert 0 <= flaw.start < flaw.end <= len(text)
    assert len(query.terms) + len(query.flaws) <= len(list(tokens(text)))


@given(TEXTS, TEXTS)
def test_what_stands_before_a_blank_means_the_same_whatever_follows(one: str, two: str) -> None:
    if one.count('"') % 2 == 0:
        assert read(f"{one} {two}").terms == read(one).terms + read(two).terms


@given(st.text(min_size=1).map(lambda text: text.replace('"', "")).filter(str.strip))
def test_a_text_in_quotes_is_these_words_and_nothing_else(text: str) -> None:
    assert read(quoted(text)) == Query((Term(None, (Words(text),)),))
    assert read(f"name={quoted(text)}").terms == (Term(NAME, (Words(text, Way.IS),)),)
