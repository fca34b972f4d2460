"""What a reader waits for, and until when: pure, and told the time.

QEMU has to answer until there is a picture, and after something was done at the screen; the console
has to give a sign of life while it has news that nobody took. What is merely idle is waited for,
for ever.
"""

from enum import Enum
from typing import Final

OPEN_S: Final = 4.0
"""So long may QEMU take for each step until the first picture."""
SIGN_S: Final = 3.0
ANSWER_S: Final = 10.0
"""After input that changes nothing a sign is asked for, and has to come within this."""
SIZE_S: Final = 0.1
"""So long after a change of its size QEMU may take to show it as a whole."""
_TRIES: Final = 5
SILENT_S: Final = 20.0
"""So long may the console say nothing before it is asked, and then again before it is left."""


class Due(Enum):
    """What is to be done as nobody said anything."""

    GIVE_UP = "give up"
    ASK_QEMU = "ask QEMU"
    ASK_CONSOLE = "ask the console"
    LEAVE = "leave"


class Waits:
    """Until when something has to come, None where nothing has to."""

    def __init__(self) -> None:
        self._picture: float | None = None
        self._qemu: float | None = None
        self._console: float | None = None
        self._is_qemu_asked = self._is_console_asked = False
        self._size: float | None = None
        self._tries = 0

    def begin(self, now: float) -> None:
        """Another step on the way to a picture."""
        self._picture = now + OPEN_S

    def show(self) -> None:
        """There is a picture."""
        self._picture = None

    def feel(self, now: float) -> None:
        """Something was done at the screen."""
        if self._qemu is None:
            self._qemu = now + SIGN_S

    def answer(self) -> None:
        """QEMU said something."""
        self._qemu, self._is_qemu_asked = None, False

    def tell(self, now: float) -> None:
        """The console was told news."""
        self._console = now + SILENT_S

    def hear(self, now: float, *, is_seen: bool) -> None:
        """The console said something; `is_seen`, if it has no news any more."""
        self._console, self._is_console_asked = None if is_seen else now + SILENT_S, False

    def size_lacks(self, now: float) -> bool:
        """Return whether to ask for the whole picture now, as it has another size; a few times."""
        if self._tries >= _TRIES:
            return False
        if self._size is None:
            self._size = now + SIZE_S
        if now < self._size:
            return False
        self._size = None
        self._tries += 1
        return True

    def size_fits(self) -> None:
        """What is shown is of the size that it has."""
        self._size, self._tries = None, 0

    def left_ms(self, now: float) -> float | None:
        """Return how long may be slept; None for ever."""
        ends = [
            one for one in (self._picture, self._qemu, self._console, self._size) if one is not None
        ]
        return max(0.0, min(ends) - now) * 1000 + 1 if ends else None

    def due(self, now: float) -> Due | None:
        """Return what is to be done now, once."""
        if self._picture is not None and now > self._picture:
            return Due.GIVE_UP
        if self._qemu is not None and now > self._qemu:
            self._qemu = now + ANSWER_S
            before, self._is_qemu_asked = self._is_qemu_asked, True
            return Due.GIVE_UP if before else Due.ASK_QEMU
        if self._console is not None and now > self._console:
            self._console = now + SILENT_S
            before, self._is_console_asked = self._is_console_asked, True
            return Due.LEAVE if before else Due.ASK_CONSOLE
        return None
