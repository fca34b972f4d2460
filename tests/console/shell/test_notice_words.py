"""What a notice says takes two lines at most, and all of it is at hand."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.shell.notice_words import NoticeWords
from console.shell.notices import KEPT, Notice, NoticeStrip
from console.shell.window import MainWindow
from tests.console.shell.steps import page
from tests.fakes.turning import turn

NAME = "build-agent-" * 16 + "-eight"
TITLE, SENTENCE = f"Shutting down {NAME}", f"“{NAME}” is busy. Wait, or <turn> it off."


@pytest.mark.parametrize("width", [300, 500, 900])
def test_it_takes_two_lines_and_says_what_to_do(qtbot: QtBot, width: int) -> None:
    words = NoticeWords(TITLE, SENTENCE)
    qtbot.addWidget(words)
    words.resize(width, 400)
    words.show()
    turn()
    assert words.heightForWidth(width) < 3 * words.fontMetrics().lineSpacing()
    assert words.text().startswith("<b>Shutting")
    assert words.text().endswith("it off.")
    assert words.toolTip() == f"{TITLE}\n{SENTENCE}"
    assert words.accessibleName() == f"{TITLE}  {SENTENCE}"


def test_what_has_room_is_said_whole(qtbot: QtBot) -> None:
    words = NoticeWords("Not saved", "The disk is full.")
    qtbot.addWidget(words)
    words.resize(600, 100)
    words.show()
    turn()
    assert words.text() == "<b>Not saved</b>&nbsp;&nbsp; The disk is full."
    assert words.toolTip() == ""


@pytest.mark.parametrize("detail", [(), ("error: busy",)])
def test_the_details_have_what_was_cut(qtbot: QtBot, detail: tuple[str, ...]) -> None:
    strip = NoticeStrip(Notice(TITLE, SENTENCE, detail), lambda: None)
    qtbot.addWidget(strip)
    strip.resize(700, 60)
    strip.show()
    turn()
    (details,) = (one for one in strip.findChildren(QPushButton) if one.text() == "Details")
    (field,) = strip.findChildren(QPlainTextEdit)
    assert details.isVisible()
    assert field.toPlainText() == "\n".join((TITLE, SENTENCE, *detail))
    details.click()
    assert field.isVisible()
    strip.resize(6000, 60)
    turn()
    assert details.isVisible() is field.isVisible() is bool(detail), "no empty field stays"
    assert field.toPlainText() == "\n".join(detail)


class Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_no_part_of_a_notice_is_shown_as_a_window(qtbot: QtBot, qapp: QApplication) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    strip = NoticeStrip(Notice("Not saved", "The disk is full.", ("error: busy",)), lambda: None)
    qtbot.addWidget(strip)
    qapp.removeEventFilter(windows)
    assert windows.seen == []


def test_the_list_keeps_a_row_below_them_with_the_jobs_open(shell: MainWindow) -> None:
    shell.resize(960, 540)
    shell.commands.jobs.trigger()
    for number in range(KEPT):
        shell.show_notice(Notice(f"{number} {TITLE}", SENTENCE))
    turn()
    assert shell.height() == 540
    pane = page(shell).area.pane
    assert pane.viewport().height() > 1.5 * pane.sizeHintForRow(0)
    strips = shell.panes.notices.findChildren(NoticeStrip)
    assert [strip.isVisible() for strip in strips].count(True) < KEPT
    shell.resize(960, 900)
    turn()
    assert all(strip.isVisible() for strip in strips)
