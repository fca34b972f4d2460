"""What is said to an audience: a band with a title, a sentence, and how far one has come."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID

# The same in light and dark, as a subtitle is: deep celadon, and contrasts of 7 and more on it.
_GROUND, _TITLE, _WORDS, _QUIET = "#12332c", "#ffffff", "#dcebe3", "#a9cbb9"
_DONE, _HERE, _AHEAD, _WARNING = "#7fcf9e", "#e9cb7c", "#2f5a4f", "#f0b37a"
_MARK_HEIGHT: Final = GRID
_TITLE_SCALE, _WORDS_SCALE = 2.0, 1.5
_LINES = 2
"""So many lines of words have room: the band is to keep its height from act to act."""


class CaptionBar(QWidget):
    """A band below what it speaks of. `hint` says what the presenter can do."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._here = self._count = 0
        self.title = _label(_TITLE, _TITLE_SCALE, is_bold=True)
        self.words = _label(_WORDS, _WORDS_SCALE)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.words.setFixedHeight(_LINES * self.words.fontMetrics().lineSpacing())
        self.hint = _label(_QUIET, 1.0)
        self._lay_out()

    @override
    def sizeHint(self) -> QSize:
        """Take the whole width, and the height that the words need."""
        return QSize(80 * GRID, super().sizeHint().height())

    def show_place(self, here: int, count: int) -> None:
        """Show that this is number `here` of so many; 0 is before the first."""
        self._here, self._count = here, count
        self.update()

    def say(self, title: str, words: str) -> None:
        """Have this read. It is the description for those who do not see it, too."""
        self.title.setText(title)
        self.add(words)

    def add(self, words: str, *, is_warning: bool = False) -> None:
        """Say other words below the same title."""
        self.words.setText(words)
        _paint(self.words, _WARNING if is_warning else _WORDS)
        self.setAccessibleDescription(f"{self.title.text()}. {words}")

    def offer(self, hint: str) -> None:
        """Say what the presenter can do now."""
        self.hint.setText(hint)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and along its upper edge a mark for each act."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_GROUND))
        if not self._count:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width() / self._count
        for number in range(1, self._count + 1):
            colour = _HERE if number == self._here else _DONE if number < self._here else _AHEAD
            painter.setBrush(QColor(colour))
            left = (number - 1) * width
            painter.drawRect(QRectF(left, 0, width - (number < self._count), _MARK_HEIGHT))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.title)
        left.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(6 * GRID, 4 * GRID + _MARK_HEIGHT, 6 * GRID, 4 * GRID)
        row.setSpacing(8 * GRID)
        row.addLayout(left, 1)
        row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignBottom)


def _label(colour: str, scale: float, *, is_bold: bool = False) -> QLabel:
    label = QLabel()
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(is_bold)
    label.setFont(font)
    _paint(label, colour)
    return label


def _paint(label: QLabel, colour: str) -> None:
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    label.setPalette(palette)
