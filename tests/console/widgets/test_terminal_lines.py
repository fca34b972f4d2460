from pyte.screens import Char

from console.widgets.terminal_lines import PLAIN, Run, Style, line_of, plain, text_of


def test_runs_of_one_style_are_one_and_blanks_at_the_end_are_none() -> None:
    red = Char(" ", fg="red")
    cells = {0: Char("a"), 1: Char("b"), 2: red._replace(data="c"), 5: Char(" ")}
    assert line_of(cells, 80) == (
        Run(0, 2, "ab", PLAIN),
        Run(2, 1, "c", Style(fg="red")),
    )


def test_what_is_not_ascii_stands_alone_where_it_belongs() -> None:
    cells = {0: Char("漢"), 1: Char(""), 2: Char("é"), 3: Char("x")}
    line = line_of(cells, 80)
    assert [(run.column, run.width, run.text) for run in line] == [
        (0, 2, "漢"),
        (2, 1, "é"),
        (3, 1, "x"),
    ]
    assert text_of(line) == "漢éx"


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
