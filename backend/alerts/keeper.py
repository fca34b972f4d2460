"""Makes of alerts records of the inventory and entries of the journal. Lives on the engine's loop.

Samples are those that are read anyway: nobody is asked more because of a threshold.
"""

import asyncio
import secrets
import time
from collections.abc import Iterable
from typing import Final

from backend.alerts.watchman import News, Turn, Watchman
from backend.inventory import Inventory
from backend.journal.entry import HOST, Entry, What, fact
from backend.journal.keeper import Journal
from backend.model import Alerts, Change, Domain, Kind, Ref, StoragePool
from backend.series import Sample
from backend.thresholds import Rules

LOOK_S: Final = 10.0


class AlertKeeper:
    """What is beyond its threshold at the moment, kept true in the inventory."""

    def __init__(self, inventory: Inventory, journal: Journal) -> None:
        self._loop = asyncio.get_running_loop()
        self._inventory = inventory
        self._journal = journal
        self._watchman = Watchman()
        self._timer: asyncio.TimerHandle | None = None

    def use(self, rules: Rules) -> None:
        """Watch for these thresholds from now on."""
        self._publish(self._watchman.use(rules))

    def see(self, samples: Iterable[Sample]) -> None:
        """Judge readings."""
        self._publish(self._watchman.see(samples))

    def on_change(self, change: Change) -> None:
        """See what became of a record: what does not run is beyond no threshold."""
        if change.ref.kind is Kind.HOST and change.after is None:
            self._watchman.forget(change.ref.host)
        elif change.ref.kind in (Kind.DOMAIN, Kind.STORAGE_POOL) and self._watchman.is_busy:
            # Not at once: a host that is forgotten has its machines dropped before it goes.
            self._loop.call_soon(self._end_if_off, change.ref)

    def close(self) -> None:
        """Look no more."""
        if self._timer:
            self._timer.cancel()

    def _end_if_off(self, ref: Ref) -> None:
        found = self._inventory.get(ref)
        if not (isinstance(found, Domain | StoragePool) and found.is_active):
            self._publish(self._watchman.end(ref))

    def _look(self) -> None:
        self._timer = None
        self._publish(self._watchman.look(time.monotonic(), time.time()))

    def _publish(self, news: News) -> None:
        if news.turns:
            self._journal.keep([self._entry(turn) for turn in news.turns])
        for subject in news.subjects:
            alerts = self._watchman.alerts(subject)
            ref = subject.of(Kind.ALERTS)
            if alerts:
                self._inventory.put(Alerts(ref, subject, alerts))
            else:
                self._inventory.drop(ref)
        if self._watchman.is_busy and self._timer is None:
            self._timer = self._loop.call_later(LOOK_S, self._look)

    def _entry(self, turn: Turn) -> Entry:
        threshold = turn.alert.threshold
        # Nothing that differs from one console to the next: what two of them saw is one entry.
        told = {
            "measure": threshold.measure.id,
            "device": turn.alert.device,
            "unit": threshold.unit.value,
            "side": threshold.side.value,
            "bound": repr(threshold.bound),
            "duration_s": round(threshold.duration_s),
            "severity": threshold.severity.value,
        }
        said = (
            fact(What.ALERT_ENDED, **told, ending=turn.ending.value)
            if turn.ending
            else fact(What.ALERT_RAISED, **told)
        )
        name = str(getattr(self._inventory.get(turn.subject), "name", ""))
        uid = secrets.randbits(62)
        return Entry(uid, time.time(), turn.subject, name, (said,), HOST)
