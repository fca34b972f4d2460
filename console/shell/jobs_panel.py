"""The panel of jobs: what runs, what ran, and what consoles before this one did."""

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError
from backend.jobs import Job
from backend.journal.entry import Cursor, PastJobs
from backend.model import Host
from console.sdk import reach, wording
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.shell.actions_pane import Line
from console.shell.jobs_list import JobsList, Show, Told

if TYPE_CHECKING:
    from console.shell.session import Session
    from console.shell.window import MainWindow

CLEARED = "jobs/cleared_at"


def _tr(text: str) -> str:
    return QCoreApplication.translate("jobs", text)


class JobsPanel(QWidget):
    """The list of jobs of a window, below a strip of what can be done with them."""

    def __init__(self, session: "Session", window: "MainWindow") -> None:
        super().__init__()
        self._bridge = session.bridge
        self._settings = session.settings
        self._retry = session.again
        self._before: Cursor | None = None
        self._is_asking = False
        self._is_last = False
        self.setAccessibleName(_tr("Jobs"))
        self.setMinimumHeight(26 * GRID)
        self.list = JobsList(self._host_name)
        cleared = self._settings.value(CLEARED)
        self.list.cleared_at = cleared if isinstance(cleared, float) else 0.0
        self.list.opened.connect(lambda job: session.show_subject(job, window))
        self.list.reached_end.connect(self._ask)
        self.list.itemSelectionChanged.connect(self._judge)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._pop_up)
        self._remark = ToneLabel(tone=Tone.MUTED)
        make = self._make
        self.retry = make(_tr("Try Again"), "ph.arrow-clockwise", self._on_retry)
        self.open = make(
            _tr("Go to Its Subject"),
            "ph.arrow-square-out",
            lambda: self.list.opened.emit(self.list.chosen()[0].job),
        )
        self.copy = make(_tr("Copy"), "ph.copy", self.list.copy)
        self.clear = make(_tr("Clear the List"), "ph.eraser", self._on_clear)
        self.restore = make(_tr("Show Cleared Jobs Again"), "", lambda: self._clear_at(0.0))
        self._filters = QButtonGroup(self)
        self._lay_out()
        self._judge()

    def show_jobs(self, jobs: Iterable[Job]) -> None:
        """Bring these of this session up to date."""
        self.list.show_jobs(jobs)
        self._judge()

    def take_focus(self) -> None:
        """Have the keyboard, at the list."""
        self.list.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look for the jobs of before, when they are looked at first."""
        super().showEvent(event)
        if self._before is None:
            self._ask()

    # The past

    def _ask(self) -> None:
        if not self._is_asking and not self._is_last and self.isVisible():
            self._is_asking = True
            self._bridge.run(self._read())

    async def _read(self) -> None:
        try:
            page = await self._bridge.past_jobs(self._before)
        except BackendError as error:
            page = PastJobs(is_last=False, problem=error.problem)
        finally:
            self._is_asking = False
        self._remark.setText(wording.sentence(page.problem) if page.problem else "")
        self._is_last = page.is_last
        if page.jobs:
            last = page.jobs[-1]
            self._before = Cursor(last.job.started_at, last.uid)
        self.list.add_past(page.jobs)
        self._judge()

    # What the user does

    def _on_retry(self) -> None:
        for told in self.list.chosen():
            if again := self._again(told):
                again()

    def _again(self, told: Told) -> "Callable[[], object] | None":
        return self._retry(told.job.id) if not told.uid and told.job.is_over else None

    def _on_clear(self) -> None:
        self._clear_at(time.time())

    def _clear_at(self, at: float) -> None:
        self._settings.put(CLEARED, at)
        self.list.clear_ended(at)
        self._judge()

    def _judge(self) -> None:
        chosen = self.list.chosen()
        self.retry.setEnabled(any(self._again(told) for told in chosen))
        self.open.setEnabled(len(chosen) == 1 and chosen[0].job.subject is not None)
        self.copy.setEnabled(bool(chosen))
        self.clear.setEnabled(self.list.count_shown() > 0)
        self.restore.setVisible(self.list.cleared_at > 0)

    def _pop_up(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.open, self.retry, self.copy])
        menu.addSeparator()
        menu.addActions([self.clear, self.restore])
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _host_name(self, host: str) -> str:
        record = next(self._bridge.mirror.records(Host, host), None)
        return reach.short_name(record) if record else host

    def _make(self, text: str, name: str, act: Callable[[], object]) -> QAction:
        action = QAction(icon(name), text, self)
        action.triggered.connect(lambda _checked: act())
        if text == _tr("Copy"):
            action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._strip())
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def _strip(self) -> QHBoxLayout:
        title = QLabel(_tr("Jobs"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        row = QHBoxLayout()
        row.setContentsMargins(4 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(title)
        row.addSpacing(2 * GRID)
        words = {Show.ALL: _tr("All"), Show.RUNNING: _tr("Running"), Show.FAILED: _tr("Failed")}
        for show, text in words.items():
            button = _button(_tr("Show: {what}").format(what=text))
            button.setText(text)
            button.setCheckable(True)
            button.setChecked(show is Show.ALL)
            button.clicked.connect(partial(self._on_filter, show))
            self._filters.addButton(button)
            row.addWidget(button)
        row.addWidget(self._remark, 1)
        for action in (self.open, self.retry, self.copy, self.clear):
            button = _button(action.text())
            button.setDefaultAction(action)
            row.addWidget(button)
        return row

    def _on_filter(self, show: Show) -> None:
        self.list.filter(show)
        self._judge()


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button
