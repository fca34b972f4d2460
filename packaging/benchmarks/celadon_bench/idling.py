"""Qt left to itself, and what share of a processor this process uses meanwhile."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer


def let_live(seconds: float) -> None:
    """Have Qt do what there is to do, and sleep where there is nothing."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def share(seconds: float, act: Callable[[], None] = lambda: None, *, counts: bool = True) -> float:
    """Return what share of a processor is used while `act` is done each second.

    `counts` says whether the act itself is counted, or only what follows from it.
    """
    acting_s = 0.0

    def on_timer() -> None:
        nonlocal acting_s
        began = time.thread_time()
        act()
        acting_s += time.thread_time() - began

    timer = QTimer()
    timer.timeout.connect(on_timer)
    timer.start(1000)
    used, began = time.process_time(), time.perf_counter()
    let_live(seconds)
    took, used = time.perf_counter() - began, time.process_time() - used
    timer.stop()
    return max(0.0, used if counts else used - acting_s) / took
