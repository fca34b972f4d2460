"""Wishes to see a machine's screen: made by an action, granted by the page of the machine."""

from collections.abc import Callable
from typing import Final

from backend.model import Ref

Unsubscribe = Callable[[], None]


class Wishes:
    """The last wish, until it is granted: a page that is there is told, one to come asks."""

    def __init__(self) -> None:
        self._wished: Ref | None = None
        self._listeners: list[Callable[[], None]] = []

    def make(self, ref: Ref) -> None:
        """Wish to see and use this machine's screen."""
        self._wished = ref
        for listener in tuple(self._listeners):
            listener()

    def grant(self, ref: Ref | None) -> bool:
        """Return whether this machine's screen is wished for; it is so no more."""
        is_wished = ref is not None and ref == self._wished
        if is_wished:
            self._wished = None
        return is_wished

    def listen(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call `listener` with each wish to come; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


# Shared by action and pages, which know nothing of each other.
wishes: Final = Wishes()
