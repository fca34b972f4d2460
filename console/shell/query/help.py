"""The dialog that says what a filter understands: examples, and the fields of this list."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.views import Quantity
from console.shell.query.advice import syntax
from console.shell.query.fields import Fields


def _tr(text: str) -> str:
    return QCoreApplication.translate("query", text)


class FilterHelp(QDialog):
    """Stays open beside the list, so that one can try what it says."""

    def __init__(self, fields: Fields, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("What the Filter Understands"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 3 * GRID, 0)
        column.setSpacing(3 * GRID)
        column.addLayout(_rows(syntax(fields)))
        column.addWidget(_title(_tr("Fields of this list")))
        column.addLayout(_rows(_known(fields)))
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        area.setWidget(page)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        outer.setSpacing(3 * GRID)
        outer.addWidget(ToneLabel(_tr("All that is typed has to be true of a row.")))
        outer.addWidget(area)
        outer.addWidget(close)
        self.resize(130 * GRID, 150 * GRID)


def _title(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _rows(lines: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(5 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 36 * GRID)
    for row, (example, words) in enumerate(lines):
        typed = ToneLabel(example)
        typed.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        typed.setAccessibleName(f"{example}: {words}")
        meaning = ToneLabel(words, Tone.MUTED)
        meaning.setWordWrap(True)
        grid.addWidget(typed, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(meaning, row, 1)
    return grid


def _known(fields: Fields) -> tuple[tuple[str, str], ...]:
    kinds = {
        Quantity.TEXT: _tr("words"),
        Quantity.CHOICE: _tr("one of a few words"),
        Quantity.FLAG: _tr("yes or no"),
        Quantity.COUNT: _tr("a number"),
        Quantity.SHARE: _tr("per cent"),
        Quantity.SIZE: _tr("a size: MiB, GiB, TiB"),
        Quantity.RATE: _tr("bytes a second: KiB, MiB"),
        Quantity.DURATION: _tr("a length of time: min, h, d"),
    }
    return tuple(
        (field.id, _tr("{title}: {kind}").format(title=field.title, kind=kinds[field.quantity]))
        for field in fields.all
    )
