"""Lines by their numbers."""

from console.shell.lines import Heading, Lines, Row
from tests.fakes.machines import domain

FIRST, SECOND = Heading("Off"), Heading("Running")
A, B = Row(domain("a"), 1), Row(domain("b"), 1)
LINES = Lines([FIRST, A, B, SECOND])


def test_what_is_asked_for_and_is_not_there_is_nothing() -> None:
    assert (LINES.row(1), LINES.row(0), LINES.row(-1), LINES.row(4)) == (A, None, None, None)
    assert (LINES.heading(3), LINES.heading(1), LINES.heading(9)) == (SECOND, None, None)
    assert (LINES.place(B), LINES.place(Row(domain("b"), 1)), LINES.place(None)) == (2, -1, -1)


def test_the_heading_above() -> None:
    assert [LINES.heading_above(number) for number in range(4)] == [0, 0, 0, 3]
    assert Lines([A]).heading_above(0) == -1


def test_rows_and_headings_apart() -> None:
    assert list(LINES.rows()) == [A, B]
    assert list(LINES.headings()) == [FIRST, SECOND]


def test_places_follow_what_comes_and_goes() -> None:
    lines = Lines([FIRST, A])
    assert lines.place(A) == 1
    lines.insert(0, SECOND)
    assert [lines.place(one) for one in (A, SECOND, B)] == [2, 0, -1]
    del lines[1]
    assert [lines.place(one) for one in (A, FIRST)] == [1, -1]
    lines += [B]
    assert lines.place(B) == 2
    assert lines.places([B, FIRST, A]) == [2, 1]
