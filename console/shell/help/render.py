"""A help page as a document: Markdown set with our spacing, in the colours of the palette."""

import re

from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from console.sdk.look import GRID
from console.shell.help.library import anchor_of

_SIZES = {1: 2, 2: 1}
"""How many steps a heading is larger than the text: by a half, by a fifth."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE_HEIGHT = 135


def fill(document: QTextDocument, markdown: str, palette: QPalette) -> None:
    """Have a document hold a page, in the colours of this palette."""
    document.clear()
    document.setDocumentMargin(6 * GRID)
    document.setMarkdown(_COMMENT.sub("", markdown))
    _set_blocks(document, palette)
    _set_tables(document.rootFrame(), palette)


def place_of(document: QTextDocument, anchor: str) -> QTextBlock | None:
    """Return the heading of a section."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
            return block
        block = block.next()
    return None


def _set_blocks(document: QTextDocument, palette: QPalette) -> None:
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage)
        is_in_table = QTextCursor(block).currentTable() is not None
        cursor = QTextCursor(block)
        spacing = QTextBlockFormat()
        height = 100 if is_in_table else _LINE_HEIGHT
        spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if level:
            spacing.setTopMargin(0 if level == 1 else 5 * GRID)
            spacing.setBottomMargin(2 * GRID)
        elif not is_in_table:
            spacing.setTopMargin(0)
            spacing.setBottomMargin(GRID if block.textList() else 2 * GRID)
        cursor.mergeBlockFormat(spacing)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        if level:
            cursor.mergeCharFormat(_heading(level))
        _set_code(block, palette, is_code)
        block = block.next()


def _heading(level: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setProperty(QTextFormat.Property.FontSizeAdjustment, _SIZES.get(level, 0))
    made.setFontWeight(QFont.Weight.Bold)
    return made


def _set_code(block: QTextBlock, palette: QPalette, is_code: object) -> None:
    """Set what is to be typed in letters of one width, on a ground of its own."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    iterator = block.begin()
    found: list[tuple[int, int]] = []
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.charFormat().fontFixedPitch() or is_code:
            found.append((fragment.position(), fragment.length()))
        iterator += 1
    for position, length in found:
        cursor = QTextCursor(block)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setFontFamilies([fixed.family()])
        form.setBackground(palette.brush(QPalette.ColorRole.AlternateBase))
        cursor.mergeCharFormat(form)


def _set_tables(frame: QTextFrame, palette: QPalette) -> None:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            form = child.format()
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(QBrush(palette.color(QPalette.ColorRole.Midlight)))
            form.setCellPadding(GRID + 2)
            form.setCellSpacing(0)
            form.setTopMargin(GRID)
            form.setBottomMargin(3 * GRID)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            child.setFormat(form)
