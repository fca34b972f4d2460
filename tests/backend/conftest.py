"""An engine on a host of libvirt's own test driver, and somebody who hears what it tells."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import libvirt
import pytest
from celadon_tour.patience import Patience

from backend.engine import Engine
from backend.jobs import Job
from backend.journal.entry import Entry
from backend.model import Change, Domain, Host, HostState, Kind, Record, Ref
from backend.series import Sample
from backend.specs import HostSpec

UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f"
PATIENCE_S = 10.0
_ASKED_S = 0.2
"""So often patience is asked whether it is over."""


class Heard:
    """What an engine told, as a client sees it."""

    def __init__(self, engine: Engine, patience_s: float = PATIENCE_S) -> None:
        self.engine = engine
        self._patience_s = patience_s
        self.records: dict[Ref, Record] = {}
        self.changes: list[Change] = []
        self.jobs: dict[int, Job] = {}
        self.samples: list[Sample] = []
        self.entries: list[Entry] = []
        self._news = threading.Condition()
        engine.listen(
            on_change=self._change,
            on_job=self._job,
            on_samples=self._sample,
            on_entries=self._entry,
        )

    def until(self, holds: Callable[[], object]) -> None:
        """Return once `holds` is true, which it must become."""
        patience = Patience(self._patience_s)
        with self._news:
            while not holds():
                assert not patience.is_over, "it did not come to that"
                self._news.wait(_ASKED_S)

    def end_of(self, job_id: int) -> Job:
        """Return a job as it ended."""
        self.until(lambda: job_id in self.jobs and self.jobs[job_id].is_over)
        return self.jobs[job_id]

    def domain(self, key: str = UUID) -> Domain | None:
        """Return what is known of the machine."""
        record = next((r for ref, r in self.records.items() if ref.key == key), None)
        return record if isinstance(record, Domain) else None

    def host(self) -> Host:
        """Return what is known of the host."""
        return next(record for record in self.records.values() if isinstance(record, Host))

    def _change(self, change: Change) -> None:
        with self._news:
            self.changes.append(change)
            if change.after is None:
                self.records.pop(change.ref, None)
            else:
                self.records[change.ref] = change.after
            self._news.notify_all()

    def _job(self, job: Job) -> None:
        with self._news:
            self.jobs[job.id] = job
            self._news.notify_all()

    def _sample(self, samples: tuple[Sample, ...]) -> None:
        with self._news:
            self.samples.extend(samples)
            self._news.notify_all()

    def _entry(self, entries: tuple[Entry, ...]) -> None:
        with self._news:
            self.entries.extend(entries)
            self._news.notify_all()


@pytest.fixture
def uri(tmp_path: Path) -> str:
    """A test host of its own, with one running machine, a network and a pool."""
    pristine = libvirt.open("test:///default")
    parts = (
        pristine.lookupByName("test").XMLDesc(0),
        pristine.networkLookupByName("default").XMLDesc(0),
        pristine.storagePoolLookupByName("default-pool").XMLDesc(0),
    )
    pristine.close()
    (tmp_path / "node.xml").write_text(f"<node>{''.join(parts)}</node>")
    return f"test://{tmp_path}/node.xml"


@pytest.fixture
def heard(uri: str) -> Iterator[Heard]:
    """An engine that is connected to that host, and what it told."""
    engine = Engine([HostSpec("t", "Test", uri)])
    engine.start()
    listener = Heard(engine)
    listener.until(lambda: listener.records and listener.host().state is HostState.CONNECTED)
    yield listener
    engine.close()


@pytest.fixture
def vm() -> Ref:
    """The one machine."""
    return Ref("t", Kind.DOMAIN, UUID)
