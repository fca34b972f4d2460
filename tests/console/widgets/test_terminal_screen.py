"""pyte's screen as ours: what scrolled away, the second screen, sizes, and bounds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from console.widgets.terminal_lines import text_of
from console.widgets.terminal_screen import KEPT_LINES, TerminalScreen, TerminalStream
from console.widgets.terminal_sieve import Sieve


class Desk:
    def __init__(self, columns: int = 20, lines: int = 4) -> None:
        self.answers: list[str] = []
        self.screen = TerminalScreen(columns, lines, self.answers.append)
        self.stream = TerminalStream(self.screen)
        self.sieve = Sieve()

    def write(self, data: bytes) -> "Desk":
        self.stream.feed(self.sieve.strain(data))
        return self

    @property
    def shown(self) -> list[str]:
        screen = self.screen
        return [text_of(screen.line(screen.top + row)) for row in range(screen.lines)]

    @property
    def gone(self) -> list[str]:
        return [text_of(line) for line in self.screen.history]


def test_lines_that_scroll_away_are_kept_and_counted() -> None:
    desk = Desk().write(b"".join(b"line %d\r\n" % number for number in range(10)))
    assert desk.shown == ["line 7", "line 8", "line 9", ""]
    assert desk.gone == [f"line {number}" for number in range(7)]
    assert (desk.screen.first, desk.screen.top) == (0, 7)


def test_no_more_lines_are_kept_than_the_bound() -> None:
    desk = Desk().write(b"".join(b"%d\r\n" % number for number in range(KEPT_LINES + 100)))
    assert len(desk.screen.history) == KEPT_LINES
    assert text_of(desk.screen.line(desk.screen.first)) == str(desk.screen.first)


def test_a_program_on_the_second_screen_leaves_the_first_as_it_was() -> None:
    desk = Desk().write(b"$ top\r\n").write(b"\x1b[?1049h\x1b[2J\x1b[HCPU 3 %\r\n\n\n\n\n")
    assert desk.gone == []
    desk.write(b"\x1b[?1049l$ ")
    assert desk.shown == ["$ top", "$", "", ""]


def test_a_smaller_screen_scrolls_what_has_no_room_and_keeps_the_cursor() -> None:
    desk = Desk(lines=4).write(b"a\r\nb\r\nc\r\nd")
    desk.screen.resize(2, 10)
    assert desk.gone == ["a", "b"]
    assert desk.shown == ["c", "d"]
    assert (desk.screen.cursor.x, desk.screen.cursor.y) == (1, 1)
    desk.screen.resize(5, 40)
    desk.write(b"\t\t\tx")
    assert desk.shown[1].index("x") == 24, "there are stops in the room that is new"


def test_lines_below_the_cursor_are_given_up_first() -> None:
    desk = Desk(lines=4).write(b"a\r\nb")
    desk.screen.resize(2, 20)
    assert (desk.gone, desk.shown) == ([], ["a", "b"])


def test_scrolling_between_margins() -> None:
    desk = Desk().write(b"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[S")
    assert desk.shown == ["a", "c", "", "d"]
    desk.write(b"\x1b[T")
    assert desk.shown == ["a", "", "c", "d"]


def test_modes_are_known() -> None:
    screen = Desk().write(b"\x1b[?1h\x1b[?2004h").screen
    assert screen.has_application_keys
    assert screen.is_pasting_told


def test_clearing_keeps_the_line_of_the_cursor() -> None:
    desk = Desk().write(b"1\r\n2\r\n3\r\n4\r\n5\r\n$ ls")
    desk.screen.clear()
    assert (desk.gone, desk.shown) == ([], ["$ ls", "", "", ""])
    assert desk.write(b" -l").shown[0] == "$ ls -l"


def test_a_guest_clears_nothing_that_was_kept() -> None:
    desk = Desk().write(b"1\r\n2\r\n3\r\n4\r\n5\r\n\x1b[3J\x1bc")
    assert desk.gone == ["1", "2"]


PIECES = st.one_of(
    st.binary(max_size=30),
    st.builds(
        lambda numbers, final: f"\x1b[{';'.join(map(str, numbers))}{final}".encode(),
        st.lists(st.integers(0, 12_000), max_size=5),
        st.sampled_from("@ABCDEFGHJKLMPSTXacdefghlmnrsu`"),
    ),
    st.builds(
        lambda number, final: f"\x1b[?{number}{final}".encode(),
        st.sampled_from([1, 3, 5, 6, 7, 25, 47, 1047, 1048, 1049, 2004]),
        st.sampled_from("hl"),
    ),
    st.sampled_from(
        [
            b"\x1b7",
            b"\x1b8",
            b"\x1bM",
            b"\x1bD",
            b"\x1bE",
            b"\x1bH",
            b"\x1bc",
            b"\x1b#8",
            b"\n",
            b"\x1b(0",
            b"\x1b)0",
            b"\x0e",
            b"\x0f",
            "漢字e\u0301".encode(),
            b"x" * 50,
        ]
    ),
)
SIZES = st.tuples(st.integers(1, 12), st.integers(1, 40))


@settings(max_examples=400)
@given(st.lists(st.one_of(PIECES, SIZES), max_size=40))
def test_whatever_a_guest_writes_it_stays_a_screen(pieces: list[bytes | tuple[int, int]]) -> None:
    desk = Desk()
    for piece in pieces:
        if isinstance(piece, tuple):
            desk.screen.resize(*piece)
        else:
            desk.write(piece)
        screen = desk.screen
        assert 0 <= screen.cursor.y < screen.lines
        assert 0 <= screen.cursor.x <= screen.columns
        assert set(screen.buffer) <= set(range(screen.lines))
        for row in desk.shown:
            assert "\x1b" not in row
