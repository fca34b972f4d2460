"""Desktop notifications of jobs that have ended: the long ones, those one did not see, failures."""

import itertools
import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from backend.jobs import Job, JobState
from console.bridge.notifier import Notification, Notifier
from console.sdk import wording
from console.shell.settings import Settings

KEY = "notifications"
LONG_S = 10.0
GATHER_MS = 400
NAMED = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("bell", text)


class Bell(QObject):
    """Rings for jobs that the user asked for. Several that end together ring once.

    `is_ours` says which jobs those are; `come` brings the window of a job forward, at its subject.
    """

    def __init__(
        self,
        notifier: Notifier,
        settings: Settings,
        is_ours: Callable[[Job], bool],
        come: Callable[[Job], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._settings = settings
        self._is_ours = is_ours
        self._come = come
        self._tokens = itertools.count(1)
        self._rung: dict[int, Job] = {}
        self._ended: list[Job] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(GATHER_MS)
        self._soon.timeout.connect(self._ring)
        notifier.clicked.connect(self._on_clicked)

    @property
    def is_on(self) -> bool:
        """Whether it rings at all."""
        return bool(self._settings.number(KEY, 1))

    def set_on(self, is_on: object) -> None:
        """Ring from now on, or do not."""
        self._settings.put(KEY, int(bool(is_on)))

    def follow(self, jobs: Sequence[Job]) -> None:
        """Hear of jobs; those that are worth it ring soon."""
        self._ended += [job for job in jobs if self.is_on and self._is_worth_it(job)]
        if self._ended and not self._soon.isActive():
            self._soon.start()

    def _is_worth_it(self, job: Job) -> bool:
        if job.state is JobState.FAILED:
            return self._is_ours(job)
        if job.state is not JobState.DONE or not self._is_ours(job):
            return False
        is_seen = QApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        took = (job.ended_at or job.started_at) - job.started_at
        return took > LONG_S or not is_seen

    def _ring(self) -> None:
        ended, self._ended = self._ended, []
        token = next(self._tokens)
        # The one that is to be looked at: the first that failed, if one did.
        failed = [job for job in ended if job.state is JobState.FAILED]
        self._rung[token] = (failed or ended)[0]
        self._notifier.show(notification(token, ended))

    def _on_clicked(self, token: int, activation: str) -> None:
        if job := self._rung.get(token):
            if activation:
                # Qt takes it from there, as from whoever starts a program.
                os.environ["XDG_ACTIVATION_TOKEN"] = activation
            self._come(job)


def notification(token: int, jobs: Sequence[Job]) -> Notification:
    """Return what is said of jobs that have ended together."""
    failed = [job for job in jobs if job.state is JobState.FAILED]
    if len(jobs) == 1:
        (job,) = jobs
        if job.problem:
            sentence = wording.sentence(job.problem)
            return Notification(token, wording.job_failure(job), sentence, is_bad=True)
        took = wording.duration((job.ended_at or job.started_at) - job.started_at)
        return Notification(token, wording.job_title(job), _tr("Done in {time}").format(time=took))
    told = failed or list(jobs)
    lines = [wording.job_title(job) for job in told[:NAMED]]
    if len(told) > NAMED:
        lines.append(_tr("and {count} more").format(count=len(told) - NAMED))
    if failed:
        title = _tr("{failed} of {count} jobs failed")
        title = title.format(failed=len(failed), count=len(jobs))
    else:
        title = _tr("{count} jobs are done").format(count=len(jobs))
    return Notification(token, title, "\n".join(lines), is_bad=bool(failed))
