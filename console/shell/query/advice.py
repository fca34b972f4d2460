"""Help while one types a filter: what was not understood and why, and how it could go on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.sdk.views import Quantity
from console.shell.query.fields import HAS, IS, WORDS_OF_FLAGS, Field, Fields, plain
from console.shell.query.figures import EXAMPLES, Lack, figure
from console.shell.query.grammar import Fault, Flaw, Token, asked, quoted, tokens, unquoted

PROPOSALS_MAXIMUM = 12
_SHOWN_UNITS = {
    Quantity.SIZE: ("MiB", "GiB", "TiB"),
    Quantity.RATE: ("KiB/s", "MiB/s", "GiB/s"),
    Quantity.DURATION: ("min", "h", "d"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("query", text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way to go on: `text` in place of what stands from `start` to `end`, and what it is."""

    text: str
    start: int
    end: int
    remark: str = ""


ValuesOf = Callable[[str], Sequence[tuple[str, int]]]
"""From a field's id to the texts in it, each with in how many rows it stands; most first."""


def sentence(flaw: Flaw, fields: Fields) -> str:
    """Return in a line what was not understood of a filter, and what would be."""
    field = flaw.field
    is_figure = field is not None and field.quantity in EXAMPLES
    example = f"{field.id}>{EXAMPLES[field.quantity]}" if field and is_figure else ""
    names = ", ".join(known.id for known in fields.all)
    text = {
        Fault.NO_SUCH_FIELD: _tr("There is no field “{word}”. There are: {names}"),
        Fault.MANY_SUCH_FIELDS: _tr("“{word}” could be {names}."),
        Fault.NO_VALUE: _tr("“{word}”: what is to be found there?"),
        Fault.NO_FIGURE: _tr("“{word}” is no figure; write it as in {example}"),
        Fault.NO_UNIT: _tr("“{word}” needs one of the units {units}, as in {example}"),
        Fault.NO_ORDER: _tr("{title} is no figure: write {id}: instead of {id}{word}"),
        Fault.NO_FLAG: _tr("“{word}” is neither yes nor no."),
    }[flaw.fault]
    if flaw.fault is Fault.MANY_SUCH_FIELDS:
        names = ", ".join(known.id for known in fields.named(flaw.word))
    return text.format(
        word=flaw.word,
        names=names,
        example=example,
        units=", ".join(_SHOWN_UNITS.get(field.quantity, ("%",))) if field else "",
        title=field.title if field else "",
        id=field.id if field else "",
    )


def proposals(text: str, cursor: int, fields: Fields, values_of: ValuesOf) -> tuple[Proposal, ...]:
    """Return how what stands before the cursor could go on; nothing for words that name no field.

    Where nothing stands yet, that is every field.
    """
    token = next((t for t in tokens(text) if t.start < cursor <= t.end), Token("", cursor))
    begun = Token(token.text[: cursor - token.start], token.start)
    question = asked(begun)
    if question is None:
        found = _names(begun, token.end, fields)
    else:
        part = question.value.rpartition(",")[2]
        place = (cursor - len(part), token.end)
        found = _values(question.name, part, fields, values_of, place)
    return tuple(found)[:PROPOSALS_MAXIMUM]


def _names(begun: Token, end: int, fields: Fields) -> Iterator[Proposal]:
    is_not = begun.text.startswith("-")
    start = begun.start + is_not
    word = begun.text[is_not:]
    wanted = plain(word)
    if '"' in word or (word and not wanted):
        return
    for field in fields.all:
        if any(name.startswith(wanted) for name in field.names):
            sign = ">" if field.quantity.is_number else ":"
            yield Proposal(f"{field.id}{sign}", start, end, field.title)
    for name, remark in ((HAS, _tr("is not empty")), (IS, _tr("is so"))):
        if name.startswith(wanted):
            yield Proposal(f"{name}:", start, end, remark)


def _values(
    name: str, part: str, fields: Fields, values_of: ValuesOf, place: tuple[int, int]
) -> Iterator[Proposal]:
    if name.casefold() in (IS, HAS):
        known = fields.flags if name.casefold() == IS else fields.all
        for field in known:
            if any(own.startswith(plain(part)) for own in field.names):
                yield Proposal(field.id, *place, field.title)
        return
    found = fields.named(name)
    if len(found) != 1:
        return
    for text, remark in _texts(found[0], unquoted(part), values_of):
        if text.casefold() != part.casefold():
            yield Proposal(text, *place, remark)


def _texts(field: Field, part: str, values_of: ValuesOf) -> Iterator[tuple[str, str]]:
    if field.quantity is Quantity.FLAG:
        yield from ((word, "") for word in WORDS_OF_FLAGS if word.startswith(part.casefold()))
    elif field.quantity in _SHOWN_UNITS:
        number = part.rpartition("..")[2]
        before = part[: len(part) - len(number)]
        if number and figure(number, field.quantity) is Lack.UNIT:
            yield from ((f"{before}{number}{unit}", "") for unit in _SHOWN_UNITS[field.quantity])
    elif not field.quantity.is_number:
        wanted = part.casefold()
        for text, count in values_of(field.id):
            if text.casefold().startswith(wanted):
                rows = _tr("1 row") if count == 1 else _tr("{count} rows").format(count=count)
                yield quoted(text), rows
