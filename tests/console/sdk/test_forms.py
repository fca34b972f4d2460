"""Pages, in the window that gives them their life."""

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.model import Record, Ref
from console.bridge.promises import Coroutines
from console.sdk import afterwards
from console.sdk.context import Context
from console.sdk.forms import DetailView, Row, ToneLabel, ValueRows
from console.shell.theme import Appearance, Theme
from tests.fakes.machines import domain
from tests.fakes.turning import turn


class Lent:
    """As much of a context as a page needs."""

    def __init__(self) -> None:
        self.watched: list[Ref] = []
        self.listeners: list[Callable[[tuple[Ref, ...]], None]] = []
        self.coroutines = Coroutines()
        self.run = self.coroutines.run

    def watch(self, ref: Ref) -> Callable[[], None]:
        self.watched.append(ref)
        return lambda: self.watched.remove(ref)

    def subscribe_samples(self, listen: Callable[[tuple[Ref, ...]], None]) -> Callable[[], None]:
        self.listeners.append(listen)
        return lambda: self.listeners.remove(listen)


@pytest.fixture
def lent(qtbot: QtBot) -> Iterator[Lent]:
    lent = Lent()
    yield lent
    lent.coroutines.close()


class Page(DetailView):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: list[Record | None] = []
        self.ticks = 0

    @override
    def show_record(self, record: Record | None) -> None:
        self.shown.append(record)

    @override
    def show_samples(self) -> None:
        self.ticks += 1

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)


def test_a_page_draws_and_watches_only_while_seen(lent: Lent, qtbot: QtBot) -> None:
    page = Page(cast("Context", lent))
    qtbot.addWidget(page)
    web, db = domain("web"), domain("db")
    page.set_record(web)
    assert (page.shown, lent.watched) == ([], [])
    page.wake()
    page.set_record(web)
    assert (page.shown, lent.watched) == ([web], []), "what is known is seen first"
    afterwards.at_once()
    assert lent.watched == [web.ref]
    page.set_record(db)
    afterwards.at_once()
    assert (page.shown, lent.watched) == ([web, db], [db.ref])
    lent.listeners[0]((db.ref,))
    lent.listeners[0]((web.ref,))
    assert page.ticks == 1
    page.sleep()
    page.refresh()
    assert (lent.watched, lent.listeners, page.shown) == ([], [], [web, db])
    page.wake()
    page.sleep()
    afterwards.at_once()
    assert lent.watched == [], "nobody sees it any more"


def test_rows_keep_their_labels(qtbot: QtBot) -> None:
    rows = ValueRows()
    qtbot.addWidget(rows)
    rows.set_rows((Row("State", "Off"), Row("Notes", ""), Row("Memory", "1 GiB")))
    labels = [label for pair in rows._labels for label in pair]
    assert [label.text() for label in labels] == ["State", "Off", "Memory", "1 GiB"]
    rows.set_rows((Row("State", "Running"),))
    assert [label.text() for pair in rows._labels[:1] for label in pair] == ["State", "Running"]
    assert rows._labels[1][0].isHidden()
    assert labels[1].accessibleName() == "State"


def first_ink(label: QLabel) -> int:
    image = label.grab().toImage()
    ground = image.pixel(image.width() - 1, image.height() - 1)
    lines = range(image.height())
    return next(y for y in lines if any(image.pixel(x, y) != ground for x in range(image.width())))


def test_a_name_stands_in_line_with_its_value(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, Appearance.LIGHT)  # it is by the font
    rows = ValueRows()
    qtbot.addWidget(rows)
    rows.set_rows((Row("Running", "Running"), Row("Running", "Running " * 40)))
    rows.resize(400, 300)
    rows.show()
    turn()
    for name, value in rows._labels:
        assert name.y() == value.y()
        assert first_ink(name) == first_ink(value)


def test_a_screen_reader_is_told_what_a_label_says(qtbot: QtBot) -> None:
    long = "Accounting" * 6
    rows, label = ValueRows(), ToneLabel(long)
    for widget in (rows, label):
        qtbot.addWidget(widget)
    rows.set_rows((Row("State", "Running"), Row("Name", long)))
    state, name = (value for _name, value in rows._labels)
    assert (state.accessibleName(), state.accessibleDescription()) == ("State", "Running")
    assert (name.accessibleName(), name.accessibleDescription()) == ("Name", long)
    rows.set_rows((Row("State", "Off"),))
    assert state.accessibleDescription() == "Off"
    label.setWordWrap(True)
    assert label.shown != long
    assert label.accessibleName() == long, "without the places at which it may break"
    label.setText("short")
    assert label.accessibleName() == "", "Qt tells what it says by itself"


def test_values_of_several_lines_are_seen_whole_where_the_page_is_low(qtbot: QtBot) -> None:
    rows = ValueRows()
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(rows)
    long = "somebody typed this on a long afternoon"
    rows.set_rows(tuple(Row(f"Name {number}", long) for number in range(8)))
    area.resize(230, 90)
    area.show()
    turn()
    values = [one for one in rows.findChildren(QLabel) if one.text() == long]
    assert len(values) == 8
    assert all(one.height() >= one.heightForWidth(one.width()) for one in values)
    assert values[0].heightForWidth(values[0].width()) > 1.5 * values[0].fontMetrics().height()
    assert area.verticalScrollBar().maximum() > 0
    area.resize(900, 400)
    turn()
    assert values[0].minimumHeight() < 1.5 * values[0].fontMetrics().height()
