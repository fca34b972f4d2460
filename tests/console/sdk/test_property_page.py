"""Fields of property pages: what they follow, what they keep, and when they act."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from backend.model import Domain, Record
from console.sdk.forms import Row
from console.sdk.property_page import Acts, Field, FieldSpec, SheetPage, check, line, text
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

WEB = domain("web", notes="old")


@pytest.fixture
def notes(qtbot: QtBot) -> Field:
    field = line(FieldSpec("notes", "Notes", lambda d: d.notes, lambda _d: Acts.NEXT_START))
    qtbot.addWidget(field.widget)
    qtbot.addWidget(field.remark)
    field.follow(WEB, "")
    return field


def test_untouched_it_follows_and_says_when_it_acts(notes: Field) -> None:
    assert notes.remark.text() == "Acts at the next start."
    notes.follow(replace(WEB, notes="new"), "")
    assert (notes.value, notes.is_touched) == ("new", False)


def test_touched_it_keeps_what_was_entered(notes: Field) -> None:
    QTest.keyClicks(notes.widget, "mine ")
    notes.follow(replace(WEB, notes="theirs"), "")
    assert notes.value == "mine old"
    assert "theirs" in notes.remark.text()
    notes.settle()
    assert (notes.value, notes.is_touched) == ("theirs", False)
    assert notes.remark.text() == "Acts at the next start."


def test_what_is_taken_back_by_hand_is_no_change(notes: Field) -> None:
    QTest.keyClicks(notes.widget, "x")
    assert notes.is_touched
    assert isinstance(notes.widget, QLineEdit)
    notes.widget.setText("old")
    assert not notes.is_touched


def test_locked_it_says_why_and_takes_nothing(notes: Field) -> None:
    notes.follow(WEB, "The host is away.")
    QTest.keyClicks(notes.widget, "x")
    assert notes.value == "old"
    assert notes.remark.text() == "The host is away."
    assert notes.refusal == ""


def test_what_was_entered_before_a_lock_is_kept_and_refused(notes: Field) -> None:
    QTest.keyClicks(notes.widget, "x")
    notes.follow(WEB, "The host is away.")
    assert (notes.value, notes.refusal) == ("xold", "The host is away.")


def test_a_long_value_from_elsewhere_is_told_in_brief(qtbot: QtBot) -> None:
    field = text(FieldSpec("notes", "Notes", lambda d: d.notes))
    qtbot.addWidget(field.widget)
    field.follow(WEB, "")
    assert isinstance(field.widget, QPlainTextEdit)
    field.widget.setPlainText("mine")
    field.follow(replace(WEB, notes="long " * 100), "")
    assert len(field.remark.text()) < 150


def test_a_box_is_on_or_off(qtbot: QtBot) -> None:
    field = check(FieldSpec("a", "Start", lambda d: d.is_autostart))
    qtbot.addWidget(field.widget)
    field.follow(WEB, "")
    with qtbot.waitSignal(field.edited):
        QTest.keyClicks(field.widget, " ")
    assert field.value is True
    field.follow(WEB, "locked")
    assert not field.widget.isEnabled()


class FactsPage(SheetPage):
    def facts(self, record: Record) -> tuple[Row, ...]:  # type: ignore[explicit-override]
        return (Row("Name", record.name if isinstance(record, Domain) else ""),)


def test_a_page_has_fields_and_facts(qtbot: QtBot) -> None:
    context = LentContext(FakeEngine(), qtbot)
    page = FactsPage(context, "General")
    qtbot.addWidget(page)
    page.add(line(FieldSpec("name", "Name", lambda d: d.name)))
    page.add(check(FieldSpec("is_autostart", "Start", lambda d: d.is_autostart)))
    page.follow(WEB, "")
    assert [field.value for field in page.fields] == ["web", False]
    with qtbot.waitSignal(page.edited):
        QTest.keyClicks(page.fields[0].widget, "x")
    context.close()


def test_a_box_stands_in_line_with_what_is_above_or_below_it(qtbot: QtBot) -> None:
    spec = FieldSpec("autostart", "Start with the server", lambda domain: domain.is_autostart)
    notes = FieldSpec("notes", "Notes", lambda domain: domain.notes)
    alone, below = SheetPage(None, "General"), SheetPage(None, "General")  # type: ignore[arg-type]
    above, box, other = text(notes), check(spec), check(spec)
    alone.add(box)
    below.add(above)
    below.add(other)
    for page in (alone, below):
        qtbot.addWidget(page)
        page.resize(400, 300)
        page.show()
    assert box.widget.x() == alone._rows.x()
    assert other.widget.x() == above.widget.x() > below._rows.x()
