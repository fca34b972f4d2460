"""The composition root of the backend: hosts, inventory, jobs and statistics on a loop of its own.

Every client (window, service, test) holds one of these. Its methods may be called from any thread
and return at once; listeners are called on the engine's thread.
"""

import asyncio
import concurrent.futures
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from backend.alerts.keeper import AlertKeeper
from backend.history.keeper import History
from backend.host.book import HostBook
from backend.host.managed import ManagedHost
from backend.hypervisor import eventloop
from backend.inventory import Inventory
from backend.jobs import Job, JobBook
from backend.journal.entry import Cursor, Entry, PastJobs
from backend.journal.keeper import Journal
from backend.journal.scribe import Scribe, ourselves
from backend.model import Change, Ref
from backend.operations import automatic
from backend.series import Sample
from backend.specs import HostSpec
from backend.thresholds import Rules

if TYPE_CHECKING:
    from backend.prometheus.endpoint import Endpoint  # a library that few need

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
Operation = Callable[Concatenate[ManagedHost, Ref, P], Awaitable[T]]
_CLOSE_DEADLINE_S = 5.0


def _to_nobody(_entries: tuple[Entry, ...]) -> None:
    return


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told; each is called on the engine's thread and must return at once."""

    on_change: Callable[[Change], None]
    on_job: Callable[[Job], None]
    on_samples: Callable[[tuple[Sample, ...]], None]
    on_entries: Callable[[tuple[Entry, ...]], None]


class Audience:
    """All who listen, as one listener. Lives on the engine's loop."""

    def __init__(self) -> None:
        self._all: list[Listeners] = []

    def add(self, listeners: Listeners) -> None:
        """Tell them from now on."""
        self._all.append(listeners)

    def remove(self, listeners: Listeners) -> None:
        """Tell them no more."""
        self._all.remove(listeners)

    def on_change(self, change: Change) -> None:
        """Tell of a change."""
        for listeners in self._all:
            listeners.on_change(change)

    def on_job(self, job: Job) -> None:
        """Tell of a job's new standing."""
        for listeners in self._all:
            listeners.on_job(job)

    def on_samples(self, samples: tuple[Sample, ...]) -> None:
        """Tell of new readings."""
        for listeners in self._all:
            listeners.on_samples(samples)

    def on_entries(self, entries: tuple[Entry, ...]) -> None:
        """Tell of what the journal has anew."""
        for listeners in self._all:
            listeners.on_entries(entries)


class Engine:
    """Hosts under management, and the verbs on them.

    `journal` is the file that keeps what happened, `history` the one that keeps what was measured;
    None keeps it no longer than the engine lives, and of figures only those that somebody watched.
    `prometheus` is the address of one that is asked first how figures went, `metrics` what tells
    them to one; it is closed with the engine.
    """

    def __init__(
        self,
        hosts: Sequence[HostSpec],
        journal: Path | None = None,
        history: Path | None = None,
        prometheus: str = "",
        metrics: "Endpoint | None" = None,
    ) -> None:
        self._specs = tuple(hosts)
        self._inventory = Inventory()
        self._hosts: HostBook | None = None
        self._journal_path = journal
        self._journal: Journal | None = None
        self._jobs: JobBook | None = None
        self._history_path, self._prometheus = history, prometheus
        self._history: History | None = None
        self._metrics = metrics
        self._alerts: AlertKeeper | None = None
        self._audience = Audience()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        """Have the engine run; the hosts connect by themselves."""
        eventloop.run_in_thread()
        self._thread.start()
        self._ready.wait()

    def close(self) -> None:
        """Stop and join the engine's thread; a hypervisor that hangs is not waited for.

        Whoever closes it again waits no more.
        """
        stop, self._stop = self._stop, None
        if stop and self._thread.is_alive():
            self._post(stop.set)
            self._thread.join(_CLOSE_DEADLINE_S)

    def manage(self, spec: HostSpec) -> None:
        """Have a host under management, in place of the one of that id if there is one.

        Where only the name is another one, nothing but the name changes.
        """
        self._post(self._book.manage, spec)

    def forget(self, host_id: str) -> None:
        """Manage a host no longer: its connections end, and its records leave the inventory."""
        self._post(self._book.forget, host_id)

    def listen(
        self,
        *,
        on_change: Callable[[Change], None],
        on_job: Callable[[Job], None],
        on_samples: Callable[[tuple[Sample, ...]], None],
        on_entries: Callable[[tuple[Entry, ...]], None] = _to_nobody,
    ) -> Callable[[], None]:
        """Tell all that is known and then all that changes; return what ends that.

        Of the journal only what is written from now on is told: see `operations.journal`.
        """
        listeners = Listeners(on_change, on_job, on_samples, on_entries)
        self._post(self._add_listeners, listeners)
        return lambda: self._post(self._audience.remove, listeners)

    def submit(
        self, operation: "Operation[P, object]", ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> int:
        """Run a verb on a thing as a job; return the job's number at once."""
        job_id = JobBook.next_id()
        name = f"{operation.__module__.rpartition('.')[2]}.{operation.__name__}"

        async def work() -> object:
            return await operation(self._book.find(ref), ref, *args, **kwargs)

        self._post(self._start_job, job_id, name, ref, work)
        return job_id

    def query(
        self, question: "Operation[P, T]", ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> "concurrent.futures.Future[T]":
        """Ask a host something without a job."""

        async def answer() -> T:
            return await question(self._book.find(ref), ref, *args, **kwargs)

        return asyncio.run_coroutine_threadsafe(answer(), self._running_loop)

    def cancel(self, job_id: int) -> None:
        """Ask a job to stop, if it can be stopped now."""
        self._post(lambda: self._jobs and self._jobs.cancel(job_id))

    def past_jobs(
        self, before: Cursor | None = None, limit: int = 200
    ) -> "concurrent.futures.Future[PastJobs]":
        """Return jobs of all hosts, this console's and those before, the last begun first."""
        if self._journal is None:
            raise RuntimeError("the engine was not started")
        return self._journal.read_jobs(before, limit)

    def watch(self, ref: Ref) -> Callable[[], None]:
        """Have a machine's (a host: all its machines') figures read; return what ends that."""
        self._post(self._book.watch, ref)
        return lambda: self._post(self._book.unwatch, ref)

    def use_rules(self, rules: Rules) -> None:
        """Watch figures for these thresholds from now on; what is beyond one is a record.

        All machines' figures are read then, whether or not they are kept.
        """
        if self._alerts:
            self._post(self._alerts.use, rules)
        if any(threshold.is_enabled for threshold in rules.thresholds):
            self._post(self._book.keep_readings)

    @property
    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("the engine was not started")
        return self._loop

    @property
    def _book(self) -> HostBook:
        if self._hosts is None:
            raise RuntimeError("the engine was not started")
        return self._hosts

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        finally:
            self._ready.set()  # whatever became of it: `start` waits for that

    async def _main(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), (stop := asyncio.Event())
        # Told in the journal's thread.
        self._journal = Journal(
            self._journal_path, lambda entries: self._post(self._audience.on_entries, entries)
        )
        self._history = history = History(self._history_path, prometheus=self._prometheus)
        history.wants_readings |= self._metrics is not None
        scribe = Scribe(self._journal, self._inventory, ourselves())
        self._alerts = AlertKeeper(self._inventory, self._journal)
        for hear in (scribe.on_change, self._audience.on_change, self._alerts.on_change):
            self._inventory.subscribe(hear)
        try:
            async with asyncio.TaskGroup() as tasks:
                self._jobs = JobBook(tasks)
                self._jobs.subscribe(scribe.on_job)
                self._jobs.subscribe(self._audience.on_job)
                self._hosts = HostBook(tasks, self._inventory, self._on_samples, scribe, history)
                self._inventory.subscribe(
                    automatic.begin_on(self._hosts.find, self.submit, self.query)
                )
                for spec in self._specs:
                    self._post(self._hosts.manage, spec)  # one that fails ends none of the others
                self._ready.set()
                await stop.wait()
                for task in asyncio.all_tasks() - {asyncio.current_task()}:
                    task.cancel()
        finally:
            scribe.close()
            self._alerts.close()
            if self._hosts:
                self._hosts.close()
            self._journal.close()
            history.close()
            if self._metrics:
                self._metrics.close()

    def _start_job(
        self, job_id: int, name: str, ref: Ref, work: Callable[[], Awaitable[object]]
    ) -> None:
        record = self._inventory.get(ref)
        subject_name = getattr(record, "name", "")
        if self._jobs:
            self._jobs.start(job_id, name, ref, subject_name, work)

    def _add_listeners(self, listeners: Listeners) -> None:
        for record in self._inventory.everything():
            listeners.on_change(Change(record.ref, None, record))
        for job in self._jobs.all() if self._jobs else ():
            listeners.on_job(job)
        self._audience.add(listeners)

    def _on_samples(self, samples: tuple[Sample, ...]) -> None:
        if self._history:
            self._history.add(samples)
        if self._alerts:
            self._alerts.see(samples)
        if self._metrics:
            self._metrics.tell(samples, self._inventory.get)
        if wanted := self._book.watched(samples):
            self._audience.on_samples(wanted)

    def _post(self, function: Callable[..., object], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # closed meanwhile: nobody is left to be told
            self._running_loop.call_soon_threadsafe(function, *args)
