"""A field that filters while one types; Escape empties it, then gives the focus back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from typing_extensions import override

from console.sdk.look import icon
from console.sdk.nodes import Tone
from console.widgets.proposals import Proposal, ProposalList, applied

Propose = Callable[[str, int], Sequence[Proposal]]
"""From a text and the place of the cursor in it to how it could go on."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("filter_box", text)


class FilterBox(QLineEdit):
    """A line for words to look for, with proposals below it if it was given any.

    Ctrl+Space proposes everything; Down and Up choose, Return and Tab take what is chosen.
    """

    words_changed = Signal(str)
    """str: what is looked for now, without blanks around it."""
    left = Signal()
    """The user pressed Down, Return or Escape: the list wants the focus."""
    help_asked = Signal()
    """The user wants to know what can be typed."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(_tr("Clear"))
        self.setMinimumWidth(160)
        self.setMinimumHeight(30)
        self._lens = QAction(self)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self._help = QAction(_tr("What can be typed here (F1)"), self)
        self._help.triggered.connect(self._ask_for_help)
        self._propose: Propose | None = None
        self._list = ProposalList(self)
        self._list.taken.connect(self._take)
        self.textEdited.connect(self._on_edited)
        self._lens.setIcon(icon("ph.magnifying-glass", Tone.MUTED))
        self._help.setIcon(icon("ph.question", Tone.MUTED))
        self.textChanged.connect(lambda text: self.words_changed.emit(text.strip()))

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for a sentence."""
        return QSize(340, 30)

    def offer(self, propose: Propose) -> None:
        """Propose from now on how what is typed could go on, and offer help."""
        if self._propose is None:
            self.addAction(self._help, QLineEdit.ActionPosition.TrailingPosition)
        self._propose = propose

    @override
    def event(self, event: QEvent) -> bool:
        """Have Tab while a proposal is chosen."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            chosen = self._list.chosen()
            if event.key() == Qt.Key.Key_Tab and chosen is not None:
                self._take(chosen)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer through what is proposed; leave to the list where the keys say so."""
        key = event.key()
        if self._steer(key, event.modifiers()):
            return
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif key in (Qt.Key.Key_Down, *_RETURN):
            self._list.propose(())
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Propose nothing while somebody else has the keyboard."""
        super().focusOutEvent(event)
        self._list.propose(())

    def _steer(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key does to the proposals; return whether it does anything."""
        if key == Qt.Key.Key_Space and modifiers & Qt.KeyboardModifier.ControlModifier:
            self._show_proposals()
        elif not self._list.isVisible():
            return False
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._list.propose(())
        elif key in _RETURN and (chosen := self._list.chosen()):
            self._take(chosen)
        else:
            return False
        return True

    def _ask_for_help(self) -> None:
        self.setFocus()  # the help is about what has the keyboard
        self.help_asked.emit()

    def _on_edited(self) -> None:
        before = self.text()[: self.cursorPosition()]
        # At the beginning of a word nobody has asked yet.
        if before and not before[-1].isspace():
            self._show_proposals()
        else:
            self._list.propose(())

    def _show_proposals(self) -> None:
        self._list.propose(
            self._propose(self.text(), self.cursorPosition()) if self._propose else ()
        )

    def _take(self, proposal: Proposal) -> None:
        text, cursor = applied(self.text(), proposal)
        self.setText(text)
        self.setCursorPosition(cursor)
        self.setFocus()
        # A field's name leads to its values.
        is_begun = text[:cursor].endswith((":", "="))
        self._list.propose(self._propose(text, cursor) if self._propose and is_begun else ())


_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
