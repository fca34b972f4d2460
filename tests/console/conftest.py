"""Every test of the console has the loop of the GUI thread, and leaves no task and no widget."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from tests.fakes.turning import gui_tasks

__all__ = ["gui_tasks"]


@pytest.fixture(autouse=True)
def _no_widget_is_left() -> Iterator[None]:
    """Take windows down: each later change of palette would dress it again, unseen."""
    yield
    if QApplication.instance() is None:
        return
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMainWindow | QDialog) and widget.parent() is None:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def _gui_tasks(gui_tasks: asyncio.AbstractEventLoop) -> None:
    """Let the loop be there without asking."""


@pytest.fixture(autouse=True)
def _no_desktop_is_bothered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show no notification to whoever runs the tests, and write no log of theirs."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
