"""Wizards: the way through the pages, when one can go on and finish, by keyboard alone."""

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.bridge.promises import Coroutines
from console.sdk.context import Context
from console.sdk.forms import Remark
from console.sdk.wizard import StepList, Wizard
from console.sdk.wizard_page import FITS, Verdict, WizardPage


class Lent:
    """As much of a context as a wizard needs."""

    def __init__(self) -> None:
        self.coroutines = Coroutines()
        self.run = self.coroutines.run


@pytest.fixture
def lent(qtbot: QtBot) -> Iterator[Context]:
    lent = Lent()
    yield cast("Context", lent)
    lent.coroutines.close()


class NamePage(WizardPage):
    """Asks for a word."""

    def __init__(self, context: Context, step: str, word: str = "") -> None:
        super().__init__(context, step, f"Specify {step}", "A word will do.")
        self.field, self.remark = QLineEdit(word), Remark(f"About {step}")
        self.is_wanted = True
        self.entered = 0
        self.content.addWidget(self.field)
        self.content.addWidget(self.remark)
        self.content.addStretch(1)
        self.field.textChanged.connect(self.edited)

    @override
    def applies(self) -> bool:
        return self.is_wanted

    @override
    def enter(self) -> None:
        self.entered += 1

    @override
    def verdict(self) -> Verdict:
        return FITS if self.field.text() else ("Type a word.", self.remark)


class Asking(Wizard):
    def __init__(
        self, context: Context, *pages: NamePage, ending: WizardPage | None = None
    ) -> None:
        self.done_with: list[list[str]] = []
        self.asked = pages
        super().__init__(context, "New Thing", "Finish", pages, ending)

    @override
    async def act(self, context: Context) -> None:
        self.done_with.append([page.field.text() for page in self.asked])


def shown(qtbot: QtBot, wizard: Wizard) -> Wizard:
    # Kept, so that one can ask it how it ended.
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    return wizard


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(cast("QLineEdit", QApplication.focusWidget()), which, modifier)


def steps(wizard: Wizard) -> list[tuple[str, bool]]:
    (side,) = wizard.findChildren(StepList)
    labels = side.findChildren(QLabel)
    return [(label.text(), label.font().bold()) for label in labels if not label.isHidden()]


def test_next_waits_for_a_page_that_will_do_and_its_reason_stands_beside_the_field(
    lent: Context, qtbot: QtBot
) -> None:
    one, two = NamePage(lent, "Name"), NamePage(lent, "Place", "here")
    wizard = shown(qtbot, Asking(lent, one, two))
    assert not wizard.next_button.isEnabled()
    assert one.remark.text() == "Type a word."
    assert wizard._reason.text() == ""
    QTest.keyClicks(one.field, "web")
    assert wizard.next_button.isEnabled()
    assert one.remark.text() == ""
    wizard.next_button.click()
    assert wizard.page is two
    assert steps(wizard) == [("Name", False), ("Place", True)]


def test_finish_is_there_from_any_page_once_no_page_is_against_it(
    lent: Context, qtbot: QtBot
) -> None:
    one, two = NamePage(lent, "Name", "web"), NamePage(lent, "Place")
    wizard = shown(qtbot, Asking(lent, one, two))
    assert not wizard.ok_button.isEnabled()
    assert wizard.ok_button.toolTip() == "Place: Type a word."
    two.field.setText("here")
    assert wizard.ok_button.isEnabled()
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: not wizard.isVisible())


def test_what_was_entered_stays_when_one_goes_back(lent: Context, qtbot: QtBot) -> None:
    one, two = NamePage(lent, "Name", "web"), NamePage(lent, "Place", "here")
    wizard = shown(qtbot, Asking(lent, one, two))
    assert not wizard.back_button.isEnabled()
    wizard.next_button.click()
    two.field.setText("there")
    wizard.back_button.click()
    assert wizard.page is one
    assert one.entered == 2
    wizard.next_button.click()
    assert two.field.text() == "there"


def test_a_page_that_does_not_apply_has_no_step_and_no_say(lent: Context, qtbot: QtBot) -> None:
    one, two, three = (NamePage(lent, step, "x") for step in ("Name", "Place", "Time"))
    two.is_wanted = False
    two.field.setText("")
    wizard = shown(qtbot, Asking(lent, one, two, three))
    assert [step for step, _ in steps(wizard)] == ["Name", "Time"]
    assert wizard.ok_button.isEnabled()
    wizard.next_button.click()
    assert wizard.page is three
    assert not wizard.next_button.isEnabled()


def test_return_goes_on_and_finishes_on_the_last_page(lent: Context, qtbot: QtBot) -> None:
    one, two = NamePage(lent, "Name", "web"), NamePage(lent, "Place", "here")
    wizard = Asking(lent, one, two)
    shown(qtbot, wizard)
    assert one.field.hasFocus()
    key(Qt.Key.Key_Return)
    assert wizard.page is two
    assert two.field.hasFocus()
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not wizard.isVisible())
    assert wizard.done_with == [["web", "here"]]


def test_alt_and_arrows_go_back_and_on_and_escape_leaves(lent: Context, qtbot: QtBot) -> None:
    one, two = NamePage(lent, "Name", "web"), NamePage(lent, "Place", "here")
    wizard = Asking(lent, one, two)
    shown(qtbot, wizard)
    key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: wizard.page is two)
    key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: wizard.page is one)
    key(Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert wizard.done_with == []


def test_tab_goes_through_the_page_and_then_the_buttons_as_they_stand(
    lent: Context, qtbot: QtBot
) -> None:
    one, two = NamePage(lent, "Name", "web"), NamePage(lent, "Place", "here")
    wizard = shown(qtbot, Asking(lent, one, two))
    wizard.next_button.click()
    assert two.field.hasFocus()
    been = []
    for _ in range(5):
        key(Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        been.append(widget.text() if isinstance(widget, QPushButton) else "field")
    assert been == ["Show as Script", "Back", "Finish", "Cancel", "field"]


def test_with_an_ending_it_stays_until_it_is_closed(lent: Context, qtbot: QtBot) -> None:
    one = NamePage(lent, "Name", "web")
    ending = WizardPage(lent, "Making", "Making a thing")
    wizard = Asking(lent, one, ending=ending)
    again = QPushButton("Make Another")
    wizard.add_end_button(again)
    shown(qtbot, wizard)
    assert not again.isVisible()
    assert [step for step, _ in steps(wizard)] == ["Name", "Making"]
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert again.isVisible()
    assert not wizard.ok_button.isVisible()
    assert not wizard.back_button.isEnabled()
    assert wizard.cancel_button.text() == "Close"
    assert wizard.cancel_button.isDefault()
    key(Qt.Key.Key_Return)
    assert not wizard.isVisible()


class TallPage(NamePage):
    is_tall = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, "all of it", "x")
        self.last = QLineEdit()
        self.content.addSpacing(2000)
        self.content.addWidget(self.last)


def test_a_tall_page_scrolls_to_what_has_the_keyboard(lent: Context, qtbot: QtBot) -> None:
    page = TallPage(lent)
    wizard = Wizard(lent, "Long", "Make", (NamePage(lent, "name", "x"), page))
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.activateWindow()
    assert wizard.minimumSizeHint().height() < 600
    wizard.next_button.click()
    assert wizard.page is page
    assert page.last.visibleRegion().isEmpty()
    QTest.keyClick(page.field, Qt.Key.Key_Tab)
    assert not page.last.visibleRegion().isEmpty()


def test_the_keyboard_is_at_a_way_on_where_finish_is_off(lent: Context, qtbot: QtBot) -> None:
    pages = NamePage(lent, "Name"), WizardPage(lent, "Summary", "Summary")
    wizard = Wizard(lent, "New", "Finish", pages)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    pages[0].field.setText("web")
    wizard.next_button.click()
    assert wizard.focusWidget() is wizard.ok_button
    wizard.back_button.click()
    pages[0].field.setText("")
    wizard._show_page(pages[1])
    assert not wizard.ok_button.isEnabled()
    assert wizard.focusWidget() is wizard.back_button
