"""What a guest may say, and what it may not; the rest of the bytes is shown as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.widgets.terminal_sieve import Sieve, modes_in


def strained(data: bytes) -> str:
    return Sieve().strain(data)


@pytest.mark.parametrize(
    "data",
    [
        b"plain text\r\n\t\x08",
        b"\x1b[31;1mred\x1b[0m",
        b"\x1b[2;5H\x1b[K\x1b[2J",
        b"\x1b[?25l\x1b[?1049h\x1b[?2004h\x1b[?1l",
        b"\x1b[38;5;9m\x1b[48;2;1;2;3m",
        b"\x1b(0lqk\x1b(B\x0e\x0f",
        b"\x1b7\x1b8\x1bM\x1bD\x1bE\x1bH\x1bc",
        b"\x1b[6n\x1b[c",
    ],
)
def test_what_a_terminal_is_for_passes(data: bytes) -> None:
    assert strained(data) == data.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b]0;a title\x07",
        b"\x1b]52;c;aGVsbG8=\x1b\\",  # the clipboard
        b"\x1bPq#0;2;0;0;0#0~~\x1b\\",  # a picture
        b"\x1b_x\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\\x1bkname\x1b\\",
        b"\x1b[?3h\x1b[?5h\x1b[?6h\x1b[?1000h",  # widths, flashes, origins, mice
        b"\x1b[>c\x1b[>4;1m\x1b[=c\x1b[!p\x1b[2 q\x1b[5$x",
        b"\x1b#8\x1b%G\x1b(Z",
        b"\x1b[1;2;3A\x1b[9J\x1b[?5A\x1b[1;2;3;4t",
        b"\x1b[58;5;1m",
        b"\x00\x7f\x18\xc2\x9b",
        b"\x1b[1:2A",
    ],
)
def test_everything_else_is_taken_out(data: bytes) -> None:
    assert strained(data + b"after") == "after"


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"\x1b[4:3m\x1b[4:0m", "\x1b[4m\x1b[24m"),
        (b"\x1b[38:2::1:2:3m", "\x1b[38;2;1;2;3m"),
        (b"\x1b[38:5:9;1m", "\x1b[38;5;9;1m"),
        (b"\x1b[38;2;999;0;0m", "\x1b[38;2;255;0;0m"),
        (b"\x1b[58;5;1;4m", "\x1b[4m"),
        (b"\x1b[s\x1b[u", "\x1b7\x1b8"),
        (b"\x1b[3J", "\x1b[2J"),
        (b"\x1b[12345A", "\x1b[9999A"),
        (b"\x1b[?25;3h", "\x1b[?25h"),
        (b"\x1b[7`", "\x1b[7G"),
    ],
)
def test_what_says_the_same_in_pyte_s_words_is_said_so(data: bytes, kept: str) -> None:
    assert strained(data) == kept


def test_a_title_that_never_ends_is_kept_nowhere() -> None:
    sieve = Sieve()
    assert sieve.strain(b"\x1b]0;") == ""
    for _ in range(100):
        assert sieve.strain(b"x" * 10_000) == ""
    assert sieve._rest == ""
    assert sieve.strain(b"\x07shown") == "shown"


def test_a_number_that_never_ends_is_kept_nowhere() -> None:
    sieve = Sieve()
    sieve.strain(b"\x1b[" + b"1" * 5_000_000)
    assert len(sieve._rest) < 100


TERMINAL = st.lists(
    st.one_of(
        st.binary(max_size=20),
        st.sampled_from(
            [
                b"\x1b[",
                b"\x1b",
                b"\x1b]0;t\x07",
                b"\x1b[31m",
                b"\x1b[?1049h",
                b"\x1bP",
                b"\x1b\\",
                "é漢".encode(),
                b"\x1b[38;2;1;2",
                b";",
                b"m",
                b"text",
                b"\x18",
            ]
        ),
    ),
    max_size=30,
).map(b"".join)


@given(TERMINAL, st.lists(st.integers(0, 200), max_size=8))
def test_it_does_not_matter_where_the_bytes_are_cut(data: bytes, cuts: list[int]) -> None:
    sieve, parts, at = Sieve(), [], 0
    for cut in sorted(cut % (len(data) + 1) for cut in cuts):
        parts.append(data[at:cut])
        at = cut
    told = "".join(sieve.strain(part) for part in (*parts, data[at:]))
    assert told == strained(data)


def test_modes_are_found_in_what_nobody_sees() -> None:
    lost = b"y\r\n\x1b[?1049hy\x1b[31m\x1b[?25l"
    assert modes_in(lost) == b"\x1b[?1049h\x1b[?25l"
