"""Letters lead to the entry that begins so."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.shell.menu_letters import MenuLetters

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def menu(qtbot: QtBot, qapp: QApplication) -> Iterator[QMenu]:
    before = qapp.keyboardInputInterval()
    qapp.setKeyboardInputInterval(60_000)
    made = QMenu()
    qtbot.addWidget(made)
    made.installEventFilter(MenuLetters(made))
    for text in ("Connect", "Connect in a Window", "Edit Notes...", "Export...", "&Pin"):
        made.addAction(text)
    made.addAction("Erase").setVisible(False)
    made.popup(QPoint(10, 10))
    yield made
    made.close()
    qapp.setKeyboardInputInterval(before)


def marked(menu: QMenu) -> str:
    action = menu.activeAction()
    return action.text() if action else ""


def test_a_word_leads_to_what_begins_so(menu: QMenu) -> None:
    QTest.keyClicks(menu, "ex")
    assert marked(menu) == "Export..."


def test_words_of_two_are_words(menu: QMenu) -> None:
    QTest.keyClicks(menu, "edit n")
    assert menu.isVisible()
    assert marked(menu) == "Edit Notes..."


def test_the_same_letter_again_goes_on_and_comes_round(menu: QMenu) -> None:
    seen = []
    for _ in range(3):
        QTest.keyClicks(menu, "e")
        seen.append(marked(menu))
    assert seen == ["Edit Notes...", "Export...", "Edit Notes..."]


def test_what_begins_nothing_leaves_one_where_one_was(menu: QMenu) -> None:
    QTest.keyClicks(menu, "export")
    QTest.keyClicks(menu, "x")
    assert marked(menu) == "Export..."
    assert menu.isVisible()


def test_an_underlined_letter_does_it_at_once(menu: QMenu, qtbot: QtBot) -> None:
    with qtbot.waitSignal(menu.triggered) as done:
        QTest.keyClicks(menu, "p")
    assert done.args
    assert done.args[0].text() == "&Pin"
