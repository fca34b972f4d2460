"""Where the jobs of a window are listed, once somebody looks."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from backend.jobs import Job
from console.sdk.look import GRID

if TYPE_CHECKING:
    from console.shell.jobs_panel import JobsPanel


class JobsPlace(QWidget):
    """Holds the panel of jobs, which is made when it is first looked at: at first it is hidden."""

    def __init__(self, make: Callable[[], "JobsPanel"], jobs: Callable[[], Iterable[Job]]) -> None:
        super().__init__()
        self._make = make
        self._jobs = jobs
        self._panel: JobsPanel | None = None
        self.setMinimumHeight(26 * GRID)

    @property
    def panel(self) -> "JobsPanel":
        """The panel, with all jobs in it."""
        if self._panel is None:
            self._panel = self._make()
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._panel)
            self._panel.show_jobs(self._jobs())
        return self._panel

    def show_jobs(self, changed: Iterable[Job]) -> None:
        """Bring these up to date, if anybody looks."""
        if self._panel:
            self._panel.show_jobs(changed)

    def take_focus(self) -> None:
        """Have the keyboard, at the list."""
        self.panel.take_focus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Have the panel there before it is seen."""
        self.panel.show()
        super().showEvent(event)
