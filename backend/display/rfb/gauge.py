"""How good the link to a server is, from what comes over it: pure, and told the time."""

import math
from typing import Final

from backend.display.rfb.messages import Link

# A server on another continent: there a picture has to be small before all else.
_FAR_S: Final = 0.03
_SLOW_BYTES_PER_S: Final = 1_500_000
_FAST_BYTES_PER_S: Final = 12_000_000
# Judged by no less than that.
_SPAN_S: Final = 1.0
_BYTES_LEAST: Final = 1 << 20


class Gauge:
    """Begins with what kind of link it is; `link` is what suits it. A local one stays local."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self._round_trip_s = math.inf
        self._since: float | None = None
        self._bytes = 0
        self._span_s = 0.0

    def answered(self, round_trip_s: float) -> None:
        """The server answered after so long; it may have had other things to do as well."""
        self._round_trip_s = min(self._round_trip_s, round_trip_s)

    def greeted(self) -> None:
        """The server has answered often enough to know how far away it is."""
        is_far = _FAR_S < self._round_trip_s < math.inf
        if is_far and self.link is not Link.LOCAL:
            self.link = Link.SLOW

    def received(self, count: int, now_s: float, *, is_within: bool) -> None:
        """So many bytes came; `is_within`: of something of which more is to come."""
        if self.link is Link.LOCAL:
            return
        if self._since is not None:
            # What came first was on its way before anybody looked at the clock.
            self._bytes += count
            self._span_s += now_s - self._since
        self._since = now_s if is_within else None
        if self._span_s >= _SPAN_S or self._bytes >= _BYTES_LEAST:
            self._judge()

    def _judge(self) -> None:
        rate = self._bytes / max(self._span_s, 1e-6)
        if rate < _SLOW_BYTES_PER_S:
            self.link = Link.SLOW
        elif rate > _FAST_BYTES_PER_S:
            self.link = Link.NETWORK
        self._bytes, self._span_s = 0, 0.0
