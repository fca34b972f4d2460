import pytest

from console.widgets.terminal_lines import EMPTY, PLAIN, Line, Run, plain
from console.widgets.terminal_selection import Place, Selection, by_columns, places_of, word_at

LINES = (plain("root@web-01:/etc# ls"), plain("hosts   fstab"), EMPTY, plain("done"))


def line(number: int) -> Line:
    return LINES[number]


def test_text_is_selected_from_place_to_place_in_either_direction() -> None:
    selection = Selection()
    selection.start(Place(1, 8))
    assert selection.is_empty
    selection.reach(Place(0, 18))
    assert selection.text(line, 0, 80) == "ls\nhosts"
    assert selection.columns(0, 80) == (18, 80)
    assert selection.columns(1, 80) == (0, 8)
    assert selection.columns(2, 80) == (0, 0)


def test_what_was_thrown_away_meanwhile_is_left_out() -> None:
    selection = Selection()
    selection.select(Place(0, 0), Place(3, 4))
    assert selection.text(line, 1, 80) == "hosts   fstab\n\ndone"


@pytest.mark.parametrize(("column", "word"), [(2, "root"), (14, "web-01:/etc"), (17, " ")])
def test_a_word_is_a_path_or_an_address_too(column: int, word: str) -> None:
    start, end = word_at(plain("root web-01:/etc# ls"), column)
    expected = {2: (0, 4), 14: (5, 16), 17: (17, 18)}[column]
    assert (start, end) == expected
    assert by_columns(plain("root web-01:/etc# ls"))[start:end] == word


def test_wide_signs_take_two_columns() -> None:
    wide = (Run(0, 2, "漢", PLAIN), Run(2, 2, "ab", PLAIN))
    assert by_columns(wide) == "漢 ab"
    assert list(places_of("AB", lambda _n: wide, range(1))) == [(Place(0, 2), Place(0, 4))]


def test_every_place_is_found_and_nothing_in_nothing() -> None:
    found = list(places_of("ST", line, range(4)))
    assert found == [(Place(1, 2), Place(1, 4)), (Place(1, 9), Place(1, 11))]
    assert not list(places_of("", line, range(4)))
