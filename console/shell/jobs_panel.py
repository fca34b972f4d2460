"""The jobs of this session: what each did, how it ended, and what somebody else said about it."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from backend.jobs import Job, JobState
from console.sdk import wording
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone

_MARKS = {
    JobState.RUNNING: ("ph.spinner", Tone.PLAIN),
    JobState.DONE: ("ph.check-circle", Tone.GOOD),
    JobState.FAILED: ("ph.warning-circle", Tone.BAD),
    JobState.CANCELLED: ("ph.x-circle", Tone.MUTED),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("jobs_panel", text)


class JobsPanel(QTreeWidget):
    """Newest first; a job with a detail unfolds to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[int, QTreeWidgetItem] = {}
        self.setAccessibleName(_tr("Jobs of this session"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderLabels([_tr("Job"), _tr("State"), _tr("Started"), _tr("Took")])
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setMinimumHeight(30 * GRID)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 280)

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Bring these up to date."""
        for job in jobs:
            item = self._items.get(job.id)
            if item is None:
                item = self._items[job.id] = QTreeWidgetItem()
                self.insertTopLevelItem(0, item)
            _write(item, job)

    def unfold(self, job_id: int) -> None:
        """Show one job and its detail."""
        if item := self._items.get(job_id):
            item.setExpanded(True)
            self.setCurrentItem(item)
            self.scrollToItem(item)


def _write(item: QTreeWidgetItem, job: Job) -> None:
    name, tone = _MARKS[job.state]
    item.setIcon(0, icon(name, tone))
    item.setText(0, wording.job_title(job))
    item.setText(1, _state(job))
    item.setToolTip(1, _state(job))
    started = QDateTime.fromSecsSinceEpoch(int(job.started_at)).time()
    item.setText(2, QLocale().toString(started, "HH:mm:ss"))
    if job.ended_at is not None:
        item.setText(3, wording.duration(job.ended_at - job.started_at))
    item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if job.problem and job.problem.detail and not item.childCount():
        child = QTreeWidgetItem(["\n".join(job.problem.detail)])
        item.addChild(child)
        child.setFirstColumnSpanned(True)


def _state(job: Job) -> str:
    if job.problem:
        return wording.sentence(job.problem)
    if job.state is JobState.DONE:
        return _tr("Done")
    if job.state is JobState.CANCELLED:
        return _tr("Cancelled")
    stage = wording.stage(job.stage) if job.stage else _tr("Running")
    return stage if job.progress is None else f"{stage}, {wording.percent(job.progress)}"
