"""Buttons for how much time is seen, and whether what is seen goes on."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from console.sdk.look import GRID
from console.widgets.flow import Flow
from console.widgets.time_view import TimeView

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
_TOLERANCE: Final = 0.01


def _tr(text: str) -> str:
    return QCoreApplication.translate("span_bar", text)


def lengths() -> tuple[tuple[float, str, str], ...]:
    """Return what can be chosen: seconds, and the words on the button and for a screen reader."""
    return (
        (_MINUTE, _tr("1 min"), _tr("Show 1 minute")),
        (10 * _MINUTE, _tr("10 min"), _tr("Show 10 minutes")),
        (_HOUR, _tr("1 h"), _tr("Show 1 hour")),
        (_DAY, _tr("1 day"), _tr("Show 1 day")),
        (7 * _DAY, _tr("1 week"), _tr("Show 1 week")),
        (30 * _DAY, _tr("1 month"), _tr("Show 1 month")),
        (365 * _DAY, _tr("1 year"), _tr("Show 1 year")),
    )


class SpanBar(QWidget):
    """Live, and lengths of time; one is pressed while exactly so much is seen."""

    def __init__(
        self,
        view: TimeView,
        offered: Sequence[tuple[float, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self.live = _button(_tr("Live"), _tr("Show what is so now"))
        self.live.clicked.connect(self._on_live)
        self.buttons: dict[float, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.live, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(2 * GRID)
        flow = Flow(GRID)
        row.addLayout(flow, 1)
        for length_s, words, name in offered:
            button = _button(words, name)
            button.clicked.connect(lambda _=False, chosen=length_s: self._on_length(chosen))
            self.buttons[length_s] = button
            self._group.addButton(button)
            flow.addWidget(button)
        view.moved.connect(self._show)
        self._show()

    def _on_live(self) -> None:
        self._view.go_live()
        self._show()

    def _on_length(self, length_s: float) -> None:
        self._view.set_length(length_s)
        self._show()

    def _show(self) -> None:
        self.live.setChecked(self._view.is_live)
        seen_s = self._view.span.length_s
        self._group.setExclusive(False)  # maybe none of them is what is seen
        for length_s, button in self.buttons.items():
            button.setChecked(abs(seen_s - length_s) <= _TOLERANCE * length_s)
        # Without it Qt would have Tab lead to one of them, and no arrow key to the others.
        self._group.setExclusive(True)


def _button(words: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
