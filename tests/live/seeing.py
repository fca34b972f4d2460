"""Waiting for what a window shows of a real guest."""

from collections.abc import Callable

from celadon_tour.patience import Patience
from pytestqt.exceptions import TimeoutError as NotSeen
from pytestqt.qtbot import QtBot

# A guest's start is among it.
_PATIENCE_S = 90.0
_ASKED_MS = 500


def see(qtbot: QtBot, holds: Callable[[], object]) -> None:
    """Return once that is so, which it must become; the window lives meanwhile."""
    patience = Patience(_PATIENCE_S)
    while True:
        try:
            qtbot.waitUntil(lambda: bool(holds()), timeout=_ASKED_MS)
        except NotSeen:
            assert not patience.is_over, "it did not come to that"
        else:
            return
