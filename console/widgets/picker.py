"""A choice of one thing among named ones; there only where there is something to choose."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget


class Picker(QComboBox):
    """Shows what may be chosen; what was chosen stays chosen while it is offered."""

    chosen = Signal(str)
    """str: the id of what the user chose."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.hide()
        self.activated.connect(lambda _index: self.chosen.emit(self.current))

    @property
    def current(self) -> str:
        """The id of what is chosen; "" where there is nothing to choose."""
        return str(self.currentData() or "")

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Let the user choose among these (id, words); of one there is no choice."""
        if tuple(choices) != self._offered:
            before = self.currentData()
            self._offered = tuple(choices)
            self.clear()
            for choice_id, words in choices:
                self.addItem(words, choice_id)
            self.setCurrentIndex(max(0, self.findData(before)) if choices else -1)
        self.setVisible(len(choices) > 1)
