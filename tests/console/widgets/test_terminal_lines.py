from pyte.screens import Char

from console.widgets.terminal_lines import PLAIN, Run, Style, line_of, plain, text_of


def test_runs_of_one_style_are_one_and_blanks_at_the_end_are_none() -> None:
    red = Char(" ", fg="red")
    cells = {0: Char("a"), 1: Char("b"), 2: red._replace(data="c"), 5: Char(" ")}
    assert line_of(cells, 80) == (
        Run(0, 2, "ab", PLAIN),
        Run(2, 1, "c", Style(fg="red")),
    )


def test_what_takes_other_room_stands_alone_where_it_belongs() -> None:
    cells = {0: Char("漢"), 1: Char(""), 2: Char("é"), 3: Char("x"), 4: Char("e\u0301")}
    line = line_of({**cells, 5: Char("y"), 6: Char("字"), 7: Char("")}, 80)
    assert [(run.column, run.width, run.text) for run in line] == [
        (0, 2, "漢"),
        (2, 2, "éx"),
        (4, 1, "e\u0301"),
        (5, 1, "y"),
        (6, 2, "字"),
    ]
    assert text_of(line) == "漢éxe\u0301y字"


def test_a_line_in_any_letters_is_one_run_and_lines_share_their_styles() -> None:
    words = "привет, мир   "
    red = {x: Char(sign, fg="red") for x, sign in enumerate(words)}
    (run,) = line_of({x: Char(sign) for x, sign in enumerate(words)}, 80)
    assert run == Run(0, 11, "привет, мир", PLAIN)
    (one,), (other,) = line_of(red, 80), line_of(dict(red), 80)
    assert one.style is other.style
    assert text_of((one,), 2, 6) == "ивет"


def test_coloured_blanks_are_something() -> None:
    cells = {x: Char(" ", bg="blue") for x in range(3)}
    assert line_of(cells, 80) == (Run(0, 3, "   ", Style(bg="blue")),)


def test_a_part_of_a_line_keeps_its_gaps() -> None:
    line = line_of({0: Char("a"), 4: Char("e", fg="red"), 6: Char("g")}, 80)
    assert text_of(line) == "a   e g"
    assert text_of(line, 2, 7) == "  e g"
    assert text_of(line, 4, 5) == "e"
    assert text_of(plain("hello"), 1, 3) == "el"
    assert plain("") == ()
