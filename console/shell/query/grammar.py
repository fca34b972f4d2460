"""Turns what was typed into terms. Any text is taken; what makes no sense is named, not raised.

web -old "data base"                  words that occur, one that does not, words that belong
state:off,saved  host=rack-2          a field that has one of these; that is exactly this
cpu>80  memory>=4GiB  uptime:3d..7d   a field against a figure with its unit, or in a range
name:web-*  -has:notes  is:autostart  a pattern; a field that is empty; a field that is yes
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from console.sdk.views import Quantity
from console.shell.query.fields import HAS, IS, Field, Fields
from console.shell.query.figures import Figure, Lack, figure


class Way(Enum):
    """How words are held against a text."""

    IN = "in"
    BEGINS = "begins"
    IS = "is"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class Words:
    """Holds for texts that have these words in them in that way; case does not count."""

    words: str
    way: Way = Way.IN


@dataclass(frozen=True, slots=True)
class Between:
    """Holds for figures from `low` to `high`; None is no limit. `is_*_in`: the limit itself too."""

    low: float | None
    high: float | None
    is_low_in: bool = True
    is_high_in: bool = True


@dataclass(frozen=True, slots=True)
class Anything:
    """Holds wherever there is something at all."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Holds where there is nothing."""


Test = Words | Between | Anything | Nothing


@dataclass(frozen=True, slots=True)
class Term:
    """One of `tests` holds of a field (None: of the row as a whole), or with `is_not` none does."""

    field: Field | None
    tests: tuple[Test, ...]
    is_not: bool = False


class Fault(Enum):
    """What is wrong with a part of a text."""

    NO_SUCH_FIELD = "no_such_field"
    MANY_SUCH_FIELDS = "many_such_fields"
    NO_VALUE = "no_value"
    NO_FIGURE = "no_figure"
    NO_UNIT = "no_unit"
    NO_ORDER = "no_order"
    NO_FLAG = "no_flag"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A part of the text that was not understood and is left out. `word` is what it hangs on."""

    fault: Fault
    start: int
    end: int
    word: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood, and what was not. All terms are to hold."""

    terms: tuple[Term, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    def names(self, field_id: str) -> bool:
        """Whether a term asks for this field."""
        return any(term.field is not None and term.field.id == field_id for term in self.terms)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the text between blanks, with its place; blanks within quotes do not end it."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_FIELD = re.compile(r"(?P<name>[^\W\d_][\w-]*?)(?P<operator>>=|<=|!=|:|=|>|<)(?P<value>.*)", re.S)
_ADDRESS = re.compile(r"[0-9a-f]*:[0-9a-f:.]*", re.I)
_PART = re.compile(r'(?:[^,"]|"[^"]*(?:"|$))+')
_ORDERS = (">=", "<=", ">", "<")


def tokens(text: str) -> Iterator[Token]:
    """Yield the parts of a text."""
    return (Token(found[0], found.start()) for found in _TOKEN.finditer(text))


def parse(text: str, fields: Fields) -> Query:
    """Return what a text asks for. Never raises."""
    terms: list[Term] = []
    flaws: list[Flaw] = []
    for token in tokens(text):
        read = _term(token, fields)
        if isinstance(read, Flaw):
            flaws.append(read)
        elif read is not None:
            terms.append(read)
    return Query(tuple(terms), tuple(flaws))


@dataclass(frozen=True, slots=True)
class Asked:
    """A part that names a field: "-state:off" is (not, "state", ":", "off")."""

    is_not: bool
    name: str
    operator: str
    value: str


def asked(token: Token) -> Asked | None:
    """Return the parts of one that names a field; None for plain words."""
    is_not = token.text.startswith("-")
    rest = token.text[1:] if is_not else token.text
    found = _FIELD.fullmatch(rest)
    if found is None or _ADDRESS.fullmatch(rest):
        return None
    operator, value = found["operator"], found["value"]
    if operator == "!=":
        is_not, operator = not is_not, "="
    if operator == ":":
        # "cpu:>80" is what some are used to.
        order = next((sign for sign in _ORDERS if value.startswith(sign)), "")
        operator, value = order or operator, value.removeprefix(order)
    return Asked(is_not, found["name"], operator, value)


def unquoted(text: str) -> str:
    """Return a text without its quotes."""
    return text.replace('"', "")


def quoted(text: str) -> str:
    """Return a text as it has to be typed to be taken whole, as words and nothing else."""
    bare = text.replace('"', "")
    is_plain = re.fullmatch(r"[\w./+@-]+", bare) and not bare.startswith("-")
    return bare if is_plain else f'"{bare}"'


def _term(token: Token, fields: Fields) -> Term | Flaw | None:
    question = asked(token)
    if question is None:
        is_not = token.text.startswith("-") and len(token.text) > 1
        words = unquoted(token.text[1:] if is_not else token.text)
        return Term(None, (Words(words),), is_not) if words else None
    flaw = _Flaws(token, question)
    if not question.value:
        return flaw.of(Fault.NO_VALUE)
    if question.operator == ":" and question.name.casefold() in (IS, HAS):
        return _standing(question, fields, flaw)
    found = fields.named(question.name)
    if len(found) != 1:
        return flaw.of(Fault.MANY_SUCH_FIELDS if found else Fault.NO_SUCH_FIELD, question.name)
    return _compared(question, found[0], flaw)


@dataclass(frozen=True, slots=True)
class _Flaws:
    """Makes the flaws of one part of the text."""

    token: Token
    question: Asked

    def of(self, fault: Fault, word: str = "", field: Field | None = None) -> Flaw:
        return Flaw(fault, self.token.start, self.token.end, word or self.question.name, field)


def _standing(question: Asked, fields: Fields, flaw: _Flaws) -> Term | Flaw:
    """Read "is:autostart" and "has:notes"."""
    word = unquoted(question.value)
    found = fields.named(word)
    if len(found) != 1:
        return flaw.of(Fault.MANY_SUCH_FIELDS if found else Fault.NO_SUCH_FIELD, word)
    if question.name.casefold() == HAS:
        return Term(found[0], (Anything(),), question.is_not)
    if found[0].quantity is not Quantity.FLAG:
        return flaw.of(Fault.NO_FLAG, word, found[0])
    return Term(found[0], (Between(1, None),), question.is_not)


def _compared(question: Asked, field: Field, flaw: _Flaws) -> Term | Flaw:
    if question.operator in _ORDERS:
        if not field.quantity.is_number:
            return flaw.of(Fault.NO_ORDER, question.operator, field)
        limit = figure(unquoted(question.value), field.quantity)
        if isinstance(limit, Lack):
            return flaw.of(_LACKS[limit], question.value, field)
        return Term(field, (_side(question.operator, limit.value),), question.is_not)
    tests: list[Test] = []
    for part in _PART.findall(question.value):
        test = _test(part, question, field, flaw)
        if isinstance(test, Flaw):
            return test
        tests.append(test)
    return Term(field, tuple(tests), question.is_not) if tests else flaw.of(Fault.NO_VALUE)


def _side(operator: str, limit: float) -> Between:
    is_in = operator.endswith("=")
    if operator.startswith(">"):
        return Between(limit, None, is_low_in=is_in)
    return Between(None, limit, is_high_in=is_in)


def _test(part: str, question: Asked, field: Field, flaw: _Flaws) -> Test | Flaw:
    if not unquoted(part):
        return Nothing()
    if field.quantity is Quantity.FLAG:
        return _flag(unquoted(part), field, flaw)
    if field.quantity.is_number:
        return _range(unquoted(part), field, flaw)
    words = unquoted(part)
    if '"' not in part and any(mark in part for mark in "*?"):
        return Words(words, Way.LIKE)
    if question.operator == "=":
        return Words(words, Way.IS)
    return Words(words, Way.BEGINS if field.quantity is Quantity.CHOICE else Way.IN)


def _flag(word: str, field: Field, flaw: _Flaws) -> Test | Flaw:
    meant = {"yes": True, "true": True, "on": True, "1": True,
             "no": False, "false": False, "off": False, "0": False}  # fmt: skip
    whole = [value for name, value in meant.items() if name.startswith(word.casefold())]
    if len(set(whole)) != 1:
        return flaw.of(Fault.NO_FLAG, word, field)
    return Between(1, None) if whole[0] else Between(None, 0)


def _range(text: str, field: Field, flaw: _Flaws) -> Test | Flaw:
    low_text, dots, high_text = text.partition("..")
    if not dots:
        exact = figure(text, field.quantity)
        if isinstance(exact, Lack):
            return flaw.of(_LACKS[exact], text, field)
        # As exact as it was typed: "2GiB" is what would be told as 2 GiB.
        half = exact.step / 2
        return Between(exact.value - half, exact.value + half, is_high_in=False)
    high = figure(high_text, field.quantity) if high_text else None
    # "1..4GiB": the unit stands once, at the end.
    unit = high.unit if isinstance(high, Figure) else ""
    low = figure(low_text, field.quantity, unit) if low_text else None
    for side, words in ((low, low_text), (high, high_text)):
        if isinstance(side, Lack):
            return flaw.of(_LACKS[side], words, field)
    if low is None and high is None:
        return flaw.of(Fault.NO_VALUE)
    limits = [side.value if isinstance(side, Figure) else None for side in (low, high)]
    return Between(limits[0], limits[1])


_LACKS = {Lack.FIGURE: Fault.NO_FIGURE, Lack.UNIT: Fault.NO_UNIT}
