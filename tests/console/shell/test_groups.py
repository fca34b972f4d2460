"""Rows under headings."""

from console.shell.groups import Groups
from console.shell.lines import Heading, Row
from tests.fakes.machines import domain

ROWS = [Row(domain(name), 1) for name in ("rack-10 a", "b", "rack-2 c", "rack-10 d")]


def grouped(groups: Groups) -> list[str]:
    return [
        f"[{line.text} {line.count}]" if isinstance(line, Heading) else line.record.ref.key[-1]
        for line in groups.lines(ROWS)
    ]


def first_word(row: Row) -> str:
    words = row.record.ref.key.removeprefix("uuid-").split()
    return words[0] if len(words) > 1 else ""


def test_headings_stand_in_natural_order_and_those_without_come_last() -> None:
    groups = Groups(first_word)
    assert grouped(groups) == ["[rack-2 1]", "c", "[rack-10 2]", "a", "d", "[None 1]", "b"]
    groups.is_turned = True
    assert grouped(groups)[0] == "[rack-10 2]"
    assert grouped(groups)[-2:] == ["[None 1]", "b"]
    assert groups.texts() == ("rack-2", "rack-10", "None")


def test_a_heading_stays_the_same_object_and_a_closed_one_counts_on() -> None:
    groups = Groups(first_word)
    heading = groups.lines(ROWS)[2]
    groups.closed = frozenset({"rack-10"})
    assert grouped(groups) == ["[rack-2 1]", "c", "[rack-10 2]", "[None 1]", "b"]
    assert groups.lines(ROWS)[2] is heading
    assert [row.record.ref.key for row in groups.under(heading, ROWS)] == [
        "uuid-rack-10 a",
        "uuid-rack-10 d",
    ]
