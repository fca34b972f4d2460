"""What belongs to a choice: the fields of what is chosen, in one place below the choices."""

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone


def align(*forms: QFormLayout) -> None:
    """Have the fields of these forms, one below the other, begin in one line."""
    rows = [(form, row) for form in forms for row in range(form.rowCount())]
    items = (form.itemAt(row, QFormLayout.ItemRole.LabelRole) for form, row in rows)
    labels = [label for item in items if item and (label := item.widget())]
    width = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(width)


class Parts(QWidget):
    """One form a choice. Only the chosen one is shown, so that only that is in Tab's way."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GRID, 0, 0)
        self._column.setSpacing(0)
        self._parts: dict[str, QWidget] = {}

    def add(self, key: str, form: QFormLayout | None, sentence: str = "") -> None:
        """Have this for the choice of that key; the first is shown."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        if sentence:
            label = ToneLabel(sentence, Tone.MUTED)
            label.setWordWrap(True)
            column.addWidget(label)
        if form is not None:
            column.addLayout(form)
        part.setVisible(not self._parts)
        self._parts[key] = part
        self._column.addWidget(part)

    def show_part(self, key: str) -> None:
        """Show what belongs to that choice."""
        for name, part in self._parts.items():
            part.setVisible(name == key)
