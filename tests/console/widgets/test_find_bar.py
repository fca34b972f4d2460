from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.find_bar import FindBar


def test_it_seeks_while_one_types_goes_on_and_away(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    sought: list[tuple[str, bool]] = []
    closed: list[int] = []
    bar.sought.connect(lambda text, is_back: sought.append((text, is_back)))
    bar.closed.connect(lambda: closed.append(1))
    bar.begin("err")
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "or")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bar.before.click()
    bar.after.click()
    assert sought[0][0] in ("o", "erro")
    text = bar.field.text()
    assert sought[2:] == [(text, True), (text, False), (text, True), (text, False)]
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert closed == [1]
    assert not bar.isVisible()


def test_it_says_what_is_not_there(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.begin("x")
    bar.tell(is_found=False)
    assert bar.told.text() == "Not found"
    bar.tell(is_found=True)
    assert bar.told.text() == ""
