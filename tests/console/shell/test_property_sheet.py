"""Property sheets: one a thing, applied as one job, honest about what happens meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import HypervisorRefused
from backend.model import Domain, HostState, Ref
from backend.settings import NOW, Edit, Setting
from backend.settings import Field as Wanted
from console.bridge.door import Bridge
from console.program import snapins
from console.sdk.property_page import Field
from console.shell.property_sheet import PropertySheet
from console.shell.questions import QuestionDialog
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.fakes import machine_sheet
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain, host
from tests.fakes.turning import turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OFF = domain("template-debian")
_Button = QDialogButtonBox.StandardButton


@pytest.fixture
def shell(
    engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    session = Session(
        Bridge(engine),
        (*snapins(), machine_sheet.CONTENTS),
        settings,
        Theme(qapp, Appearance.LIGHT),
    )
    window = session.begin()
    window.show()
    qtbot.waitUntil(lambda: window.bridge.mirror.record(OFF.ref, Domain) is not None)
    yield window
    session.end()


@pytest.fixture
def sheet(shell: MainWindow) -> PropertySheet:
    return opened(shell, OFF.ref)


def opened(shell: MainWindow, ref: Ref) -> PropertySheet:
    shell.context.show_properties(ref)
    sheets = [w for w in QApplication.topLevelWidgets() if isinstance(w, PropertySheet)]
    return next(sheet for sheet in sheets if sheet.ref == ref and sheet.isVisible())


def field(sheet: PropertySheet, name: str) -> Field:
    return next(field for field in sheet.fields() if field.spec.name == name)


def write(sheet: PropertySheet, name: str, text: str) -> None:
    widget = field(sheet, name).widget
    cast("QLineEdit | QPlainTextEdit", widget).selectAll()
    QTest.keyClicks(widget, text)


def click(sheet: PropertySheet, kind: QDialogButtonBox.StandardButton) -> None:
    QTest.mouseClick(button(sheet, kind), Qt.MouseButton.LeftButton)
    turn()


def button(sheet: PropertySheet, kind: QDialogButtonBox.StandardButton) -> QPushButton:
    return sheet._buttons.button(kind)


def is_on(sheet: PropertySheet, kind: QDialogButtonBox.StandardButton) -> bool:
    return sheet._buttons.button(kind).isEnabled()


def test_it_is_opened_once_for_each_thing(shell: MainWindow, sheet: PropertySheet) -> None:
    assert opened(shell, OFF.ref) is sheet
    assert opened(shell, domain("web-01").ref) is not sheet
    other = shell.session.open()
    other.context.show_properties(OFF.ref)
    assert opened(shell, OFF.ref) is sheet
    other.close()
    assert sheet.windowTitle() == "template-debian Properties"


def test_the_keys_open_it(shell: MainWindow, qtbot: QtBot) -> None:
    shell.context.navigate("host:here")
    assert shell.commands.properties.isEnabled()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert opened(shell, HOST).isVisible()


def test_what_was_changed_is_one_job_and_then_nothing_is_left_to_apply(
    sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    assert not is_on(sheet, _Button.Apply)
    write(sheet, "name", "new name")
    write(sheet, "notes", "hello  ")
    assert is_on(sheet, _Button.Apply)
    click(sheet, _Button.Apply)
    (job,) = engine.submissions
    assert (job.operation, job.arguments) == (
        "sheet.apply",
        (
            NOW,
            (Edit(Setting(Wanted.NAME), "new name"), Edit(Setting(Wanted.NAME_NOTES), "hello  ")),
        ),
    )
    assert not is_on(sheet, _Button.Apply), "a second click would do it twice"
    assert not is_on(sheet, _Button.Ok)
    engine.put(replace(OFF, name="new name", notes="hello"))
    engine.finish(1)
    qtbot.waitUntil(lambda: is_on(sheet, _Button.Ok))
    assert not is_on(sheet, _Button.Apply)
    assert field(sheet, "notes").value == "hello"
    assert sheet.windowTitle() == "new name Properties"


def test_escape_asks_over_the_sheet_before_it_drops_what_was_entered(
    sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    write(sheet, "name", "new name")
    for answer in ("Go On Editing", "Drop It"):
        assert sheet.isVisible()
        sheet.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: bool(sheet.findChildren(QuestionDialog)))
        (question,) = sheet.findChildren(QuestionDialog)
        (button,) = (b for b in question.findChildren(QPushButton) if b.text() == answer)
        button.click()
        qtbot.waitUntil(lambda: not sheet.findChildren(QuestionDialog) if isValid(sheet) else True)
    qtbot.waitUntil(lambda: not isValid(sheet))
    assert engine.submissions == []


def test_escape_closes_a_sheet_in_which_nothing_was_entered(
    sheet: PropertySheet, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sheet.finished):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_ok_closes_when_it_is_done(
    shell: MainWindow, sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    QTest.mouseClick(field(sheet, "is_autostart").widget, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(sheet.finished):
        click(sheet, _Button.Ok)
        engine.finish(1)
    assert opened(shell, OFF.ref) is not sheet


def test_ok_with_nothing_changed_asks_nobody(
    sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sheet.finished):
        click(sheet, _Button.Ok)
    assert engine.submissions == []


def test_a_failure_is_told_in_the_sheet_and_nowhere_else(
    shell: MainWindow, sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    write(sheet, "notes", "x")
    click(sheet, _Button.Ok)
    engine.fail(1, HypervisorRefused(code=1, detail=("its own words",)))
    qtbot.waitUntil(lambda: "its own words" in sheet._said.text())
    assert "refused" in sheet._said.text()
    assert sheet.isVisible()
    assert is_on(sheet, _Button.Apply), "what was entered is still there"
    assert shell.panes.notices.shown == ()


def test_a_failure_after_the_sheet_has_gone_is_told_in_the_window(
    shell: MainWindow, sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    write(sheet, "notes", "x")
    click(sheet, _Button.Apply)
    click(sheet, _Button.Cancel)
    engine.fail(1, HypervisorRefused(code=1))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)


def test_what_changes_elsewhere_is_followed_or_said(
    shell: MainWindow, sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    name, notes = field(sheet, "name"), field(sheet, "notes")
    write(sheet, "notes", "mine")
    engine.put(replace(OFF, name="renamed", notes="theirs"))
    qtbot.waitUntil(lambda: name.value == "renamed")
    assert notes.value == "mine"
    assert "theirs" in notes.remark.text()
    engine.put(replace(OFF, name="renamed", notes="mine"))
    qtbot.waitUntil(lambda: not notes.is_touched)
    assert "theirs" not in notes.remark.text()
    assert not is_on(sheet, _Button.Apply)


def test_a_value_that_will_not_do_is_said_while_one_types(sheet: PropertySheet) -> None:
    write(sheet, "name", "web-01")
    assert "already" in field(sheet, "name").remark.text()
    assert not is_on(sheet, _Button.Ok)
    assert not is_on(sheet, _Button.Apply)
    write(sheet, "name", "free")
    assert is_on(sheet, _Button.Ok)


def test_a_field_says_when_it_acts_or_why_it_is_locked(
    shell: MainWindow, sheet: PropertySheet
) -> None:
    assert field(sheet, "notes").remark.text() == ""
    running = opened(shell, domain("web-01").ref)
    name = field(running, "name")
    assert "keeps its name" in name.remark.text()
    assert cast("QLineEdit", name.widget).isReadOnly()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"state": HostState.AWAY}, "is away"),
        ({"is_read_only": True}, "may only look"),
    ],
)
def test_where_nothing_can_be_changed_each_field_says_why(
    sheet: PropertySheet,
    engine: FakeEngine,
    qtbot: QtBot,
    change: dict[str, object],
    word: str,
) -> None:
    write(sheet, "notes", "mine")
    engine.put(replace(host(), **change))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: word in field(sheet, "notes").remark.text())
    assert all(word in field.remark.text() for field in sheet.fields())
    assert not is_on(sheet, _Button.Apply)
    engine.put(host())
    qtbot.waitUntil(lambda: is_on(sheet, _Button.Apply))
    assert field(sheet, "notes").value == "mine"


def test_of_what_is_gone_nothing_can_be_changed(
    sheet: PropertySheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    write(sheet, "notes", "mine")
    engine.drop(OFF.ref)
    qtbot.waitUntil(lambda: "no longer there" in sheet._said.text())
    assert not is_on(sheet, _Button.Ok)
    assert not is_on(sheet, _Button.Apply)
    assert is_on(sheet, _Button.Cancel)


def test_where_there_is_nothing_to_change_there_is_nothing_to_apply(shell: MainWindow) -> None:
    sheet = opened(shell, HOST)
    assert [b.text() for b in sheet._buttons.buttons() if b.isVisible()] == ["Close"]


def test_what_would_be_done_can_be_read_as_a_script(
    shell: MainWindow, sheet: PropertySheet, engine: FakeEngine
) -> None:
    assert not sheet._script.isEnabled()
    write(sheet, "notes", "hello")
    QTest.mouseClick(sheet._script, Qt.MouseButton.LeftButton)
    turn()
    assert engine.submissions == []
    assert shell.scripts._sheet is not None
    shell.scripts._sheet.close()


def test_the_session_takes_its_sheets_along(shell: MainWindow, sheet: PropertySheet) -> None:
    other = shell.session.open()
    other.close()
    assert sheet.isVisible()
    shell.close()
    assert not sheet.isVisible()


def test_it_is_gone_through_by_tab(sheet: PropertySheet, qtbot: QtBot) -> None:
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    field(sheet, "name").widget.setFocus()
    for before, name in pairwise(("name", "notes", "is_autostart")):
        QTest.keyClick(field(sheet, before).widget, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is field(sheet, name).widget
    assert all(f.widget.accessibleName() for f in sheet.fields())
