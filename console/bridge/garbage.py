"""Python's garbage, collected in the GUI thread and nowhere else.

Python collects in whichever thread happens to allocate. There, what is left of a widget would be
freed beside the GUI thread: each then waits for what the other holds, Qt's lock or Python's, and
the window stands still for ever (seen, with a line of a chart).
"""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD_MS = 1000


class GarbageCollector(QObject):
    """Takes over from Python's own collector for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect)
        timer.start(PERIOD_MS)
        # Also where nobody deletes it: the interpreter's end takes the timer and not this switch.
        self.destroyed.connect(gc.enable)


def collect() -> None:
    """Collect what Python would have collected by now, by its own thresholds."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for generation in (2, 1, 0):
        if all(due[: generation + 1]):
            gc.collect(generation)
            return
