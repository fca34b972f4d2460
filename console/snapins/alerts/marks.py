"""The marks in the tree: what is beyond its threshold there, and how bad that is."""

import time

from PySide6.QtCore import QCoreApplication

from backend.model import Alerts, Kind, Record
from console.sdk import alert_words
from console.sdk.nodes import Mark, MarkRule, Tone


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


def rules() -> tuple[MarkRule, ...]:
    """Return what alerts mark."""
    return (MarkRule(Kind.ALERTS, _mark),)


def _mark(record: Record) -> Mark | None:
    if not isinstance(record, Alerts):
        return None
    now = time.time()
    words = "; ".join(alert_words.line(alert) for alert in record.alerts)
    tone = alert_words.tone(record.alerts, now)
    said = _tr("Critical alert: {alert}") if tone is Tone.BAD else _tr("Alert: {alert}")
    return Mark(
        record.subject,
        alert_words.icon(record.alerts, now),
        tone,
        said.format(alert=words),
        _tr("Alerts"),
    )
