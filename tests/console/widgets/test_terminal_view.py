"""What is seen of a terminal: the end, or what one scrolled to."""

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from console.widgets.terminal_selection import Place
from console.widgets.terminal_view import TerminalView


@pytest.fixture
def view(qtbot: QtBot) -> TerminalView:
    made = TerminalView("Terminal of web-01")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def write(qtbot: QtBot, view: TerminalView, data: bytes) -> None:
    with qtbot.waitSignal(view.drained):
        view.put(data)


def lines(count: int, first: int = 0) -> bytes:
    return b"".join(b"line %d\r\n" % number for number in range(first, first + count))


def shown(view: TerminalView) -> list[str]:
    screen = view.intake.screen
    return screen.text(view.first_shown, view.first_shown + screen.lines).split("\n")


def test_the_end_is_followed_until_one_scrolls_away_from_it(
    qtbot: QtBot, view: TerminalView
) -> None:
    write(qtbot, view, lines(100))
    assert shown(view)[-1] == "line 99"
    view.verticalScrollBar().setValue(10)
    first = shown(view)[0]
    write(qtbot, view, lines(50, 100))
    assert shown(view)[0] == first == "line 10"
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    write(qtbot, view, lines(1, 150))
    assert shown(view)[-1] == "line 150"


def test_there_are_as_many_columns_and_lines_as_there_is_room_for(
    qtbot: QtBot, view: TerminalView
) -> None:
    screen = view.intake.screen
    before = (screen.columns, screen.lines)
    with qtbot.waitSignal(view.resized) as told:
        view.resize(900, 500)
    assert told.args == [screen.columns, screen.lines]
    assert screen.columns > before[0]
    assert screen.lines > before[1]
    columns = screen.columns
    view.set_zoom(4)
    assert screen.columns < columns
    view.set_zoom(0)
    assert screen.columns == columns


def test_text_stays_as_large_as_can_be_read(view: TerminalView) -> None:
    for points in (-1000, 1000):
        view.set_zoom(points)
        assert 6 <= view._wanted_font().pointSizeF() <= 40
    most = view.zoom
    view.set_zoom(view.zoom + 1)
    view.set_zoom(view.zoom - 1)
    assert view.zoom == most - 1, "steps beyond the end are not counted"


def test_a_place_is_where_the_pointer_is(qtbot: QtBot, view: TerminalView) -> None:
    write(qtbot, view, b"hello")
    cell = view._cell
    assert view.place_at(QPointF(8 + cell.width * 3, 8 + cell.height * 1.5)) == Place(1, 3)
    assert view.place_at(QPointF(-50, -50)) == Place(0, 0)


def test_text_that_was_is_grey_and_the_cursor_gone(qtbot: QtBot, view: TerminalView) -> None:
    write(qtbot, view, b"\x1b[32mhello")
    live = view.grab().toImage()
    view.set_away(is_away=True)
    assert view.grab().toImage() != live
    view.set_away(is_away=False)
    assert view.grab().toImage() == live


def test_another_guest_s_text_comes_and_the_first_s_is_kept(
    qtbot: QtBot, view: TerminalView
) -> None:
    write(qtbot, view, b"first")
    kept = view.swap(None)
    assert shown(view) == [""]
    write(qtbot, view, b"second")
    view.swap(kept)
    assert shown(view) == ["first"]


def test_what_was_left_in_a_flood_goes_on_when_it_is_shown_again(
    qtbot: QtBot, view: TerminalView
) -> None:
    view.put(b"y\r\n" * 20_000)
    qtbot.waitUntil(lambda: view.intake.screen.top > 0)
    flooded = view.swap(None)
    assert flooded.is_busy
    qtbot.waitUntil(lambda: not view._turn.isActive())
    view.swap(flooded)
    qtbot.waitUntil(lambda: not flooded.is_busy, timeout=30_000)


def test_clearing_forgets_what_was_written(qtbot: QtBot, view: TerminalView) -> None:
    write(qtbot, view, lines(100) + b"$ ")
    view.clear()
    assert view.verticalScrollBar().maximum() == 0
    assert shown(view) == ["$"]


def test_a_flood_leaves_the_window_alive(qtbot: QtBot, view: TerminalView) -> None:
    view.put(b"y\r\n" * 20_000)
    turns: list[int] = []
    view.viewport().installEventFilter(view)
    qtbot.waitUntil(lambda: turns.append(1) or not view.intake.is_busy, timeout=30_000)  # type: ignore[func-returns-value]
    assert len(turns) > 2, "the loop turned meanwhile"
    view.put(b"z", b"\x1b[?2004h", "9 lines skipped")
    qtbot.waitUntil(lambda: not view.intake.is_busy)
    assert " 9 lines skipped" in shown(view)
