"""pyte's screen within bounds: it draws as pyte does, and nothing in it grows without end."""

from hypothesis import given
from hypothesis import strategies as st
from pyte.screens import Screen
from pyte.streams import Stream

from tests.console.widgets.test_terminal_screen import Desk


def test_the_guest_is_told_where_the_cursor_is() -> None:
    desk = Desk().write(b"ab\x1b[6n\x1b[c\x1b[5n")
    assert desk.answers == ["\x1b[1;3R", "\x1b[?6c", "\x1b[0n"]


def test_lines_are_drawn_with_vt100_s_characters() -> None:
    assert Desk().write(b"\x1b(0lqk\x1b(Bq").shown[0] == "┌─┐q"


def test_signs_without_width_take_nothing_with_them() -> None:
    assert Desk().write("a\u200bb\ufe0fc".encode()).shown[0] == "abc"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_plain_text_is_drawn_as_pyte_draws_it(text: str) -> None:
    theirs = Screen(20, 4)
    Stream(theirs).feed(text)
    desk = Desk().write(text.encode())
    assert desk.shown == [line.rstrip() for line in theirs.display]
    assert (desk.screen.cursor.x, desk.screen.cursor.y) == (theirs.cursor.x, theirs.cursor.y)


def test_what_grows_without_end_does_not() -> None:
    desk = Desk().write(b"\x1b7" * 10_000 + b"e" + "\u0301".encode() * 10_000)
    assert len(desk.screen.savepoints) == 1
    assert len(desk.screen.buffer[0][0].data) <= 6
    for _ in range(1000):
        desk.write("\x1b[m\u0301".encode())
    assert len(desk.screen.buffer[0][0].data) <= 6
    for number in range(5000):
        desk.write(b"\x1b[38;2;%d;%d;7mx" % (number % 256, number // 256))
    assert len(desk.screen._cells) <= 256
