"""What something will do, in a title and a line for each part, with its picture and its tone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, ROLES, picture
from console.sdk.nodes import Tone

_ICON: Final = 4 * GRID
_LINES_SHOWN: Final = 5
_LINES_KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One part: what it is in words, and of which kind by picture and tone."""

    icon: str
    tone: Tone
    words: str


class OutcomeLines(QFrame):
    """A few lines; without any it says so quietly. It keeps its room, and scrolls what is more."""

    def __init__(self, title: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._nothing = nothing
        self.lines: tuple[OutcomeLine, ...] = ()
        self._rows: list[tuple[QLabel, ToneLabel]] = []
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID + 2)
        self._grid.setColumnStretch(1, 1)
        self.area = _Area(title)
        inside = QVBoxLayout(self.area.ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._grid)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(7 * GRID, 2 * GRID + 2, 7 * GRID, 2 * GRID)
        column.setSpacing(GRID + 2)
        column.addWidget(heading)
        column.addWidget(self.area)
        self.show_lines(())

    def show_lines(self, lines: Sequence[OutcomeLine]) -> None:
        """Show these; one that has not changed stays as it is."""
        self.lines = tuple(lines)
        shown = self.lines or (OutcomeLine("", Tone.MUTED, self._nothing),)
        while len(self._rows) < len(shown):
            self._add_row()
        for number, (mark, words) in enumerate(self._rows):
            is_used = number < len(shown)
            mark.setVisible(is_used and bool(shown[number].icon))
            words.setVisible(is_used)
            if is_used:
                self._write(mark, words, shown[number])
        spoken = "; ".join(line.words for line in shown)
        self.setAccessibleDescription(spoken)
        self.area.setAccessibleDescription(spoken)
        self.area.fit(len(shown))

    def _add_row(self) -> None:
        mark, words = QLabel(), ToneLabel()
        words.setWordWrap(True)
        mark.setFixedSize(_ICON, _ICON)
        row = len(self._rows)
        self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1)
        self._rows.append((mark, words))

    def _write(self, mark: QLabel, words: ToneLabel, line: OutcomeLine) -> None:
        words.setText(line.words)
        words.setAccessibleName(line.words)
        words.set_tone(Tone.MUTED if not line.icon else Tone.PLAIN)
        mark.setForegroundRole(ROLES[line.tone])
        if line.icon:
            ratio = self.devicePixelRatioF()
            mark.setPixmap(picture(line.icon, line.tone, _ICON, ratio))


class _Area(QScrollArea):
    """Lines that scroll, on the ground of what they stand in; high enough for a few of them.

    Tab leads to it, that it can be heard.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._count, self._is_laid_out = 0, False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.ground = QWidget()
        self.setWidget(self.ground)
        self.viewport().setAutoFillBackground(False)
        self.ground.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self, count: int) -> None:
        """Be as high as so many lines, broken at this width, within the fewest and the most."""
        self._count = count
        line = max(self.fontMetrics().lineSpacing(), _ICON) + GRID + 2
        wanted = line * count
        if self._is_laid_out and (layout := self.ground.layout()):
            layout.activate()  # what was measured of other words is forgotten
            wanted = max(wanted, self.ground.heightForWidth(self.viewport().width()))
        self.setFixedHeight(max(line * _LINES_KEPT, min(wanted, line * _LINES_SHOWN)))

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Break the lines anew in another width."""
        super().resizeEvent(event)
        self._is_laid_out = True
        if event.size().width() != event.oldSize().width():
            self.fit(self._count)

    @override
    def minimumSizeHint(self) -> QSize:
        """Give way to what stands beside it."""
        return QSize(40 * GRID, 0)
