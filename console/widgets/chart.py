"""A graph with a legend that says what stands where the cross-hair is, and takes curves away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk import wording
from console.sdk.look import GRID
from console.widgets.plane import Curve, Plane, ink_of

_DOT: Final = 9
_NEAR_S: Final = 2.0
_HEIGHT_LEAST: Final = 24 * GRID
_NOTHING: Final = "\N{EN DASH}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("chart", text)


class LegendKey(QToolButton):
    """The name of a curve and a value of it. Pressed, the curve is drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setCheckable(True)
        self.setChecked(True)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_DOT, _DOT))

    @override
    def sizeHint(self) -> QSize:
        """Take as much room at the right as at the left: Qt adds two spaces there."""
        hint = super().sizeHint()
        return QSize(hint.width() - self.fontMetrics().horizontalAdvance("  "), hint.height())

    def tell(self, value: str, unit: str, colour: QColor) -> None:
        """Say the curve's value at the cross-hair, "" where there is none."""
        self.setIcon(_dot(colour, is_full=self.isChecked()))
        words = f"{self.name} {value}" if value else self.name
        if words != self.text():
            self.setText(words)
        self.setAccessibleName(f"{words} {unit}" if value else words)
        self.setToolTip(_tr("Show or hide: {curve}").format(curve=self.name))


class Chart(QWidget):
    """Curves of one unit over the time that it shares with other charts.

    `choices_changed` tells which of the things named by `offer` is to be drawn.
    """

    choice_changed = Signal(str)
    """str: the id of what was chosen."""

    def __init__(
        self, title: str, *, ceiling: float | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._unit = ""
        self._curves: tuple[Curve, ...] = ()
        self._span_s = 1.0
        self._cross: float | None = None
        self._keys: dict[str, LegendKey] = {}
        self.plane = Plane(ceiling=ceiling)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_tr("{chart} of").format(chart=title))
        self.choice.hide()
        self.choice.activated.connect(self._on_choice)
        self._name, self._unit_label = QLabel(title), QLabel()
        self._unit_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._legend = QHBoxLayout()
        self._legend.setSpacing(GRID)
        self._lay_out()
        self.setAccessibleName(title)
        self.setMinimumHeight(_HEIGHT_LEAST)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Let the user choose among these (id, words); with fewer than three there is no choice."""
        known = [
            (self.choice.itemData(i), self.choice.itemText(i)) for i in range(self.choice.count())
        ]
        if known != list(choices):
            before = self.choice.currentData()
            self.choice.clear()
            for choice_id, words in choices:
                self.choice.addItem(words, choice_id)
            self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        self.choice.setVisible(len(choices) > 2)  # the whole, and one that is the same

    def show_curves(self, curves: tuple[Curve, ...], unit: str, span_s: float) -> None:
        """Draw these; a curve that the user took away stays away."""
        if unit != self._unit:
            self._unit = unit
            self._unit_label.setText(unit)
            self.setAccessibleName(f"{self.title}, {unit}")
            self.plane.forget_top()
        self._curves, self._span_s = curves, span_s
        self._settle_keys()
        self._draw()

    def show_cross(self, second: float | None) -> None:
        """Say what stands at a second; None: at the newest."""
        self._cross = second
        self.plane.show_cross(second)
        self._tell()

    def values_at_cross(self) -> str:
        """Return what stands there, in words."""
        told = [f"{curve.name} {words}" for curve in self._curves if (words := self._value(curve))]
        return f"{self.title} {', '.join(told)} {self._unit}" if told else ""

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_legend"):
            self._tell()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self._name)
        top.addWidget(self._unit_label)
        top.addLayout(self._legend)
        top.addStretch(1)
        top.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.plane, 1)

    def _settle_keys(self) -> None:
        names = [curve.name for curve in self._curves]
        if names == list(self._keys):
            return
        before = {name: key.isChecked() for name, key in self._keys.items()}
        for key in self._keys.values():
            self._legend.removeWidget(key)
            key.hide()
            key.deleteLater()
        self._keys = {name: LegendKey(name) for name in names}
        for name, key in self._keys.items():
            key.setChecked(before.get(name, True))
            key.toggled.connect(self._draw)
            self._legend.addWidget(key)

    def _draw(self) -> None:
        shown = [
            curve
            if self._keys[curve.name].isChecked()
            else Curve(curve.name, (), (), "", curve.ink)
            for curve in self._curves
        ]
        self.plane.show_curves(shown, self._span_s)
        self._tell()

    def _tell(self) -> None:
        for index, curve in enumerate(self._curves):
            colour = ink_of(curve, index).colour(self.palette())
            self._keys[curve.name].tell(self._value(curve), self._unit, colour)
        self.setAccessibleDescription(self.values_at_cross())

    def _value(self, curve: Curve) -> str:
        if self._cross is None:
            return curve.newest
        near = [
            (abs(second - self._cross), value)
            for second, value in zip(curve.seconds, curve.values, strict=True)
            if value is not None and abs(second - self._cross) <= _NEAR_S
        ]
        return wording.number(min(near)[1]) if near else _NOTHING

    def _on_choice(self, _index: int) -> None:
        self.plane.forget_top()
        self.choice_changed.emit(self.choice.currentData())


def _dot(colour: QColor, *, is_full: bool) -> QIcon:
    picture = QPixmap(4 * _DOT, 4 * _DOT)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidth(5)
    painter.setPen(pen)
    painter.setBrush(colour if is_full else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(picture.rect().adjusted(4, 4, -5, -5))
    painter.end()
    return QIcon(picture)
