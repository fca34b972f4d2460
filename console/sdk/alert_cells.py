"""What a list shows of the alerts of a thing."""

import time

from PySide6.QtCore import QCoreApplication

from backend.model import Alerts, Kind, Ref
from backend.thresholds import Alert
from console.sdk import alert_words
from console.sdk.context import Lookup
from console.sdk.views import Cell


def alerts_of(ref: Ref, lookup: Lookup) -> tuple[Alert, ...]:
    """Return what is beyond its threshold of a thing, the worst first."""
    found = lookup.record(ref.of(Kind.ALERTS), Alerts)
    return alert_words.worst_first(found.alerts) if found else ()


def alert_cell(ref: Ref, lookup: Lookup) -> Cell | None:
    """Return the worst, "CPU usage above 95 %", with how many more there are; None without any."""
    alerts = alerts_of(ref, lookup)
    if not alerts:
        return None
    now, words = time.time(), alert_words.line(alerts[0])
    if len(alerts) > 1:
        text = QCoreApplication.translate("alerts", "{alert} (+{count})")
        words = text.format(alert=words, count=len(alerts) - 1)
    mark, tone = alert_words.icon(alerts, now), alert_words.tone(alerts, now)
    return Cell(words, mark, tone, "\n".join(map(alert_words.line, alerts)))
