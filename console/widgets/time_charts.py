"""Charts that share one time: one axis, one cross-hair, the same marks, moved by hand or by key."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID
from console.widgets.chart import Chart
from console.widgets.time_keys import leave, press_key
from console.widgets.time_span import ticks
from console.widgets.time_view import TimeView

_TICK_WIDTH: Final = 110
_WIDTH_FOR_TWO: Final = 720
_HEIGHT_FOR_ONE: Final = 480
_ZOOM: Final = 1.25


class TimeCharts(QWidget):
    """Charts one below the other, or two beside two where it is wide and low.

    By hand: a drag moves what is seen, the wheel looks nearer, a click pins the cross-hair. By
    keyboard: see `time_keys`.
    """

    described = Signal()
    """What stands at the cross-hair, or is newest, is told anew."""

    def __init__(
        self, name: str, charts: Sequence[Chart], view: TimeView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.charts = tuple(charts)
        self.shown = self.charts
        self.view = view
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self._columns = 0
        self._is_wide = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.crossed.connect(self._show_cross)
        view.moved.connect(self.show_time)
        for chart in self.charts:
            plane = chart.plane
            plane.pointed.connect(self._on_pointed)
            plane.left.connect(self._on_left)
            plane.dragged.connect(view.move)
            plane.turned.connect(lambda notches, at: view.zoom(_ZOOM**-notches, at))
            plane.pressed.connect(self._on_pressed)
        self._arrange(1)

    def show_time(self) -> None:
        """Have axes and marks stand as the view has them now."""
        width = self.shown[0].width() if self.shown else 1
        found = ticks(self.view.span, max(1, width // _TICK_WIDTH))
        lowest = self.shown[-self._columns :]
        for chart in self.shown:
            chart.plane.show_time(found if chart in lowest or self._columns == 2 else ())
            chart.plane.show_marks(self.view.marks, with_words=False)

    def account(self) -> str:
        """Return all values at the cross-hair, or the newest, in words."""
        return "; ".join(filter(None, (chart.values_at_cross() for chart in self.shown)))

    def brief(self) -> str:
        """Return one value of each chart at the cross-hair, in few words."""
        return "   ".join(filter(None, (chart.brief() for chart in self.shown)))

    def show_only(self, charts: Sequence[Chart]) -> None:
        """Share the room among these; the others are not seen."""
        self.shown = tuple(charts)
        for chart in self.charts:
            chart.setVisible(chart in self.shown)
        self._columns = 0
        self._arrange(self._columns_wanted())
        self.show_time()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross-hair or what is seen."""
        if not press_key(self.view, event):
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say what is so now again, unless the cross-hair is pinned."""
        super().focusOutEvent(event)
        leave(self.view)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand two beside two where that gives each more room."""
        super().resizeEvent(event)
        parent = self.parentWidget()
        height = min(self.height(), parent.height()) if parent else self.height()
        self._is_wide = self.width() >= self._width_for_two and height < _HEIGHT_FOR_ONE
        self._arrange(self._columns_wanted())
        self.show_time()

    def _show_cross(self) -> None:
        for chart in self.charts:
            chart.show_cross(self.view.cross, is_pinned=self.view.is_pinned)
        self.setAccessibleDescription(self.account())
        self.described.emit()

    def _on_pointed(self, second: float) -> None:
        if not self.view.is_pinned:
            self.view.set_cross(second)

    def _on_left(self) -> None:
        if not self.hasFocus() and not self.view.is_pinned:
            self.view.set_cross(None)

    def _on_pressed(self, second: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.view.set_cross(second, pin=not self.view.is_pinned)

    @property
    def _width_for_two(self) -> int:
        each = max((chart.width_least for chart in self.charts), default=0)
        return max(_WIDTH_FOR_TWO, 2 * each + self._grid.horizontalSpacing())

    def _columns_wanted(self) -> int:
        return 2 if self._is_wide and len(self.shown) > 1 else 1

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, chart in enumerate(self.shown):
            self._grid.addWidget(chart, index // columns, index % columns)
        rows = math.ceil(len(self.shown) / columns)
        for row in range(len(self.charts)):
            self._grid.setRowStretch(row, 1 if row < rows else 0)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)
        self._grid.setColumnStretch(0, 1)
