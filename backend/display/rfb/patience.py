"""How long a server may take before it is given up: pure, and told the time.

Three things tell that one hangs: no greeting, no end to a message that was begun, and no sign of
life after something was done at the screen. One that is merely idle is waited for, for ever.
"""

from backend.errors import DisplayStalled

LOGIN_S = 15.0
STALL_S = 20.0
_PROGRESS_BYTES = 4096
"""What has to come in `STALL_S` while a message is under way: 200 bytes a second is no picture."""
_GLANCE_MS = 50.0
SIGN_S, ANSWER_S = 3.0, 10.0
"""After input that changes nothing a sign is asked for, and has to come within `ANSWER_S` of it."""


class Patience:
    """What is waited for at one server, and since when."""

    def __init__(self) -> None:
        # Since when something is under way without progress, and how much had come by then.
        self._mark: tuple[float, int] | None = None
        self._felt_s: float | None = None
        self._is_sign_asked = False

    def felt(self, now_s: float) -> None:
        """Something was done at the screen."""
        if self._felt_s is None:
            self._felt_s = now_s

    def received(self) -> None:
        """The server said something."""
        self._felt_s, self._is_sign_asked = None, False

    def needs_sign(self, now_s: float) -> bool:
        """Whether the server is to be asked for a sign of life now; says so once."""
        if self._felt_s is None or self._is_sign_asked or now_s - self._felt_s < SIGN_S:
            return False
        self._is_sign_asked = True
        return True

    def wait_ms(self, now_s: float, *, is_busy: bool) -> float | None:
        """Return how long may be slept: for ever, unless something is waited for."""
        if is_busy:
            return _GLANCE_MS
        if self._felt_s is None:
            return None
        due_s = self._felt_s + (ANSWER_S if self._is_sign_asked else SIGN_S)
        return max(0.0, due_s - now_s) * 1000 + 1

    def check(self, now_s: float, received: int, *, is_live: bool, is_busy: bool) -> None:
        """Raise DisplayStalled if the server hangs; `received` counts all bytes that came."""
        if self._felt_s is not None and self._is_sign_asked and now_s - self._felt_s > ANSWER_S:
            raise DisplayStalled(seconds=round(now_s - self._felt_s))
        if not is_busy:
            self._mark = None
            return
        since_s, before = self._mark or (now_s, received)
        if is_live and received - before >= _PROGRESS_BYTES:
            since_s, before = now_s, received
        if now_s - since_s > (STALL_S if is_live else LOGIN_S):
            raise DisplayStalled(seconds=round(now_s - since_s))
        self._mark = (since_s, before)
