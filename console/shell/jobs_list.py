"""The jobs in a list, the last begun first: of this session, and of consoles before it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from backend.jobs import Job, JobState
from backend.journal.entry import PastJob
from console.sdk import wording
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.tabbed import tabbed
from console.widgets.emptiness import paint_words

_MARKS = {
    JobState.RUNNING: ("ph.spinner", Tone.PLAIN),
    JobState.DONE: ("ph.check-circle", Tone.GOOD),
    JobState.FAILED: ("ph.warning-circle", Tone.BAD),
    JobState.CANCELLED: ("ph.x-circle", Tone.MUTED),
}
_CUT_OFF = ("ph.scissors", Tone.WARNING)
_JOB, _SERVER, _STATE, _BY, _STARTED, _TOOK = range(6)
_WIDTHS = {_JOB: 260, _SERVER: 130, _BY: 130, _STARTED: 110, _TOOK: 70}


def _tr(text: str) -> str:
    return QCoreApplication.translate("jobs", text)


@dataclass(frozen=True, slots=True)
class Told:
    """A job as the list tells it. `uid` is 0 for one of this session; `by` who asked for it."""

    job: Job
    by: str = ""
    uid: int = 0
    was_cut_off: bool = False


class Show(Enum):
    """Which jobs are shown."""

    ALL = "all"
    RUNNING = "running"
    FAILED = "failed"


class JobsList(QTreeWidget):
    """A line a job; one with a detail unfolds to it."""

    opened = Signal(object)
    """Job: the user wants to see what it was about."""
    reached_end = Signal()
    """The user has come to the last line: there may be older ones."""

    def __init__(self, host_name: Callable[[str], str]) -> None:
        super().__init__()
        self._host_name = host_name
        self._now: dict[int, QTreeWidgetItem] = {}
        self._told: dict[int, Told] = {}
        self._past: set[int] = set()
        self.show_only = Show.ALL
        self.cleared_at = 0.0
        self.setAccessibleName(_tr("Jobs"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderLabels(
            [_tr("Job"), _tr("Server"), _tr("State"), _tr("By"), _tr("Started"), _tr("Took")]
        )
        self.setUniformRowHeights(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAllColumnsShowFocus(True)
        header = self.header()
        header.setStretchLastSection(False)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.headerItem().setTextAlignment(_TOOK, right)
        header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        self.itemActivated.connect(self._on_activated)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_jobs(self, jobs: Iterable[Job]) -> None:
        """Bring these of this session up to date."""
        for job in jobs:
            item = self._now.get(job.id)
            if item is None:
                item = self._now[job.id] = QTreeWidgetItem()
                self.insertTopLevelItem(0, item)
            self._write(item, Told(job))

    def add_past(self, jobs: Iterable[PastJob]) -> None:
        """Put jobs of consoles before below, those that are there already but once."""
        for past in jobs:
            if past.uid not in self._past and not self._is_now(past.job):
                self._past.add(past.uid)
                item = QTreeWidgetItem()
                self.addTopLevelItem(item)
                who = "@".join(filter(None, (past.author.user, past.author.computer)))
                self._write(item, Told(past.job, who, past.uid, past.was_cut_off))

    def _is_now(self, job: Job) -> bool:
        """Whether a job is of this session: numbers come again, moments do not."""
        item = self._now.get(job.id)
        return item is not None and self._told[id(item)].job.started_at == job.started_at

    def filter(self, show: Show) -> None:
        """Show these only."""
        self.show_only = show
        for item in self._items():
            self._judge(item)

    def clear_ended(self, now: float) -> None:
        """Show none that ended before this moment; 0 shows all again."""
        self.cleared_at = now
        self.filter(self.show_only)

    def chosen(self) -> list[Told]:
        """Return the jobs that are selected, from top to bottom."""
        items = [item for item in self._items() if item.isSelected() and not item.isHidden()]
        return [self._told[id(item)] for item in items]

    def count_shown(self) -> int:
        """Return how many are shown."""
        return sum(not item.isHidden() for item in self._items())

    def copy(self) -> None:
        """Put what is selected on the clipboard, a line a job, with its details."""
        if text := as_text(self.chosen(), self._host_name):
            QGuiApplication.clipboard().setText(text)

    def empty_words(self) -> str:
        """Return what is said in place of jobs; "" while some are shown."""
        if self.count_shown():
            return ""
        return {
            Show.ALL: _tr(
                "Nothing is being done. Whatever is asked for stands here, with its end."
            ),
            Show.RUNNING: _tr("Nothing is being done now."),
            Show.FAILED: _tr("None of these jobs has failed."),
        }[self.show_only]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Say why there is nothing to see."""
        super().paintEvent(event)
        paint_words(self, self.empty_words())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _write(self, item: QTreeWidgetItem, told: Told) -> None:
        job = told.job
        self._told[id(item)] = told
        name, tone = _CUT_OFF if told.was_cut_off else _MARKS[job.state]
        item.setIcon(_JOB, icon(name, tone))
        item.setSizeHint(_JOB, QSize(0, 6 * GRID))
        for column, text in enumerate(cells(told, self._host_name)):
            if item.text(column) != text:
                item.setText(column, text)
                item.setToolTip(column, text)
        item.setTextAlignment(_TOOK, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if job.problem and job.problem.detail and not item.childCount():
            child = QTreeWidgetItem(["\n".join(job.problem.detail)])
            item.addChild(child)
            child.setFirstColumnSpanned(True)
        self._judge(item)

    def _judge(self, item: QTreeWidgetItem) -> None:
        told = self._told[id(item)]
        job = told.job
        is_over = job.is_over or told.was_cut_off
        is_wanted = {
            Show.ALL: True,
            Show.RUNNING: not is_over,
            Show.FAILED: job.state is JobState.FAILED or told.was_cut_off,
        }[self.show_only]
        is_cleared = is_over and (job.ended_at or job.started_at) <= self.cleared_at
        item.setHidden(not is_wanted or is_cleared)

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        if told := self._told.get(id(item)):
            self.opened.emit(told.job)

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum():
            self.reached_end.emit()


def cells(told: Told, host_name: Callable[[str], str]) -> tuple[str, ...]:
    """Return what a job's line says, column by column."""
    job = told.job
    took = wording.duration(job.ended_at - job.started_at) if job.ended_at is not None else ""
    host = host_name(job.subject.host) if job.subject else ""
    return (
        wording.job_title(job),
        host,
        state(told),
        told.by,
        wording.moment(job.started_at),
        took,
    )


def as_text(jobs: Sequence[Told], host_name: Callable[[str], str]) -> str:
    """Return jobs as one copies them: a line each, tabs between, details a cell in below."""
    lines: list[Sequence[str]] = []
    for told in jobs:
        lines.append(cells(told, host_name))
        detail = told.job.problem.detail if told.job.problem else ()
        lines += [("", line) for line in detail]
    return tabbed(lines)


def state(told: Told) -> str:
    """Return in words how a job stands or ended, and which files it left."""
    words, job = _state(told), told.job
    if job.unused and (job.is_over or told.was_cut_off):
        files = ", ".join(job.unused)
        return _tr("{state} It left {files}.").format(state=_ended(words), files=files)
    return words


def _ended(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _state(told: Told) -> str:
    job = told.job
    if told.was_cut_off:
        return _tr("Celadon ended before it did: look at its subject to see how it went")
    if job.problem:
        return wording.sentence(job.problem)
    if job.state is JobState.DONE:
        return _tr("Done")
    if job.state is JobState.CANCELLED:
        return _tr("Cancelled")
    stage = wording.stage(job.stage) if job.stage else _tr("Running")
    return stage if job.progress is None else f"{stage}, {wording.percent(job.progress)}"
