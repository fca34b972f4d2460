"""The XML of new machines: only what can be a new machine is taken."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.model import Kind, Ref
from backend.operations.definition import Claim, Examination
from console.snapins.machines.creation.order import Draft
from console.snapins.machines.creation.xml_dialog import XmlDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import host
from tests.fakes.turning import turn

XML = "<domain type='kvm'><name>{}</name></domain>"
DRAFTS = tuple(Draft(n, XML.format(n), (f"{n}.qcow2",), (f"/i/{n}.qcow2",)) for n in "ab")
NEW = Examination("a", (Claim.NEW,))
Opener = Callable[..., XmlDialog]


@pytest.fixture
def opened(context: LentContext, qtbot: QtBot) -> Opener:
    over = QWidget()
    qtbot.addWidget(over)

    def open_(*drafts: Draft, examined: object = NEW) -> XmlDialog:
        context.engine.answers["definition.examine"] = examined
        dialog = XmlDialog(context, host(), drafts, [draft.text for draft in drafts], over)
        context.show_dialog(dialog)
        return dialog

    return open_


def test_what_is_made_with_them_is_not_missing(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    dialog = opened(*DRAFTS)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    asked = next(q for q in context.engine.queries if q.operation == "definition.examine")
    assert asked.arguments == (DRAFTS[0].text, ("/i/a.qcow2", "/i/b.qcow2"))


def test_what_is_at_fault_is_not_taken_and_can_be_taken_back(opened: Opener, qtbot: QtBot) -> None:
    dialog = opened(*DRAFTS)
    dialog.pane.editor.setPlainText("<domain>\n</dom>")
    assert "Line 2" in dialog.refusal
    assert not dialog.ok_button.isEnabled()
    assert not dialog.machine.isEnabled(), "the one at fault stays in sight"
    dialog.reset_button.click()
    assert dialog.pane.text == DRAFTS[0].text
    qtbot.waitUntil(dialog.machine.isEnabled)
    assert not dialog.reset_button.isEnabled()


@pytest.mark.parametrize(
    ("examined", "words"),
    [
        (Examination("a", (Claim.REPLACE,), Ref("here", Kind.DOMAIN, "x")), "“a”"),
        (Examination("a", (Claim.NEW_IDENTITY,), None, "other"), "“other” has this UUID"),
    ],
)
def test_the_identity_of_another_is_not_taken(
    opened: Opener, qtbot: QtBot, examined: Examination, words: str
) -> None:
    dialog = opened(DRAFTS[0], examined=examined)
    qtbot.waitUntil(lambda: words in dialog.refusal)
    assert not dialog.ok_button.isEnabled()


def test_each_machine_has_a_text(opened: Opener, qtbot: QtBot) -> None:
    dialog = opened(*DRAFTS)
    qtbot.waitUntil(dialog.machine.isEnabled)
    dialog.machine.setCurrentIndex(1)
    dialog.pane.editor.setPlainText(XML.format("c"))
    assert dialog.texts == [DRAFTS[0].text, XML.format("c")]


@pytest.mark.parametrize("choice", [0, 1])
def test_who_has_typed_is_asked_before_it_closes(
    context: LentContext, opened: Opener, choice: int
) -> None:
    context.answers = [choice]
    dialog = opened(*DRAFTS)
    dialog.pane.editor.setPlainText(XML.format("c"))
    dialog.reject()
    turn()
    assert [question.choices[choice] for question in context.questions] == [
        ("Drop It", "Go On Editing")[choice]
    ]
    assert (isValid(dialog) and dialog.isVisible()) is (choice == 1)


def test_who_has_not_is_not(context: LentContext, opened: Opener) -> None:
    opened(*DRAFTS).reject()
    turn()
    assert not context.questions


def test_who_goes_through_the_machines_by_keyboard_stays_there(
    opened: Opener, qtbot: QtBot
) -> None:
    dialog = opened(*DRAFTS)
    qtbot.waitUntil(dialog.machine.isEnabled)
    dialog.machine.setFocus()
    QTest.keyClick(dialog.machine, Qt.Key.Key_Down)
    assert dialog.pane.text == DRAFTS[1].text
    assert dialog.machine.isEnabled(), "the text is not looked over yet, but nobody typed in it"
    QTest.keyClick(dialog.machine, Qt.Key.Key_Up)
    assert dialog.pane.text == DRAFTS[0].text
