"""Keys and pointer go to the guest while it is entered, and nothing stays pressed after that."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend.display import input as keys
from backend.display.channel import PointerMode
from backend.display.input import Button, Event, Key, PointerTo, Press, Wheel, chord
from backend.display.surface import Cursor
from backend.display.synthetic import SyntheticChannel
from console.widgets.screen import Screen

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A screen beside a field."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.screen, self.field = Screen("Screen of web-01"), QLineEdit()
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.screen)
        column.addWidget(self.field)
        self.channel = SyntheticChannel(100, 50)
        self.screen.performed.connect(lambda events: self.channel.send(*events))
        self.window.resize(200, 130)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.screen.resize(200, 100)
        self.news()

    def news(self) -> None:
        self.screen.show_news(self.channel.take())

    def felt(self) -> list[Event]:
        sent, self.channel.sent = self.channel.sent, []
        return sent


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def enter(desk: Desk) -> None:
    desk.screen.setFocus()
    QTest.keyClick(desk.screen, Qt.Key.Key_Return)
    assert desk.screen.is_entered
    assert desk.felt() == [], "the key that enters is ours"


def test_every_key_goes_to_the_guest_once_it_is_entered(desk: Desk) -> None:
    desk.screen.setFocus()
    QTest.keyClick(desk.screen, Qt.Key.Key_A)
    assert desk.felt() == []
    enter(desk)
    for key, number in (
        (Qt.Key.Key_A, 0x1E),
        (Qt.Key.Key_Tab, keys.TAB),
        (Qt.Key.Key_Return, keys.ENTER),
        (Qt.Key.Key_F1, keys.F1),
        (Qt.Key.Key_Escape, keys.ESCAPE),
    ):
        QTest.keyClick(desk.screen, key)
        assert desk.felt() == list(chord(number))
    assert desk.screen.hasFocus()


def test_chords(desk: Desk) -> None:
    enter(desk)
    QTest.keyClick(desk.screen, Qt.Key.Key_C, CTRL)
    felt = [event for event in desk.felt() if isinstance(event, Key) and event.number == 0x2E]
    assert [event.is_down for event in felt] == [True, False]


def test_it_is_left_by_ctrl_alt_left_and_nothing_stays_pressed(qtbot: QtBot, desk: Desk) -> None:
    enter(desk)
    QTest.keyPress(desk.screen, Qt.Key.Key_Control)
    QTest.keyPress(desk.screen, Qt.Key.Key_Alt, CTRL)
    with qtbot.waitSignal(desk.screen.left):
        QTest.keyPress(desk.screen, Qt.Key.Key_Left, CTRL | ALT)
    assert list(dict.fromkeys(desk.felt())) == [
        Key(keys.CTRL, is_down=True),
        Key(keys.ALT, is_down=True),
        Key(keys.CTRL, is_down=False),
        Key(keys.ALT, is_down=False),
    ]
    QTest.keyRelease(desk.screen, Qt.Key.Key_Left)
    QTest.keyClick(desk.screen, Qt.Key.Key_B)
    assert desk.felt() == []


def test_it_is_left_by_ctrl_alt_alone_where_the_desktop_keeps_the_rest(
    qtbot: QtBot, desk: Desk
) -> None:
    enter(desk)
    QTest.keyPress(desk.screen, Qt.Key.Key_Control)
    QTest.keyPress(desk.screen, Qt.Key.Key_Alt, CTRL)
    with qtbot.waitSignal(desk.screen.left):
        QTest.keyRelease(desk.screen, Qt.Key.Key_Alt, CTRL)
    assert desk.felt()[-2:] == [Key(keys.CTRL, is_down=False), Key(keys.ALT, is_down=False)]


@pytest.mark.parametrize("by", ["key", "pointer", "shift"])
def test_ctrl_alt_with_something_else_is_the_guest_s(desk: Desk, by: str) -> None:
    enter(desk)
    held = SHIFT if by == "shift" else NONE
    QTest.keyPress(desk.screen, Qt.Key.Key_Control, held)
    QTest.keyPress(desk.screen, Qt.Key.Key_Alt, CTRL | held)
    if by == "key":
        QTest.keyClick(desk.screen, Qt.Key.Key_F2, CTRL | ALT)
    elif by == "pointer":
        QTest.mouseClick(desk.screen, LEFT, CTRL | ALT, QPoint(50, 50))
    QTest.keyRelease(desk.screen, Qt.Key.Key_Alt, CTRL)
    QTest.keyRelease(desk.screen, Qt.Key.Key_Control)
    assert desk.screen.is_entered


def test_when_the_focus_goes_everything_is_let_go(desk: Desk) -> None:
    enter(desk)
    QTest.keyPress(desk.screen, Qt.Key.Key_Shift)
    QTest.mousePress(desk.screen, LEFT, pos=QPoint(50, 50))
    desk.felt()
    desk.field.setFocus()
    assert not desk.screen.is_entered
    assert desk.felt() == [Key(keys.SHIFT, is_down=False), Press(Button.LEFT, is_down=False)]


def test_a_click_enters_and_arrives(desk: Desk) -> None:
    place = desk.screen.placement()
    assert place is not None
    QTest.mouseClick(desk.screen, LEFT, pos=desk.screen.rect().center())
    x, y = place.to_guest(QPointF(desk.screen.rect().center()))
    assert desk.screen.is_entered
    felt = list(dict.fromkeys(desk.felt()))
    assert felt == [
        PointerTo(x, y),
        Press(Button.LEFT, is_down=True),
        Press(Button.LEFT, is_down=False),
    ]
    QTest.mouseMove(desk.screen, QPoint(1, 99))
    assert PointerTo(*place.to_guest(QPointF(1, 99))) in desk.felt()


def test_the_wheel(desk: Desk) -> None:
    def turn() -> None:
        middle = QPointF(desk.screen.rect().center())
        QApplication.sendEvent(
            desk.screen,
            QWheelEvent(
                middle,
                desk.screen.mapToGlobal(middle),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,  # noqa: FBT003
            ),
        )

    turn()
    assert desk.felt() == []
    enter(desk)
    turn()
    assert desk.felt() == [Wheel(0, 1)]


def test_who_only_looks_on_touches_nothing(desk: Desk) -> None:
    enter(desk)
    desk.screen.set_view_only(is_on=True)
    QTest.mouseClick(desk.screen, LEFT)
    QTest.keyClick(desk.screen, Qt.Key.Key_Return)
    assert not desk.screen.is_entered
    assert desk.felt() == []
    desk.screen.set_view_only(is_on=False)
    enter(desk)


def test_a_screen_that_is_away_cannot_be_entered(desk: Desk) -> None:
    enter(desk)
    desk.screen.set_away("web-01 is off.")
    assert not desk.screen.is_entered
    desk.screen.enter()
    assert not desk.screen.is_entered
    desk.screen.set_away("")
    desk.screen.forget()
    desk.screen.enter()
    assert not desk.screen.is_entered


def test_the_guests_own_pointer_is_shown_inside(desk: Desk) -> None:
    desk.channel.change(cursor=Cursor(2, 2, 1, 1, b"\1\2\3\xff" * 4))
    desk.news()
    assert desk.screen.cursor().shape() is Qt.CursorShape.ArrowCursor
    enter(desk)
    assert desk.screen.cursor().hotSpot() == QPoint(1, 1)
    desk.channel.change(pointer=PointerMode.RELATIVE)
    desk.news()
    assert desk.screen.cursor().shape() is Qt.CursorShape.BlankCursor
    desk.screen.leave()
    assert desk.screen.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_mouse_is_moved_by_differences_and_the_first_move_is_none(desk: Desk) -> None:
    desk.channel.change(pointer=PointerMode.RELATIVE)
    desk.news()
    enter(desk)
    QTest.mouseMove(desk.screen, QPoint(5, 5))
    assert not [event for event in desk.felt() if isinstance(event, PointerTo)]


def test_full_screen_is_asked_for_from_inside(qtbot: QtBot, desk: Desk) -> None:
    enter(desk)
    with qtbot.waitSignal(desk.screen.full_screen_asked):
        QTest.keyPress(desk.screen, Qt.Key.Key_Return, CTRL | ALT)
