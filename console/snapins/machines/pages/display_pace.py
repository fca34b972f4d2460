"""How a screen comes here, in a few words: by what, how large, how often, how much."""

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from backend.display.channel import News, Standing, Tally
from backend.display.surface import Surface
from console.sdk import wording

STILL_AFTER_MS: Final = 1000


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Pace(QObject):
    """Pictures and bytes a second, counted over a second of them."""

    told = Signal(str, str)
    """In a few words ("VNC · 1280 × 800 · 25 fps"), and what else one may want to know."""  # noqa: RUF001

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_AFTER_MS)
        self._still.timeout.connect(self._on_still)
        self._is_still = False
        self._standing: Standing | None = None
        self._surface: Surface | None = None
        self._since: float | None = None
        self._tally = self._counted = Tally()
        self._rates: tuple[float, float] | None = None

    def count(self, news: News) -> None:
        """Count what came, and tell if there is something new to say."""
        if self._counts(news):
            self.told.emit(self._words(), self._details())
        # It runs on while pictures come: to begin it anew with each would cost as much as one.
        self._is_still = False
        if not self._still.isActive():
            self._still.start()

    def stop(self) -> None:
        """Nothing comes any more."""
        self._still.stop()
        self._standing = self._surface = self._since = self._rates = None
        self.told.emit("", "")

    def _counts(self, news: News) -> bool:
        now, before, standing = time.monotonic(), self._standing, news.standing
        is_other = before is None or standing.transport != before.transport
        is_new = is_other or news.surface is not self._surface
        self._standing, self._surface = standing, news.surface
        counted = self._tally = news.tally
        if is_new or counted.updates < self._counted.updates or self._since is None:
            self._since, self._counted, self._rates = now, counted, None
            return True
        if (passed := now - self._since) < 1:
            return False
        self._rates = (
            (counted.updates - self._counted.updates) / passed,
            (counted.received_bytes - self._counted.received_bytes) / passed,
        )
        self._since, self._counted = now, counted
        return True

    def _on_still(self) -> None:
        if not self._is_still:
            self._is_still = True
            self._still.start()
            return
        self._since = None
        self.told.emit(self._words(), self._details())

    def _words(self) -> str:
        surface = self._surface
        if surface is None or self._standing is None:
            return ""
        size = f"{surface.width} × {surface.height}"  # noqa: RUF001
        return " · ".join(p for p in (self._standing.transport, size, self._speed()) if p)

    def _details(self) -> str:
        if self._standing is None:
            return ""
        remark = self._standing.remark
        why = f"\n{wording.sentence(remark)}" if remark else ""
        return self._amount() + why

    def _amount(self) -> str:
        if self._standing is None:
            return ""
        total = wording.size(self._tally.received_bytes)
        if self._rates is None or self._since is None:
            return _tr("{size} received").format(size=total)
        rate = wording.rate(self._rates[1])
        return _tr("{rate}, {size} received").format(rate=rate, size=total)

    def _speed(self) -> str:
        if self._since is None:
            return _tr("idle")
        if self._rates is None:
            return ""
        return _tr("{number} fps").format(number=wording.number(self._rates[0]))
