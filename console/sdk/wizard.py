"""The frame of wizards: steps at the side, one page at a time, Back, Next, Finish and Cancel."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.sdk.by_keys import begin_by_keys, is_by_keys
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.reading_order import put_in_order
from console.sdk.wizard_page import WizardPage

_SIDE = 52 * GRID
_SIZE = QSize(225 * GRID, 150 * GRID)
_TITLE_SCALE = 1.4
_Role = QPalette.ColorRole


def _tr(text: str) -> str:
    return QCoreApplication.translate("wizard", text)


class StepList(QWidget):
    """What the steps are called, one below the other; the one that is shown now is bold."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_tr("Steps"))
        self.setFixedWidth(_SIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 3 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(3 * GRID)
        column.addLayout(self._steps)
        column.addStretch(1)
        self._labels: list[QLabel] = []

    def show_steps(self, steps: Sequence[str], current: int) -> None:
        """Show these; the one of number `current` is where one stands."""
        while len(self._labels) < len(steps):
            label = QLabel()
            label.setWordWrap(True)
            self._labels.append(label)
            self._steps.addWidget(label)
        for number, label in enumerate(self._labels):
            label.setVisible(number < len(steps))
            if number >= len(steps):
                continue
            font = self.font()
            font.setBold(number == current)
            label.setFont(font)
            label.setText(steps[number])
            told = _tr("{step}, step {number} of {count}")
            here = told.format(step=steps[number], number=number + 1, count=len(steps))
            label.setAccessibleDescription(_tr("{step}: you are here").format(step=here))
            if number != current:
                label.setAccessibleDescription(here)


class Wizard(Dialog):
    """A dialog of several pages. Override `act`, or else `confirm`, as of any dialog.

    Next goes on from a page that has no reason against it, Finish does what the wizard is for from
    whichever page as soon as no page has one. With an `ending`, that page is shown when Finish is
    done, and the wizard stays until it is closed; else it closes.
    """

    def __init__(
        self,
        context: Context,
        title: str,
        finish_text: str,
        pages: Sequence[WizardPage],
        ending: WizardPage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, title, finish_text, parent)
        self.pages = tuple(pages)
        self.ending = ending
        self.page = self.pages[0]
        for page in (*self.pages, *((ending,) if ending else ())):
            self._stack.addWidget(_scrolling(page) if page.is_tall else page)
            page.edited.connect(self._judge)
            self.finished.connect(page.leave)
        self.back_button.clicked.connect(lambda: self._go(-1))
        self.next_button.clicked.connect(lambda: self._go(1))
        self._show_page(self.page)

    @property
    def is_ended(self) -> bool:
        """Whether what it is for was handed in, and its last page shows what comes of that."""
        return self.page is self.ending

    @property
    @override
    def is_typed_in(self) -> bool:
        return not self.is_ended and super().is_typed_in

    @property
    @override
    def refusal(self) -> str:
        """Why Finish is not possible now, on whichever page; "" if it is."""
        return next((why for page in self.way() if (why := page.judge()[0])), "")

    def way(self) -> list[WizardPage]:
        """Return the pages that one goes through, as they stand now."""
        return [page for page in self.pages if page.applies()]

    @override
    def conclude(self) -> None:
        """Show what comes of it, or close where there is nothing to show."""
        if self.ending is None:
            super().conclude()
            return
        for button in (self.next_button, self.ok_button):
            button.hide()
        for button in self._end_buttons:
            button.show()
        self.cancel_button.setText(_tr("Close"))
        self._show_page(self.ending)

    def add_end_button(self, button: QPushButton) -> None:
        """Have a button beside Close, once the wizard has ended."""
        button.setAutoDefault(False)
        button.hide()
        self._end_buttons.append(button)
        self._row.insertWidget(self._row.indexOf(self.cancel_button), button)

    @override
    def put_in_order(self) -> QWidget | None:
        """Have Tab go through the page that is shown, then Next, Finish, Cancel and Back."""
        going = (self.back_button, self.next_button, self.ok_button)
        buttons = (self.script_button, *going, *self._end_buttons, self.cancel_button)
        first = put_in_order(self.page.content, *buttons)
        return self._ready() if first in buttons else first

    def retitle(self) -> None:
        """Say the page's title and sentence, and what the steps are called, as they are now."""
        self._title.setText(self.page.title)
        self._sentence.set_tone(self.page.tone)
        self._sentence.setText(self.page.sentence)
        self._sentence.setVisible(bool(self.page.sentence))
        way = self.way()
        steps = [*way, self.ending] if self.ending else way
        current = steps.index(self.page) if self.page in steps else -1
        self._steps.show_steps([page.step for page in steps], current)

    def _go(self, by: int) -> None:
        way = self.way()
        place = way.index(self.page) + by
        if not self.is_busy and 0 <= place < len(way):
            self._show_page(way[place])

    def _show_page(self, page: WizardPage) -> None:
        self.page = page
        was_by_keys = is_by_keys(self)
        page.enter()
        self._stack.setCurrentIndex((*self.pages, self.ending).index(page))
        self._judge()
        self._default().setDefault(True)
        first = self.put_in_order()
        if first and self.isVisible():
            # The stack has given it the keyboard by now, but not all of it selected to type over.
            first.clearFocus()
            first.setFocus(Qt.FocusReason.TabFocusReason)
            if was_by_keys:
                begin_by_keys(self)  # turning the page, the stack has had Qt forget it
        if not isinstance(first, QPushButton):
            # Where the button that had the keyboard was hidden, Qt has taken it for good.
            self._default().setDefault(True)

    def _default(self) -> QPushButton:
        if self.is_ended:
            return self.cancel_button
        return self.next_button if self.page is not self.way()[-1] else self.ok_button

    def _ready(self) -> QPushButton:
        """Return the default; where that is off, what leads to the reason, or out."""
        ways = (self._default(), self.back_button, self.cancel_button)
        return next((button for button in ways if button.isEnabled()), self.cancel_button)

    def _judge(self) -> None:
        self.retitle()
        self.set_refusal(*self.page.judge())
        self._progress.setVisible(self.page.is_looking or self.is_busy)
        self._reason.setVisible(not self.is_ended)
        if self.page.is_looking:
            self._say(self._refusal, Tone.MUTED)
        elif not self._refusal and not self.is_busy and self.page is self.way()[-1]:
            # One that looks for why Finish is off is at the end, and far from where the reason is.
            self._say(self._reason_elsewhere(), Tone.WARNING)

    def _reason_elsewhere(self) -> str:
        against = next((page for page in self.way() if page.judge()[0]), None)
        return f"{against.step}: {against.judge()[0]}" if against else ""

    @override
    def _enable(self) -> None:
        if not hasattr(self, "page"):
            return
        way = self.way()
        against = next((page for page in way if page.judge()[0]), None)
        is_free = not self.is_busy and not self.is_ended
        can_finish = is_free and against is None
        self.ok_button.setEnabled(can_finish)
        self.script_button.setEnabled(not self.is_busy and against is None)
        self.back_button.setEnabled(is_free and self.page is not way[0])
        can_go_on = is_free and not self.page.judge()[0]
        self.next_button.setEnabled(can_go_on and self.page is not way[-1])
        self.ok_button.setToolTip(self._reason_elsewhere())

    @override
    def _lay_out(self) -> None:
        self._steps = StepList()
        self._title, self._sentence = _title(), ToneLabel(tone=Tone.MUTED)
        self._sentence.setWordWrap(True)
        self._stack = QStackedWidget()
        main = _ground(QWidget(), _Role.Base)
        inside = QVBoxLayout(main)
        inside.setContentsMargins(7 * GRID, 5 * GRID, 7 * GRID, 3 * GRID)
        inside.setSpacing(3 * GRID)
        inside.addWidget(self._title)
        inside.addWidget(self._sentence)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._reason)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(_ground(self._steps, _Role.Window))
        across.addWidget(_line(QFrame.Shape.VLine))
        across.addWidget(main, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(across, 1)
        outer.addWidget(_line(QFrame.Shape.HLine))
        outer.addLayout(self._foot())
        self.resize(_SIZE)

    def _foot(self) -> QVBoxLayout:
        # Its room is kept, so that nothing jumps when something was found.
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        foot = QVBoxLayout()
        foot.setContentsMargins(4 * GRID, GRID, 4 * GRID, 3 * GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self._progress)
        foot.addLayout(self._button_row())
        return foot

    def _button_row(self) -> QHBoxLayout:
        self.script_button.setVisible(type(self).act is not Dialog.act)
        self.back_button, self.next_button = QPushButton(_tr("Back")), QPushButton(_tr("Next"))
        for button, keys in ((self.back_button, "Alt+Left"), (self.next_button, "Alt+Right")):
            button.setShortcut(keys)
            button.setToolTip(keys)
        # A box of buttons puts them as the desktop has it; those of a wizard stand as one goes.
        for button in (self.script_button, self.ok_button, self.cancel_button):
            self._buttons.removeButton(button)
        self._buttons.deleteLater()
        self.ok_button.clicked.connect(self._on_ok)
        self.cancel_button.clicked.connect(self.reject)
        self._end_buttons: list[QPushButton] = []
        self._row = row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.script_button)
        row.addStretch(1)
        for button in (self.back_button, self.next_button, self.ok_button, self.cancel_button):
            row.addWidget(button)
        return row


def _title() -> ToneLabel:
    label = ToneLabel()
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
    font.setBold(True)
    label.setFont(font)
    label.setWordWrap(True)
    return label


def _scrolling(page: WizardPage) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is asked for has the keyboard
    area.setWidget(page)
    area.setMinimumWidth(page.minimumSizeHint().width())
    for part in (area.viewport(), page):
        part.setBackgroundRole(_Role.Base)
    return area


def _ground(widget: QWidget, role: QPalette.ColorRole) -> QWidget:
    widget.setBackgroundRole(role)
    widget.setAutoFillBackground(True)
    return widget


def _line(shape: QFrame.Shape) -> QFrame:
    line = QFrame()
    line.setFrameShape(shape)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(_Role.Midlight)
    line.setLineWidth(1)
    return line
