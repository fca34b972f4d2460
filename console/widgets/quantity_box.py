"""A field for a number that may be larger than Qt's, or unset, and is told in units or without."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QWidget
from typing_extensions import override

from console.sdk.look import GRID


@dataclass(frozen=True, slots=True)
class Measure:
    """How numbers are told: `words` of a number, `read` of words (None: they are none).

    `step` is how far an arrow leads from a number. `unset` is told where there is no number; ""
    where there always is one.
    """

    words: Callable[[int], str]
    read: Callable[[str], int | None]
    step: Callable[[int], int]
    unset: str = ""


class QuantityBox(QAbstractSpinBox):
    """A number, or None. What cannot be read as one stays where it is, and is no value."""

    edited = Signal()
    """The user has entered something else."""

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        self._minimum: int | None = None
        self._maximum: int | None = None
        self.lineEdit().setPlaceholderText(measure.unset)
        self.lineEdit().textEdited.connect(lambda _text: self.edited.emit())
        self.editingFinished.connect(self._tidy)

    def set_bounds(self, minimum: int | None, maximum: int | None) -> None:
        """Have the arrows lead no further; what is typed is judged elsewhere, with its reason."""
        self._minimum, self._maximum = minimum, maximum

    @property
    def is_readable(self) -> bool:
        """Whether what is entered is a number, or empty where that is a value."""
        text = self.text().strip()
        return self._measure.read(text) is not None if text else bool(self._measure.unset)

    @property
    def value(self) -> int | None:
        """The number entered; None without one."""
        return self._measure.read(self.text().strip())

    def set_value(self, value: int | None) -> None:
        """Show this number."""
        self.lineEdit().setText("" if value is None else self._measure.words(value))
        self.lineEdit().setCursorPosition(0)

    @override
    def sizeHint(self) -> QSize:
        """Take the room of the other fields."""
        return super().sizeHint().expandedTo(QSize(40 * GRID, 0))

    @override
    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed: a reason helps more than a key that does nothing."""
        return QValidator.State.Acceptable, text, pos

    @override
    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Lead up to the bounds."""
        if self.isReadOnly():
            return QAbstractSpinBox.StepEnabledFlag.StepNone
        value, found = self.value, QAbstractSpinBox.StepEnabledFlag.StepNone
        if value is None or self._maximum is None or value < self._maximum:
            found |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if value is not None and (self._minimum is None or value > self._minimum):
            found |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return found

    @override
    def stepBy(self, steps: int) -> None:
        """Go on by steps, to round numbers."""
        value = self.value
        if value is None:
            value = self._minimum or 0
        else:
            step = self._measure.step(value)
            whole = value // step if steps > 0 else -(-value // step)
            value = (whole + steps) * step
        self.set_value(self._within(value))
        self.selectAll()
        self.edited.emit()

    def _within(self, value: int) -> int:
        if self._minimum is not None:
            value = max(value, self._minimum)
        return value if self._maximum is None else min(value, self._maximum)

    def _tidy(self) -> None:
        value = self.value
        if value is not None and self._measure.words(value) != self.text():
            is_typed = self.lineEdit().isModified()
            self.set_value(value)
            self.lineEdit().setModified(is_typed)
