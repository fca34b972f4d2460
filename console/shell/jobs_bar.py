"""The line at the bottom: the job that runs, how far it is, and how to stop it."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from backend.jobs import Job, JobState
from console.sdk import wording
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.shell.buttons import quiet_button
from console.widgets.elided_label import ElidedLabel


def _tr(text: str) -> str:
    return QCoreApplication.translate("jobs_bar", text)


class JobsBar(QWidget):
    """Shows the newest running job, or how the last one ended."""

    cancel_asked = Signal(int)
    """int: the job's number."""
    panel_asked = Signal()
    """The user wants to see them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.setAccessibleName(_tr("Jobs"))
        # Gives way: the count at the right end stays in sight, and at the words' end how it ended.
        self._words = ElidedLabel(least=1)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedSize(180, 6)
        self._progress.setAccessibleName(_tr("Progress"))
        self._cancel = quiet_button(_tr("Cancel this job"))
        self._cancel.clicked.connect(self._on_cancel)
        self._count = quiet_button(
            _tr("Show the jobs"), _tr("Show the jobs, those of before too (Ctrl+J)")
        )
        self._count.clicked.connect(self.panel_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 0, 2 * GRID, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self._words)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        row.addStretch(1)
        row.addWidget(self._count)
        self.setFixedHeight(8 * GRID)
        self._cancel.setIcon(icon("ph.x"))
        self.show_jobs(())

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show how these stand, the oldest first."""
        running = [job for job in jobs if not job.is_over]
        self._job = running[-1] if running else (jobs[-1] if jobs else None)
        job = self._job
        is_running = job is not None and not job.is_over
        self._words.setText(in_words(job) if job else _tr("Ready"))
        self._words.set_tone(_tone(job))
        self._progress.setVisible(is_running)
        self._cancel.setVisible(is_running and job is not None and job.is_cancellable)
        if job and is_running:
            _show_progress(self._progress, job)
        text = _tr("{count} running") if running else _tr("Jobs: {count}")
        self._count.setText(text.format(count=len(running) or len(jobs)))

    def _on_cancel(self) -> None:
        if self._job:
            self.cancel_asked.emit(self._job.id)


def in_words(job: Job) -> str:
    """Return a job in one line: what, to whom, how it stands."""
    title = wording.job_title(job)
    if job.state is JobState.FAILED and job.problem:
        return f"{wording.job_failure(job)}: {wording.sentence(job.problem)}"
    ends = {JobState.DONE: _tr("done"), JobState.CANCELLED: _tr("cancelled")}
    rest = ends.get(job.state) or (wording.stage(job.stage) if job.stage else "")
    return f"{title} · {rest}" if rest else title


def _tone(job: Job | None) -> Tone:
    if job is None or job.state in (JobState.DONE, JobState.CANCELLED):
        return Tone.MUTED
    return Tone.BAD if job.state is JobState.FAILED else Tone.PLAIN


def _show_progress(bar: QProgressBar, job: Job) -> None:
    if job.progress is None:
        bar.setRange(0, 0)
    else:
        bar.setRange(0, 100)
        bar.setValue(round(job.progress * 100))
