"""The person meets what a person would meet: what is off, covered or out of sight stays undone."""

from collections.abc import Iterator

import pytest
from celadon_tour import lists, sight
from celadon_tour.person import NotSeen, Person
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.sdk.more_tabs import MoreTabs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Room(QMainWindow):
    """A small window with one of each."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.setWindowTitle("Room")
        centre = QWidget()
        column = QVBoxLayout(centre)
        self.button = QPushButton("Do &it...")
        self.button.clicked.connect(lambda: self.done.append("button"))
        self.field = QLineEdit()
        self.field.setAccessibleName("Name")
        self.box = QCheckBox("Tick")
        self.view = QTreeView()
        self.view.setAccessibleName("List")
        self.items = QStandardItemModel(0, 2)
        for name in ("one", "two"):
            self.items.appendRow([QStandardItem(name), QStandardItem("Off")])
        self.view.setModel(self.items)
        self.view.selectionModel().currentChanged.connect(
            lambda index: self.done.append(f"row {index.data()}")
        )
        for widget in (QLabel("&Name"), self.field, self.button, self.box, self.view):
            column.addWidget(widget)
        self.setCentralWidget(centre)
        menu = self.menuBar().addMenu("&Deeds")
        for text in ("First", "Second"):
            menu.addAction(text).triggered.connect(lambda _c, t=text: self.done.append(t))
        menu.addAction("Third").setEnabled(False)
        inner = menu.addMenu("More")
        inner.addAction("Fourth").triggered.connect(lambda: self.done.append("Fourth"))


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    room = Room()
    qtbot.addWidget(room)
    room.resize(500, 400)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    yield room
    room.close()


def test_it_clicks_what_reads_so(person: Person, room: Room) -> None:
    person.click("Do it")
    person.click("Tick")
    assert room.done == ["button"]
    assert room.box.isChecked()


def test_it_types_where_the_keyboard_is(person: Person, room: Room) -> None:
    person.click("Name")
    assert person.keyboard_is_at() == "Name"
    person.write("Ab c-1")
    assert room.field.text() == "Ab c-1"
    person.press("Ctrl+A")
    person.press("Backspace")
    assert room.field.text() == ""


def test_rows_are_read_and_clicked(person: Person, room: Room) -> None:
    assert person.read_row("two") == ["two", "Off"]
    person.click_row("two")
    assert room.done[-1] == "row two"
    with pytest.raises(NotSeen, match=r"the row 'two' with 'Running' in it.*two \| Off"):
        person.read_row("two", "Running", patience_s=0.1)
    with pytest.raises(NotSeen, match="no row 'two'"):
        person.miss_row("two", patience_s=0.1)
    person.miss_row("three")


def test_a_hidden_column_is_not_read(person: Person, room: Room) -> None:
    room.view.hideColumn(1)
    assert person.read_row("one") == ["one"]


def test_what_is_cut_off_is_not_read(person: Person, room: Room) -> None:
    room.items.item(1, 1).setText("Running, and for a long time")
    room.view.setColumnWidth(1, 60)
    room.view.header().setStretchLastSection(False)
    (_, text) = person.read_row("two")
    assert text.startswith("Ru")
    assert text.endswith("…")


def test_it_goes_through_menus(person: Person, room: Room) -> None:
    person.click_menu("Deeds", "Second")
    person.click_menu("Deeds", "More", "Fourth")
    person.choose_by_keys("Alt+D", "First")
    assert room.done == ["Second", "Fourth", "First"]


def test_what_is_off_is_not_clicked(person: Person, room: Room) -> None:
    room.button.setEnabled(False)
    with pytest.raises(NotSeen, match=r"'Do it' to click on.*Do it \(off\)"):
        person.click("Do it", patience_s=0.1)
    assert not room.done


def test_what_is_not_there_is_told_with_what_is(person: Person, room: Room) -> None:
    with pytest.raises(NotSeen, match=r"looked for 'Undo' for 0 s; to be seen was: .*Tick"):
        person.find("Undo", patience_s=0.1)
    room.button.hide()
    with pytest.raises(NotSeen):
        person.find("Do it", patience_s=0.1)


def test_what_is_covered_is_not_clicked(person: Person, room: Room) -> None:
    cover = QWidget(room)
    cover.setGeometry(0, 0, 500, 400)
    cover.show()
    assert sight.spot(room.button) is None
    with pytest.raises(NotSeen):
        person.click("Do it", patience_s=0.1)
    with pytest.raises(NotSeen, match=r"the row .* to click on"):
        person.click_row("one", patience_s=0.1)
    assert not room.done


def test_what_is_out_of_sight_is_scrolled_to(person: Person, room: Room) -> None:
    area, inside = QScrollArea(room), QWidget()
    column = QVBoxLayout(inside)
    for number in range(60):
        button = QPushButton(f"Deed {number}")
        button.clicked.connect(lambda _=False, n=number: room.done.append(f"deed {n}"))
        column.addWidget(button)
    area.setWidget(inside)
    area.setGeometry(0, 40, 300, 200)
    area.show()
    person.click("Deed 55")
    person.click("Deed 2")
    assert room.done == ["deed 55", "deed 2"]
    with pytest.raises(NotSeen):
        person.click("Deed 60", patience_s=0.1)


def test_a_dialog_in_front_is_meant_first_and_stops_the_hand(person: Person, room: Room) -> None:
    dialog = QDialog(room)
    dialog.setWindowTitle("Sure?")
    QPushButton("Do it", dialog).clicked.connect(lambda: room.done.append("dialog"))
    dialog.setGeometry(room.geometry())
    dialog.open()
    person.click("Do it")
    assert room.done == ["dialog"]
    assert sight.spot(room.button) is None
    person.press("Escape")
    assert not dialog.isVisible()
    person.click("Do it")
    assert room.done == ["dialog", "button"]


def test_a_modal_dialog_aside_stops_the_click_itself(person: Person, room: Room) -> None:
    dialog = QDialog(room)
    dialog.setGeometry(room.geometry().translated(room.width() + 20, 0))
    dialog.open()
    person.click("Do it")
    assert not room.done
    dialog.close()


def test_a_line_is_chosen_by_keys_in_the_list_that_has_the_keyboard(
    person: Person, room: Room
) -> None:
    kinds = QListWidget()
    kinds.addItems(["Network adapter", "Disk vda", "Disk vdb"])
    room.setCentralWidget(kinds)
    kinds.show()
    kinds.setFocus()
    kinds.setCurrentRow(2)
    for text, row in (("vda", 1), ("adapter", 0), ("vdb", 2)):
        lists.choose(person, text)
        assert kinds.currentRow() == row
    with pytest.raises(NotSeen):
        lists.choose(person, "vdc", patience_s=0.1)


def test_a_line_of_a_list_is_clicked_and_a_heading_is_not(person: Person, room: Room) -> None:
    lines = QListWidget()
    lines.addItems([f"line {number}" for number in range(40)])
    lines.item(3).setFlags(Qt.ItemFlag.NoItemFlags)
    room.setCentralWidget(lines)
    lines.show()
    for row in (2, 39, 0):
        lists.click(person, f"line {row}")
        assert lines.currentRow() == row
    with pytest.raises(NotSeen):
        lists.click(person, "line 3", patience_s=0.1)


def test_text_is_read_as_it_is_seen() -> None:
    assert sight.plain("&Save <b>it</b> && go...") == "Save it & go"
    assert sight.plain("Close\tCtrl+W") == "Close"
    assert sight.plain("failed.&nbsp;&nbsp; &Retry") == "failed.   Retry"


def test_a_tab_is_clicked_by_its_name(room: Room, person: Person) -> None:
    tabs = QTabWidget()
    for name in ("One", "Two"):
        tabs.addTab(QLabel(f"page {name}"), name)
    room.centralWidget().layout().addWidget(tabs)  # type: ignore[union-attr]
    person.waiting.turn(100)
    person.click("Two")
    assert tabs.currentIndex() == 1
    assert person.read("page Two") == "page Two"
    tabs.setTabEnabled(0, False)  # noqa: FBT003  # Qt's own signature
    assert sight.tab(lambda words: words == "One") is None


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu, offscreen
def test_a_tab_that_has_no_room_is_clicked_by_its_name_too(room: Room, person: Person) -> None:
    tabs = QTabWidget()
    more = MoreTabs(tabs)
    for name in ("One", "Two", "Three"):
        tabs.addTab(QLabel(f"page {name}"), name)
    tabs.setFixedWidth(tabs.tabBar().sizeHint().width() - 1)
    room.centralWidget().layout().addWidget(tabs)  # type: ignore[union-attr]
    person.waiting.turn(100)
    assert more.isVisible()
    person.click("Three")
    assert person.read("page Three") == "page Three"
