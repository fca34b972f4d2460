"""The frame of the sheet: a list at the side, a page, what OK will do, and the buttons below."""

from collections.abc import Awaitable, Callable
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.sdk.context import Context
from console.sdk.dialog import EntryDialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.reading_order import fields
from console.sdk.script_button import ScriptButton
from console.widgets.entry_list import EntryList
from console.widgets.note_strip import NoteStrip
from console.widgets.outcome_lines import OutcomeLines

_SIDE = 68 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Frame(EntryDialog):
    """What stands around the pages. `act` hands in what was entered, to be done or to be read."""

    def __init__(self, context: Context, act: Callable[[Context], Awaitable[None]]) -> None:
        super().__init__(context)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMinimizeButtonHint)
        self.list = EntryList(_tr("Settings"))
        self.list.setFixedWidth(_SIDE)
        self.stack = QStackedWidget()
        self.note = NoteStrip(_tr("To know"))
        self.outcome = OutcomeLines(_tr("What OK will do"), _tr("Nothing has been changed yet."))
        self.said = ToneLabel(tone=Tone.BAD)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(_tr("How it stands"))
        self.xml_button = QPushButton(_tr("Show XML"))
        self.xml_button.setToolTip(_tr("What changes in the definition; the whole, without edits"))
        self.script_button = ScriptButton(context, _tr("Settings"), act, self.say)
        self.history_button = QPushButton(_tr("History..."))
        self.history_button.setToolTip(_tr("What was changed before, by whom, and undoing it"))
        self.cancel_button = QPushButton(_tr("Cancel"))
        self.apply_button = QPushButton(_tr("Apply"))
        self.ok_button = QPushButton(_tr("OK"))
        self.ok_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        for button in (
            self.xml_button,
            self.history_button,
            self.cancel_button,
            self.apply_button,
        ):
            button.setAutoDefault(False)
        self._lay_out()
        self.resize(245 * GRID, 175 * GRID)

    def enable(self, *, can_close: bool, can_apply: bool, why: str) -> None:
        """Have OK and Apply be on or off; `why` is told where they are off."""
        self.ok_button.setEnabled(can_close)
        self.apply_button.setEnabled(can_apply)
        self.script_button.setEnabled(can_apply)
        for button in (self.ok_button, self.apply_button):
            button.setToolTip("" if button.isEnabled() else why)

    def put_in_order(self, area: QScrollArea) -> None:
        """Have Tab lead from the list through this page to the buttons, as one reads."""
        page = area.widget()
        layout = page.layout() if page else None
        more = (self.xml_button, self.script_button, self.history_button)
        ends = (*more, self.cancel_button, self.apply_button, self.ok_button)
        inside = fields(layout) if layout else ()
        chain = [self.list, *self.note.buttons(), *inside, self.outcome.area, *ends]
        for one, next_one in pairwise(chain):
            QWidget.setTabOrder(one, next_one)

    def say(self, text: str, tone: Tone) -> None:
        """Say how it stands, above the buttons; "" is no line."""
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def add_page(self, page: QWidget) -> QScrollArea:
        """Put a page behind the others; it scrolls where it is too long."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setWidget(page)
        area.setAccessibleName(page.accessibleName())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have the keyboard, and scroll it
        area.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        self.stack.addWidget(area)
        return area

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.note)
        right.addWidget(self.stack, 1)
        self.said.setContentsMargins(7 * GRID, 0, 7 * GRID, 2 * GRID)
        for part in (_line(), self.outcome, self.said):
            right.addWidget(part)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.list)
        upper.addWidget(_line(QFrame.Shape.VLine))
        upper.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(4 * GRID, 2 * GRID + 2, 4 * GRID, 2 * GRID + 2)
        foot.setSpacing(2 * GRID)
        for button in (self.xml_button, self.script_button, self.history_button):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.cancel_button, self.apply_button, self.ok_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(_line())
        column.addLayout(foot)
        self.say("", Tone.BAD)


def _line(shape: QFrame.Shape = QFrame.Shape.HLine) -> QFrame:
    """Return a quiet line between two parts."""
    line = QFrame()
    line.setAutoFillBackground(True)
    line.setBackgroundRole(QPalette.ColorRole.Midlight)
    line.setFrameShape(QFrame.Shape.NoFrame)
    if shape is QFrame.Shape.HLine:
        line.setFixedHeight(1)
    else:
        line.setFixedWidth(1)
    return line
