"""Holds what a filter asks for against what a row says."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from console.sdk.views import Value
from console.shell.query.grammar import Anything, Between, Query, Term, Test, Way, Words


def holds(query: Query, value_of: Callable[[str], Value], whole: Callable[[], str]) -> bool:
    """Whether a row is asked for.

    `value_of` returns what it says in a field, `whole` all the words of it, folded.
    """
    return all(_is_so(term, value_of, whole) for term in query.terms)


def _is_so(term: Term, value_of: Callable[[str], Value], whole: Callable[[], str]) -> bool:
    value = value_of(term.field.id) if term.field else whole()
    return any(_passes(test, value) for test in term.tests) is not term.is_not


def _passes(test: Test, value: Value) -> bool:
    if isinstance(test, Between):
        return isinstance(value, float | int) and _is_between(test, value)
    if isinstance(test, Words):
        return any(_fits(test, text) for text in _texts(value))
    has_any = value is not None and value not in ("", ())
    return has_any if isinstance(test, Anything) else not has_any


def _is_between(test: Between, value: float) -> bool:
    if test.low is not None and (value < test.low or (value == test.low and not test.is_low_in)):
        return False
    if test.high is None:
        return True
    return value < test.high or (value == test.high and test.is_high_in)


def _texts(value: Value) -> Sequence[str]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _fits(test: Words, text: str) -> bool:
    words, folded = test.words.casefold(), text.casefold()
    if test.way is Way.IN:
        return words in folded
    if test.way is Way.IS:
        return words == folded
    if test.way is Way.LIKE:
        return _pattern(words).fullmatch(folded) is not None
    # No number is cut in two: "rack-2" is not how "rack-20" begins.
    is_cut = words[-1:].isdigit() and folded[len(words) : len(words) + 1].isdigit()
    return folded.startswith(words) and not is_cut


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str]:
    marks = {"*": ".*", "?": "."}
    return re.compile("".join(marks.get(letter, re.escape(letter)) for letter in words), re.S)
