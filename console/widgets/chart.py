"""A graph with a legend that says what stands where the cross-hair is, and takes curves away."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID
from console.widgets.abreast import Abreast
from console.widgets.curve import Curve, ink_of
from console.widgets.flow import Flow
from console.widgets.picker import Picker
from console.widgets.time_plane import TimePlane
from console.widgets.time_span import Span

_DOT: Final = 9
_NEAR_LEAST_S: Final = 2.0
_NEAR_SHARE: Final = 1 / 100
_WIDTH_LEAST: Final = 50 * GRID
_HEIGHT_LEAST: Final = 24 * GRID
_NOTHING: Final = "\N{EN DASH}"
_LEGEND_LEAST: Final = 24 * GRID
_NAMED: Final = 12
"""So many curves are named; the keys of a hundred processors would leave no room for the chart."""


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
        self.setToolTip(_tr("Show or hide: {curve}").format(curve=name))
        self._told: tuple[object, ...] = ()

    @override
    def sizeHint(self) -> QSize:
        """Take as much room at the right as at the left: Qt adds two spaces there."""
        hint = super().sizeHint()
        return QSize(hint.width() - self.fontMetrics().horizontalAdvance("  "), hint.height())

    def tell(self, value: str, unit: str, colour: QColor) -> None:
        """Say the curve's value at the cross-hair, "" where there is none."""
        words = f"{self.name} {value}" if value else self.name
        told = (words, unit, colour.rgba(), self.isChecked())
        if told == self._told:
            return  # each of these would have the legend laid out anew
        self._told = told
        self.setIcon(_dot(colour, is_full=self.isChecked()))
        self.setText(words)
        self.setAccessibleName(f"{words} {unit}" if value else words)


class Chart(QWidget):
    """Curves of one unit over the time that it shares with other charts.

    What is drawn is chosen by `aspect` (what is measured) and `choice` (of which device).
    """

    def __init__(
        self, title: str, *, ceiling: float | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._unit = ""
        self.curves: tuple[Curve, ...] = ()
        self._span = Span(-1.0, 0.0)
        self._cross: float | None = None
        self._keys: dict[str, LegendKey] = {}
        self.plane = TimePlane(ceiling=ceiling)
        self.aspect = Picker(_tr("What {chart} shows").format(chart=title))
        self.choice = Picker(_tr("{chart} of").format(chart=title))
        for picker in (self.aspect, self.choice):
            picker.chosen.connect(self.plane.forget_top)
        self._name, self._unit_label = QLabel(title), QLabel()
        self._unit_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._legend = Flow(GRID)
        self._head = Abreast(lambda: self.width_least)
        self._more = QLabel()
        self._more.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        self.setAccessibleName(title)
        self.setMinimumSize(_WIDTH_LEAST, _HEIGHT_LEAST)

    @property
    def unit(self) -> str:
        """What the figures are told in."""
        return self._unit

    @property
    def shown(self) -> tuple[Curve, ...]:
        """The curves that the user did not take away."""
        return tuple(curve for curve in self.curves if self._keys[curve.name].isChecked())

    @property
    def width_least(self) -> int:
        """What its name, what can be chosen and a part of its legend take beside each other."""
        parts = (self._name, self._unit_label, self.aspect, self.choice)
        shown = [part.sizeHint().width() for part in parts if not part.isHidden()]
        return sum(shown) + len(shown) * 2 * GRID + _LEGEND_LEAST

    def show_curves(self, curves: tuple[Curve, ...], unit: str, span: Span) -> None:
        """Draw these; a curve that the user took away stays away."""
        if unit != self._unit:
            self._unit = unit
            self._unit_label.setText(unit)
            self.setAccessibleName(f"{self.title}, {unit}")
            self.plane.measure_in(unit)
        self.curves, self._span = curves, span
        self._settle_keys()
        self._draw()

    def show_cross(self, second: float | None, *, is_pinned: object = False) -> None:
        """Say what stands at a second; None: at the newest."""
        self._cross = second
        self.plane.show_cross(second, is_pinned=is_pinned)
        self._tell()

    def values_at_cross(self) -> str:
        """Return what is known there of what is drawn, in words."""
        values = [(curve.name, self._value(curve)) for curve in self.shown]
        told = [f"{name} {value}" for name, value in values if value not in ("", _NOTHING)]
        return f"{self.title} {', '.join(told)} {self._unit}" if told else ""

    def brief(self) -> str:
        """Return the first of what is known there, in few words."""
        values = (self._value(curve) for curve in self.shown)
        known = next((value for value in values if value not in ("", _NOTHING)), "")
        return f"{self.title} {known} {self._unit}".strip() if known else ""

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_legend"):
            self._tell()

    def _lay_out(self) -> None:
        told = QHBoxLayout()
        key = LegendKey("")
        key.tell(self.title, "", QColor())
        top = Qt.AlignmentFlag.AlignTop
        for label in (self._name, self._unit_label):
            label.setMinimumHeight(key.sizeHint().height())
            told.addWidget(label, 0, top)  # beside the first line of a legend of several
        told.addLayout(self._legend, 1)
        choices = QHBoxLayout()
        choices.setAlignment(top)
        choices.addWidget(self.aspect)
        choices.addWidget(self.choice)
        choices.addStretch(0)
        for row in (told, choices, self._head):
            row.setSpacing(2 * GRID)
        self._head.addLayout(told, 1)
        self._head.addLayout(choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._head)
        column.addWidget(self.plane, 1)

    def _settle_keys(self) -> None:
        names = [curve.name for curve in self.curves]
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
            key.setParent(self)
        for number, key in enumerate(self._keys.values()):
            key.setVisible(number < _NAMED)
            if number < _NAMED:
                self._legend.addWidget(key)
        # The keys are made last of all, and stand before what can be chosen.
        order = (self.aspect, *self._keys.values(), self.aspect, self.choice)
        for one, following in pairwise(order):
            self.setTabOrder(one, following)
        self._legend.removeWidget(self._more)
        self._legend.addWidget(self._more)
        others = len(names) - _NAMED
        self._more.setText(_tr("and {count} more").format(count=others))
        self._more.setVisible(others > 0)

    def _draw(self) -> None:
        # One that was taken away keeps its place, and with it the ink of the others.
        drawn = [
            curve
            if self._keys[curve.name].isChecked()
            else Curve(curve.name, (), (), "", curve.ink)
            for curve in self.curves
        ]
        self.plane.show_curves(drawn, self._span)
        self._tell()

    def _tell(self) -> None:
        for index, curve in enumerate(self.curves):
            colour = ink_of(curve, index).colour(self.palette())
            self._keys[curve.name].tell(self._value(curve), self._unit, colour)
        self.setAccessibleDescription(self.values_at_cross())
        others = self.curves[_NAMED:]
        self._more.setToolTip("\n".join(f"{one.name} {self._value(one)}" for one in others))

    def _value(self, curve: Curve) -> str:
        if self._cross is None:
            return curve.newest
        within_s = max(_NEAR_LEAST_S, self._span.length_s * _NEAR_SHARE)
        place = curve.near(self._cross, within_s)
        value = None if place is None else curve.values[place]
        return _NOTHING if value is None else curve.words(value)


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
