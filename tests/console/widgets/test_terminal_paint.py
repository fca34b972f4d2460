from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.widgets.terminal_lines import PLAIN, Run, Style, plain
from console.widgets.terminal_paint import LinePainter, cell_of
from console.widgets.terminal_palette import DARK, LIGHT


def painted(*, is_faint: bool = False, style: Style = PLAIN) -> QImage:
    cell = cell_of(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    image = QImage(cell.width * 4, cell.height, QImage.Format.Format_RGB32)
    image.fill(QColor(DARK.back))
    painter = QPainter(image)
    lines = LinePainter(painter, cell, DARK, is_faint=is_faint)
    lines.paint((Run(2, 1, "M", style),), 0)
    painter.end()
    return image


def inked(image: QImage) -> set[int]:
    """Return in which quarters of the picture something stands."""
    back, width = QColor(DARK.back), image.width() // 4
    return {
        x // width
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != back
    }


def test_a_sign_stands_in_its_column(qtbot: QtBot) -> None:
    assert inked(painted()) == {2}
    assert inked(painted(style=Style(bg="blue"))) == {2}
    assert painted() != painted(is_faint=True)
    assert painted() != painted(style=Style(bold=True))


def test_a_whole_run_keeps_to_its_columns_at_any_size(qtbot: QtBot) -> None:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    for points in (7.0, 9.5, 13.0, 21.0):
        font.setPointSizeF(points)
        cell = cell_of(font)
        image = QImage(cell.width * 120, cell.height, QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.back))
        painter = QPainter(image)
        lines = LinePainter(painter, cell, LIGHT, is_faint=False)
        lines.paint(plain(" " * 99 + "M"), 0)
        painter.end()
        back = QColor(LIGHT.back)
        left = [
            x
            for x in range(image.width())
            if any(image.pixelColor(x, y) != back for y in range(image.height()))
        ]
        assert cell.width * 99 - 2 <= min(left)
        assert max(left) <= cell.width * 100 + 2


def test_signs_of_other_fonts_stand_in_their_columns_each(qtbot: QtBot) -> None:
    drawn: list[tuple[int, str]] = []

    class Recorder(QPainter):
        @override
        def drawText(self, x: int, _y: int, text: str) -> None:  # type: ignore[override]
            drawn.append((x // cell.width, text))

    cell = cell_of(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    image = QImage(cell.width * 20, cell.height, QImage.Format.Format_RGB32)
    painter = Recorder(image)
    lines = LinePainter(painter, cell, DARK, is_faint=False)
    lines.paint((Run(1, 7, "ab жы c", PLAIN), Run(8, 1, "e\u0301", PLAIN)), 0)
    lines.paint((Run(9, 2, "漢\u0301", PLAIN),), 0)
    painter.end()
    assert drawn == [
        (1, "ab "), (4, "ж"), (5, "ы"), (6, " c"), (8, "e\u0301"), (9, "漢\u0301"),
    ]  # fmt: skip


def test_the_cursor_is_full_or_an_outline(qtbot: QtBot) -> None:
    cell = cell_of(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    middles = []
    for is_full in (True, False):
        image = QImage(cell.width, cell.height, QImage.Format.Format_RGB32)
        image.fill(QColor(DARK.back))
        painter = QPainter(image)
        LinePainter(painter, cell, DARK, is_faint=False).cursor(0, 1, 0, is_full=is_full)
        painter.end()
        assert image.pixelColor(0, 0) == QColor(DARK.text)
        middles.append(image.pixelColor(image.rect().center()))
    assert middles == [QColor(DARK.text), QColor(DARK.back)]
