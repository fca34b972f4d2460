"""Alerts across the top of a page: what, since when, and what to do; each can be made silent."""

import time
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from backend.model import Alerts, Kind, Ref
from backend.thresholds import Alert
from console.sdk import alert_words, wording
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.mark import Mark
from console.sdk.nodes import Tone

SILENCE_S: Final = 3600.0
_SHOWN: Final = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


class AlertBanner(QFrame):
    """The alerts of one thing, the worst first; hidden without any."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[Ref | None, tuple[Alert, ...]] = (None, ())
        self.buttons: list[QPushButton] = []
        self.setAccessibleName(_tr("Alerts"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_subject(self, subject: Ref | None) -> None:
        """Show what is beyond its threshold of a thing at this moment."""
        found = subject and self._context.lookup.record(subject.of(Kind.ALERTS), Alerts)
        alerts = found.alerts if found else ()
        self.setVisible(bool(alerts))
        if self._shown == (subject, alerts):
            return
        # Its focus would be lost with the button: who pressed it stands where he stood.
        focused = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), -1)
        self._shown = (subject, alerts)
        self._clear()
        if subject and alerts:  # who has none needs none of the words
            for number, alert in enumerate(alert_words.worst_first(alerts)[:_SHOWN]):
                self._add(number, subject, alert)
        if len(alerts) > _SHOWN:
            words = _tr("and {count} more").format(count=len(alerts) - _SHOWN)
            self._grid.addWidget(ToneLabel(words, Tone.MUTED), _SHOWN, 1)
        if 0 <= focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def _clear(self) -> None:
        self.buttons.clear()
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _add(self, row: int, subject: Ref, alert: Alert) -> None:
        now = time.time()
        mark = Mark(20, alert_words.icon((alert,), now), alert_words.tone((alert,), now))
        text = ToneLabel(sentence(alert, now))
        text.setAccessibleName(alert_words.severity(alert.threshold.severity))
        text.setWordWrap(True)
        is_silent = alert.silent_until > now
        words = _tr("Hear Again") if is_silent else _tr("Silence for an Hour")
        button = QPushButton(icon("ph.bell" if is_silent else "ph.bell-slash"), words)
        button.setAccessibleName(f"{words}: {alert_words.brief(alert)}")
        button.clicked.connect(partial(self._silence, subject, alert, is_over=is_silent))
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(button, row, 2, top)
        self.buttons.append(button)

    def _silence(self, subject: Ref, alert: Alert, *, is_over: bool) -> None:
        until = 0.0 if is_over else time.time() + SILENCE_S
        self._context.thresholds.silence(subject, alert.threshold, alert.device, until)


def sentence(alert: Alert, now: float) -> str:
    """Return what is beyond its threshold, since when, and what to do about it."""
    told = f"{alert_words.brief(alert)} {alert_words.standing(alert, now)}."
    if alert.silent_until > now:
        until = wording.moment(alert.silent_until, now)
        return _tr("{alert} Silent until {moment}.").format(alert=told, moment=until)
    return f"{told} {alert_words.way_on(alert)}"
