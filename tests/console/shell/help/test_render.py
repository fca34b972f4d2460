"""A page is set to be read: headings stand out, code in its own letters, comments are gone."""

from PySide6.QtGui import QPalette, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

from console.shell.help.render import fill, place_of

PAGE = """# Title
<!-- topics: a, b -->

Words with `code` in them.

## A full disk

| State | Meaning |
|---|---|
| Off | nothing runs |
"""


def rendered(qapp: QApplication) -> QTextDocument:
    document = QTextDocument()
    fill(document, PAGE, qapp.palette())
    return document


def test_comments_are_not_shown_and_all_else_is(qapp: QApplication) -> None:
    text = rendered(qapp).toPlainText()
    assert "topics" not in text
    for words in ("Title", "Words with code in them.", "A full disk", "nothing runs"):
        assert words in text


def test_a_section_is_found_by_its_name(qapp: QApplication) -> None:
    document = rendered(qapp)
    heading = place_of(document, "a-full-disk")
    assert heading is not None
    assert heading.text() == "A full disk"
    assert place_of(document, "nothing") is None


def test_code_stands_on_a_ground_of_its_own(qapp: QApplication) -> None:
    document = rendered(qapp)
    cursor = document.find("code")
    ground = qapp.palette().color(QPalette.ColorRole.AlternateBase)
    assert cursor.charFormat().background().color() == ground
    assert document.find("Words").charFormat().background().color() != ground


def test_a_table_is_one(qapp: QApplication) -> None:
    document = rendered(qapp)
    table = QTextCursor(document.find("nothing runs")).currentTable()
    assert isinstance(table, QTextTable)
    assert (table.rows(), table.columns()) == (2, 2)
    assert table.format().cellPadding() > 0
