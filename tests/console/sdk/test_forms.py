"""Pages and dialogs, in the window that gives them their life."""

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.errors import NameTaken
from backend.model import Record, Ref
from console.bridge.promises import Coroutines, Promise
from console.sdk.context import Context
from console.sdk.forms import DetailView, Dialog, Remark, Row, ValueRows
from tests.fakes.machines import domain


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
    assert (page.shown, lent.watched) == ([web], [web.ref])
    page.set_record(db)
    assert (page.shown, lent.watched) == ([web, db], [db.ref])
    lent.listeners[0]((db.ref,))
    lent.listeners[0]((web.ref,))
    assert page.ticks == 1
    page.sleep()
    page.refresh()
    assert (lent.watched, lent.listeners, page.shown) == ([], [], [web, db])


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


class Asking(Dialog):
    def __init__(self, context: Context, end: Promise[str]) -> None:
        super().__init__(context, "New", "Create")
        self.end = end

    @override
    async def confirm(self) -> str:
        return await self.end


def test_a_refusal_stands_beside_ok_which_is_off(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    dialog.set_refusal("The name is empty.")
    assert not dialog.ok_button.isEnabled()
    assert dialog._reason.text() == "The name is empty."
    dialog.set_refusal("")
    assert dialog.ok_button.isEnabled()


def test_ok_is_busy_until_done_and_then_closes(lent: Lent, qtbot: QtBot) -> None:
    end: Promise[str] = Promise()
    dialog = Asking(cast("Context", lent), end)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    assert not dialog.ok_button.isEnabled()
    end.settle("")
    qtbot.waitUntil(lambda: not dialog.isVisible())


@pytest.mark.parametrize("is_error", [False, True])
def test_a_reason_or_an_error_keeps_it_open(is_error: object, lent: Lent, qtbot: QtBot) -> None:
    end: Promise[str] = Promise()
    dialog = Asking(cast("Context", lent), end)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    if is_error:
        end.fail(NameTaken(name="web"))
    else:
        end.settle("That name is taken.")
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    assert dialog.isVisible()
    assert dialog._reason.text()


def test_it_opens_in_its_first_field_with_all_of_it_selected(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    field, box = QLineEdit("web"), QCheckBox("Start it")
    dialog.content.addWidget(field)
    dialog.content.addWidget(box)
    dialog.show()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "db")
    assert field.text() == "db"
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert dialog.ok_button.hasFocus()


def test_a_refusal_stands_below_the_field_that_it_concerns(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    name, image = Remark("About the name"), Remark("About the image")
    dialog.set_refusal("Type a name.", name)
    assert (name.text(), dialog._reason.text()) == ("Type a name.", "")
    dialog.set_refusal("Choose an image.", image)
    assert (name.text(), image.text()) == ("", "Choose an image.")
    dialog.set_refusal("")
    assert (image.text(), dialog.ok_button.isEnabled()) == ("", True)
