"""Keys go to the guest while the terminal is entered; before and after they choose text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeySequence,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.widgets.terminal import Terminal

K, M = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A terminal beside a field."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.terminal, self.field = Terminal("Terminal of web-01"), QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.terminal)
        column.addWidget(self.field)
        self.typed = b""
        self.terminal.typed.connect(self._on_typed)
        self.window.resize(700, 400)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.terminal.set_live(is_live=True)

    def _on_typed(self, data: bytes) -> None:
        self.typed += data

    def write(self, data: bytes) -> None:
        with self.qtbot.waitSignal(self.terminal.drained):
            self.terminal.put(data)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = M.NoModifier) -> None:
        QTest.keyClick(self.terminal, key, held)

    def spot(self, line: int, column: int) -> QPoint:
        cell = self.terminal._cell
        return QPoint(8 + column * cell.width, 8 + line * cell.height + cell.height // 2)

    def drag(self, begin: QPoint, end: QPoint) -> None:
        pane = self.terminal.viewport()
        QTest.mousePress(pane, LEFT, pos=begin)
        QTest.mouseMove(pane, end)
        QTest.mouseRelease(pane, LEFT, pos=end)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_return_enters_and_the_chord_leaves(desk: Desk) -> None:
    desk.terminal.setFocus()
    desk.press(K.Key_Return)
    assert desk.typed == b"", "the key that enters is ours"
    QTest.keyClicks(desk.terminal, "ls")
    desk.press(K.Key_Return)
    desk.press(K.Key_C, M.ControlModifier)
    desk.press(K.Key_Up)
    assert desk.typed == b"ls\r\x03\x1b[A"
    desk.press(K.Key_Left, M.ControlModifier | M.AltModifier)
    assert not desk.terminal.is_entered
    QTest.keyClicks(desk.terminal, "x")
    assert desk.typed == b"ls\r\x03\x1b[A"


def test_ctrl_alt_alone_leaves_too(desk: Desk) -> None:
    desk.terminal.enter()
    QTest.keyPress(desk.terminal, K.Key_Control)
    QTest.keyClick(desk.terminal, K.Key_Alt, M.ControlModifier)
    assert not desk.terminal.is_entered
    assert desk.typed == b""


def test_tab_and_escape_are_the_guest_s_while_it_is_entered(desk: Desk) -> None:
    desk.terminal.enter()
    desk.press(K.Key_Tab)
    desk.press(K.Key_Escape)
    assert desk.typed == b"\t\x1b"
    assert desk.terminal.hasFocus()
    desk.terminal.leave()
    desk.press(K.Key_Tab)
    assert desk.field.hasFocus()


def test_what_is_composed_is_typed_while_it_is_entered(desk: Desk) -> None:
    def compose(text: str) -> None:
        event = QInputMethodEvent("^", [])
        QApplication.sendEvent(desk.terminal, event)
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(desk.terminal, event)

    def asked(query: Qt.InputMethodQuery) -> object:
        event = QInputMethodQueryEvent(query)
        QApplication.sendEvent(desk.terminal, event)
        return event.value(query)

    compose("é")
    assert desk.typed == b""
    assert not asked(Qt.InputMethodQuery.ImEnabled)
    desk.write(b"$ ")
    desk.terminal.enter()
    assert asked(Qt.InputMethodQuery.ImEnabled)
    compose("é")
    assert desk.typed == "é".encode()
    place = asked(Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(place, QRect)
    assert place.contains(desk.spot(0, 2))
    desk.terminal.leave()
    assert not asked(Qt.InputMethodQuery.ImEnabled)


def test_the_focus_takes_the_keyboard_with_it(desk: Desk) -> None:
    desk.terminal.enter()
    desk.field.setFocus()
    assert not desk.terminal.is_entered


def test_nobody_enters_where_nobody_reads(desk: Desk) -> None:
    desk.terminal.enter()
    desk.terminal.set_live(is_live=False)
    assert not desk.terminal.is_entered
    desk.press(K.Key_Return)
    assert not desk.terminal.is_entered


def test_text_is_selected_by_dragging_and_copied(desk: Desk) -> None:
    desk.write(b"one two\r\nthree four")
    desk.drag(desk.spot(0, 4), desk.spot(1, 5))
    assert desk.terminal.selected_text() == "two\nthree"
    desk.press(K.Key_C, M.ControlModifier | M.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "two\nthree"
    assert desk.typed == b"", "copying tells the guest nothing"


def test_a_double_click_selects_a_word_and_shift_goes_on(desk: Desk) -> None:
    desk.write(b"cat /etc/hosts now")
    QTest.mouseDClick(desk.terminal.viewport(), LEFT, pos=desk.spot(0, 7))
    assert desk.terminal.selected_text() == "/etc/hosts"
    QTest.mouseClick(desk.terminal.viewport(), LEFT, M.ShiftModifier, desk.spot(0, 18))
    assert desk.terminal.selected_text() == "/etc/hosts now"


def test_text_is_selected_by_the_keyboard_alone(desk: Desk) -> None:
    desk.write(b"one\r\ntwo")
    desk.terminal.setFocus()
    desk.press(K.Key_A, M.ControlModifier)
    assert desk.terminal.selected_text().rstrip() == "one\ntwo"
    desk.terminal.selection.start(desk.terminal.place_at(QPointF(desk.spot(1, 3))))
    desk.press(K.Key_Left, M.ShiftModifier)
    desk.press(K.Key_Up, M.ShiftModifier)
    assert desk.terminal.selected_text() == "e\ntwo"
    desk.press(K.Key_C, M.ControlModifier)
    assert QGuiApplication.clipboard().text() == "e\ntwo"


def test_one_scrolls_by_keys_and_comes_back_by_typing(desk: Desk) -> None:
    desk.write(b"".join(b"%d\r\n" % number for number in range(200)))
    desk.terminal.enter()
    bar = desk.terminal.verticalScrollBar()
    end = bar.maximum()
    desk.press(K.Key_PageUp, M.ShiftModifier)
    assert bar.value() < end
    assert desk.typed == b""
    QTest.keyClicks(desk.terminal, "x")
    assert bar.value() == end
    desk.terminal.leave()
    desk.press(K.Key_Home)
    assert bar.value() == 0
    desk.press(K.Key_PageDown)
    assert bar.value() > 0


def test_the_guest_hears_of_arrows_as_it_wants_and_gets_its_answers(desk: Desk) -> None:
    told: list[bytes] = []
    desk.terminal.reply.connect(told.append)
    desk.write(b"\x1b[?1h\x1b[6n")
    desk.terminal.enter()
    desk.press(K.Key_Up)
    assert desk.typed == b"\x1bOA"
    assert told == [b"\x1b[1;1R"]


def turn(desk: Desk, angle: QPoint) -> None:
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), angle, Qt.MouseButton.NoButton,
        M.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003
    )  # fmt: skip
    QApplication.sendEvent(desk.terminal.viewport(), event)


def test_the_wheel_zooms_with_ctrl(desk: Desk) -> None:
    columns = desk.terminal.intake.screen.columns
    told: list[int] = []
    desk.terminal.zoomed.connect(told.append)
    for _ in range(3):
        turn(desk, QPoint(0, 120))
    assert desk.terminal.intake.screen.columns < columns
    turn(desk, QPoint(120, 0))
    assert told == [1, 2, 3], "sideways is neither larger nor smaller"
    turn(desk, QPoint(0, -120))
    assert told[-1] == desk.terminal.zoom == 2


def test_what_was_written_can_be_heard(desk: Desk) -> None:
    desk.write(b"web-01 login: ")
    desk.terminal._say()
    assert desk.terminal.accessibleDescription() == "web-01 login:"
    assert desk.terminal.accessibleName() == "Terminal of web-01"


def test_a_shortcut_of_the_window_does_not_take_copying(desk: Desk) -> None:
    taken: list[str] = []
    for keys in ("Ctrl+C", "Ctrl+Shift+F", "Ctrl+K"):
        shortcut = QShortcut(QKeySequence(keys), desk.window)
        shortcut.activated.connect(lambda keys=keys: taken.append(keys))
    asked: list[int] = []
    desk.terminal.find_asked.connect(lambda: asked.append(1))
    desk.write(b"one")
    desk.terminal.setFocus()
    desk.terminal.select_all()
    desk.press(K.Key_C, M.ControlModifier)
    assert QGuiApplication.clipboard().text().rstrip() == "one"
    desk.press(K.Key_F, M.ControlModifier | M.ShiftModifier)
    assert asked
    desk.press(K.Key_K, M.ControlModifier)
    assert taken == ["Ctrl+K"], "the others are the window's still"
