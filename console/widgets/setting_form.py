"""A page of fields, each with a chip that says when it acts, a way back, and why below it."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSpacerItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.widgets.chip import Chip

_FIELD: Final = 64 * GRID
_LABEL: Final = 40 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("setting_form", text)


class SettingLine(QWidget):
    """One field: its name, the field, a chip, a way back, and a sentence below.

    Itself it is never shown: it holds the parts together, which stand in the form's grid.
    """

    taken_back = Signal()
    """The user wants back what was before."""

    def __init__(self, name: str, field: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.name, self.field = name, field
        self.label = QLabel(name)
        self.label.setBuddy(field)
        self.label.setWordWrap(True)
        self.chip = Chip()
        self.chip.setAccessibleName(_tr("When {field} acts").format(field=name))
        self.revert = QToolButton()
        self.revert.setAutoRaise(True)
        self.revert.setIcon(icon("ph.arrow-u-up-left"))
        self.revert.setText(_tr("Revert"))
        self.revert.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.revert.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.revert.setAccessibleName(_tr("Revert {field}").format(field=name))
        policy = self.revert.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.revert.setSizePolicy(policy)
        self.revert.clicked.connect(self.taken_back)
        self.remark = ToneLabel(tone=Tone.MUTED)
        self.remark.setWordWrap(True)
        self.remark.setAccessibleName(_tr("About {field}").format(field=name))
        self.remark.setContentsMargins(0, 0, 0, 2 * GRID)
        self.say("", Tone.MUTED)
        self.offer_revert("")
        if not field.accessibleName():
            field.setAccessibleName(name)

    def say(self, words: str, tone: Tone) -> None:
        """Say this below the field; "" is no line."""
        self.remark.set_tone(tone)
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        self.field.setAccessibleDescription(
            ". ".join(filter(None, (self.chip.text(), words.rstrip("."))))
        )

    def offer_revert(self, to: str) -> None:
        """Offer the way back, to what the words tell; "" offers none."""
        self.revert.setVisible(bool(to))
        self.revert.setToolTip(to)


class SettingForm(QWidget):
    """A title, a sentence, and fields below each other."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.lines: list[SettingLine] = []
        self.title = QLabel(title)
        font = QFont(self.title.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self.sentence = ToneLabel(sentence, Tone.MUTED)
        self.sentence.setWordWrap(True)
        self.sentence.setVisible(bool(sentence))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        # Fields are all as wide; they give way before the page would have to scroll sideways.
        self._grid.addItem(QSpacerItem(_FIELD, 0, QSizePolicy.Policy.Preferred), 0, 1)
        self._grid.setColumnStretch(3, 1)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(7 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(GRID)
        column.addLayout(self._grid)
        column.addLayout(self.foot)
        column.addStretch(1)

    def set_sentence(self, words: str) -> None:
        """Say this below the title."""
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))

    def add_heading(self, words: str) -> None:
        """Begin a part of the page."""
        heading = QLabel(words)
        font = QFont(heading.font())
        font.setBold(True)
        heading.setFont(font)
        heading.setContentsMargins(0, 3 * GRID, 0, 2 * GRID)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 4)

    def add(self, name: str, field: QWidget) -> SettingLine:
        """Put a field at the end; `name` stands before it."""
        line = SettingLine(name, field, self)
        row = self._grid.rowCount()
        field.setMaximumWidth(_FIELD)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        is_tall = field.sizeHint().height() > 12 * GRID
        if is_tall:
            self._grid.setRowMinimumHeight(row, GRID)
            row += 1
            self._grid.setRowMinimumHeight(row + 2, 2 * GRID)
            line.label.setContentsMargins(0, GRID, 0, 0)
        upright = Qt.AlignmentFlag.AlignTop if is_tall else Qt.AlignmentFlag.AlignVCenter
        self._grid.setRowMinimumHeight(row, 8 * GRID)
        self._grid.addWidget(line.label, row, 0, upright)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(line.chip, row, 2, upright | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(line.revert, row, 3, upright | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(line.remark, row + 1, 1, 1, 3)
        self.lines.append(line)
        return line
