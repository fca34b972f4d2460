"""The list below a field of how what is typed there could go on. It never takes the keyboard."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from console.sdk.look import GRID

_ROW, _ROWS_SHOWN = 26, 9
_WIDTH_LEAST = 60 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("proposals", text)


class Proposal(Protocol):
    """A way to go on: `text` in place of what stands from `start` to `end`, and what it is."""

    @property
    def text(self) -> str:
        """What is put in."""

    @property
    def start(self) -> int:
        """Where what it replaces begins."""

    @property
    def end(self) -> int:
        """Where what it replaces ends."""

    @property
    def remark(self) -> str:
        """What it is, beside it in the list."""


class ProposalList(QListWidget):
    """Stands below its field, over whatever else is there, while there is something to propose."""

    taken = Signal(object)
    """Proposal: the user wants this one."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._proposals: tuple[Proposal, ...] = ()
        self.setObjectName("proposals")
        self.setAccessibleName(_tr("Ways to go on"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setViewportMargins(GRID, 0, GRID, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.taken.emit(self._proposals[self.row(item)]))
        self.hide()

    def propose(self, proposals: Sequence[Proposal]) -> None:
        """Show these, none of them chosen yet; nothing closes the list."""
        self._proposals = tuple(proposals)
        self.clear()
        for proposal in self._proposals:
            item = QListWidgetItem(_line(proposal), self)
            item.setSizeHint(QSize(0, _ROW))
        self.setCurrentRow(-1)
        if self._proposals:
            self._stand_below()
        self.setVisible(bool(self._proposals))

    def step(self, rows: int) -> None:
        """Choose the next one, or the one before; past the last is the first again."""
        count = len(self._proposals)
        start = self.currentRow() if self.currentRow() >= 0 else (-1 if rows > 0 else count)
        self.setCurrentRow((start + rows) % count)
        proposal = self._proposals[self.currentRow()]
        # The keyboard stays in the field: a screen reader has to be told of this list.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, _line(proposal)))

    def chosen(self) -> Proposal | None:
        """Return the one that is chosen, if one is."""
        row = self.currentRow()
        return self._proposals[row] if self.isVisible() and row >= 0 else None

    def _stand_below(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        widest = max(self.fontMetrics().horizontalAdvance(_line(p)) for p in self._proposals)
        width = max(self._field.width(), _WIDTH_LEAST, widest + 10 * GRID)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        left = max(0, min(corner.x(), window.width() - width - 2 * GRID))
        rows = min(len(self._proposals), _ROWS_SHOWN)
        self.setGeometry(left, corner.y(), width, rows * _ROW + 2 * self.frameWidth())
        self.raise_()


def _line(proposal: Proposal) -> str:
    return f"{proposal.text}   {proposal.remark}" if proposal.remark else proposal.text


def applied(text: str, proposal: Proposal) -> tuple[str, int]:
    """Return a text with a proposal taken, and where the cursor then stands."""
    before = text[: proposal.start] + proposal.text
    return before + text[proposal.end :], len(before)
