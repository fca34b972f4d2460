"""An engine for programs that go one step after the other: what waits until something is so.

A client with a loop of its own listens instead (`Engine.listen`); nothing here is for the console.
"""

import threading
import time
from collections.abc import Callable

from backend.engine import Engine
from backend.errors import EffectNotSeen, HostAway, ProblemError, PromptDeclined
from backend.jobs import Job
from backend.model import Change, Host, HostState
from backend.series import Sample

CONNECT_DEADLINE_S = 120.0


class _Ear:
    """What an engine told of hosts and jobs, and a way to wait for more."""

    def __init__(self, engine: Engine) -> None:
        self.hosts: dict[str, Host] = {}
        self.jobs: dict[int, Job] = {}
        self._news = threading.Condition()
        self.close = engine.listen(
            on_change=self._on_change, on_job=self._on_job, on_samples=self._on_samples
        )

    def until(self, holds: Callable[[], bool], deadline_s: float | None) -> None:
        """Return once that is so. Raises EffectNotSeen after `deadline_s` (None: never)."""
        end = None if deadline_s is None else time.monotonic() + deadline_s
        with self._news:
            while not holds():
                left = None if end is None else end - time.monotonic()
                if (left is not None and left <= 0) or not self._news.wait(left):
                    raise EffectNotSeen(seconds=round(deadline_s or 0))

    def _on_change(self, change: Change) -> None:
        if isinstance(change.after, Host):
            with self._news:
                self.hosts[change.ref.host] = change.after
                self._news.notify_all()

    def _on_job(self, job: Job) -> None:
        with self._news:
            self.jobs[job.id] = job
            self._news.notify_all()

    def _on_samples(self, samples: tuple[Sample, ...]) -> None:
        del samples  # nobody waits for those


def until_connected(engine: Engine, host: str, *, deadline_s: float = CONNECT_DEADLINE_S) -> Host:
    """Return the host of this id once it is connected.

    Raises what keeps it away as soon as that is known, PromptDeclined if the way there asks
    something (nobody is here to answer), and EffectNotSeen after `deadline_s`.
    """
    ear = _Ear(engine)

    def is_decided() -> bool:
        known = ear.hosts.get(host)
        is_waiting = known is None or known.state is HostState.CONNECTING
        return not is_waiting or (known is not None and known.prompt is not None)

    try:
        ear.until(is_decided, deadline_s)
    finally:
        ear.close()
    found = ear.hosts[host]
    if found.prompt and found.state is HostState.CONNECTING:
        raise PromptDeclined(subject=found.prompt.subject)
    if found.state is not HostState.CONNECTED:
        raise ProblemError(found.problem) if found.problem else HostAway(host=found.name)
    return found


def until_done(engine: Engine, *job_ids: int, deadline_s: float | None = None) -> list[Job]:
    """Return jobs as they ended, once all have. Raises what the first of them failed with."""
    ear = _Ear(engine)
    try:
        ear.until(lambda: all(i in ear.jobs and ear.jobs[i].is_over for i in job_ids), deadline_s)
    finally:
        ear.close()
    over = [ear.jobs[job_id] for job_id in job_ids]
    for job in over:
        if job.problem:
            raise ProblemError(job.problem)
    return over
