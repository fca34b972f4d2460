"""Windows of which a machine has one: made when it is first asked for, then brought forward."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from backend.model import Domain, Ref
from console.sdk.context import Context

W = TypeVar("W", bound=QDialog)


class OneEach(Generic[W]):
    """The windows of a kind that are open in this program."""

    def __init__(self, make: Callable[[Context, Domain], W]) -> None:
        self._make = make
        self._windows: dict[Ref, W] = {}

    def show(self, context: Context, domain: Domain) -> W:
        """Open the window of a machine, or bring the one that is open to the front."""
        window = self._windows.get(domain.ref)
        if window is None or not isValid(window):
            window = self._make(context, domain)
            self._windows[domain.ref] = window
            window.finished.connect(lambda: self._windows.pop(domain.ref, None))
            context.show_dialog(window)
        else:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
        return window
