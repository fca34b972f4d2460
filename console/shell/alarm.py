"""Desktop notifications of alerts: one for each, and one for all that come together.

What was already so when the program started, or comes back after a server was away, is not told
again: the mark in the tree is there for that.
"""

import itertools
import os
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from backend.model import Alerts, Change, Record, Ref
from backend.thresholds import Alert, Severity
from console.bridge.notifier import Notification, Notifier
from console.sdk import alert_words

GATHER_MS: Final = 2000
QUIET_MS: Final = 60_000
"""After a notification the next ones wait so long: a storm is told once a minute."""
NAMED: Final = 3
_REMEMBERED: Final = 100

News = tuple[Ref, Alert]


def _tr(text: str) -> str:
    return QCoreApplication.translate("alarm", text)


class Switch(Protocol):
    """Whether the user wants notifications."""

    @property
    def is_on(self) -> bool:
        """Whether they are shown."""


class Alarm(QObject):
    """Rings for alerts while `bell` is on.

    `known` returns what is known of a thing, and `come` goes to it in a window.
    """

    def __init__(
        self,
        notifier: Notifier,
        bell: Switch,
        known: Callable[[Ref], Record | None],
        come: Callable[[Record], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._bell = bell
        self._known = known
        self._come = come
        self._tokens = itertools.count(1)
        self._rung: dict[int, Ref] = {}
        self._waiting: dict[tuple[Ref, str, str], Alert] = {}
        self._soon = _timer(GATHER_MS, self._ring, self)
        self._quiet = _timer(QUIET_MS, self._ring, self)
        notifier.clicked.connect(self._on_clicked)

    def close(self) -> None:
        """Ring no more. What is shown stays, as the desktop has it."""
        self._soon.stop()
        self._quiet.stop()
        self._notifier.close()

    def follow(self, changes: Sequence[Change]) -> None:
        """Hear of changes; alerts that are new ring soon, and those that are over do not."""
        now = time.time()
        for change in changes:
            before, after = _alerts(change.before), _alerts(change.after)
            heard = {place for place, alert in after.items() if alert.silent_until <= now}
            for place in before.keys() - heard:  # over, or made silent while it waited
                self._waiting.pop(place, None)
            if self._bell.is_on:
                self._waiting |= {place: after[place] for place in heard - before.keys()}
        if self._waiting and not (self._soon.isActive() or self._quiet.isActive()):
            self._soon.start()

    def _ring(self) -> None:
        told = [(place[0], alert) for place, alert in self._waiting.items()]
        self._waiting.clear()
        if not told or not self._bell.is_on:
            return
        self._quiet.start()
        told.sort(key=lambda one: one[1].threshold.severity is not Severity.CRITICAL)
        token = next(self._tokens)
        self._rung[token] = told[0][0]
        self._rung.pop(token - _REMEMBERED, None)
        self._notifier.show(notification(token, told, self._name))

    def _on_clicked(self, token: int, activation: str) -> None:
        subject = self._rung.get(token)
        if subject and (record := self._known(subject)):
            if activation:
                # Qt takes it from there, as from whoever starts a program.
                os.environ["XDG_ACTIVATION_TOKEN"] = activation
            self._come(record)

    def _name(self, subject: Ref) -> str:
        return str(getattr(self._known(subject), "name", ""))


def notification(token: int, told: Sequence[News], name: Callable[[Ref], str]) -> Notification:
    """Return what is said of alerts that came together, the worst of them first."""
    is_bad = any(alert.threshold.severity is Severity.CRITICAL for _ref, alert in told)
    subject, alert = told[0]
    if len(told) == 1:
        text = f"{alert_words.brief(alert)}. {alert_words.way_on(alert)}"
        return Notification(token, name(subject), text, is_bad)
    lines = [f"{name(ref)}: {alert_words.brief(one)}" for ref, one in told[:NAMED]]
    if len(told) > NAMED:
        lines.append(_tr("and {count} more").format(count=len(told) - NAMED))
    title = _tr("{count} alerts").format(count=len(told))
    return Notification(token, title, "\n".join(lines), is_bad)


def _alerts(record: object) -> dict[tuple[Ref, str, str], Alert]:
    if not isinstance(record, Alerts):
        return {}
    return {(record.subject, one.threshold.id, one.device): one for one in record.alerts}


def _timer(milliseconds: int, act: Callable[[], None], parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
