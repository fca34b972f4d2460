"""While something is awaited, the window lives; a signal ends it; an error comes through."""

import os
import signal
import threading
import time

import pytest
from celadon_tour.evidence import NotSo
from celadon_tour.waiting import Interrupted, Waiting
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication


def test_the_window_lives_meanwhile(qapp: QApplication) -> None:
    beats: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start(5)

    def ask() -> str:
        time.sleep(0.3)
        return threading.current_thread().name

    assert Waiting().meanwhile(ask) == "hypervisor-evidence"
    timer.stop()
    assert len(beats) > 5


def test_an_error_comes_through(qapp: QApplication) -> None:
    def ask() -> str:
        raise NotSo("not running")

    with pytest.raises(NotSo, match="not running"):
        Waiting().meanwhile(ask)


def test_nothing_is_awaited_for_ever(qapp: QApplication) -> None:
    end = threading.Event()
    with pytest.raises(NotSo, match="no answer"):
        Waiting().meanwhile(end.wait, patience_s=0.1)
    end.set()
    assert Waiting().until(lambda: None, patience_s=0.1) is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_waiting(qapp: QApplication, number: signal.Signals) -> None:
    waiting = Waiting()
    before = signal.getsignal(number)
    QTimer.singleShot(30, lambda: os.kill(os.getpid(), number))
    with waiting.until_a_signal(), pytest.raises(Interrupted):
        waiting.until(lambda: None, patience_s=20)
    assert signal.getsignal(number) is before


def test_what_is_deleted_later_goes(qapp: QApplication) -> None:
    thing, gone = QObject(), []
    thing.destroyed.connect(lambda: gone.append(1))
    thing.deleteLater()
    Waiting().turn()
    assert gone
