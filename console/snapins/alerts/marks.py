"""The marks in the tree: what is beyond its threshold there, and how bad that is."""

import time

from PySide6.QtCore import QCoreApplication

from backend.model import Alerts, Kind, Record
from console.sdk import alert_words
from console.sdk.nodes import Mark, MarkRule


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
    return Mark(
        record.subject,
        alert_words.icon(record.alerts, now),
        alert_words.tone(record.alerts, now),
        _tr("Alert: {alert}").format(alert=words),
        _tr("Alerts"),
    )
