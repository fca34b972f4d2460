"""An engine on a throw-away embedded host, and the sample guest on it."""

import contextlib
import os
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from celadon_tour.evidence import GuestLog, NotSo, Virsh
from celadon_tour.patience import Patience

from backend.engine import Engine
from backend.hypervisor.embedded import daemon
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.jobs import Job, JobState
from backend.model import Domain, DomainState, Host, HostState, Kind, Ref, StorageVolume
from backend.operations import domain, machine
from backend.specs import HostSpec, MachineSpec, SourceKind
from tests.backend.conftest import Heard
from tests.live import leavings

HOST = Ref("live", Kind.HOST, "live")

SWITCH = "nat" if os.geteuid() == 0 else "user"
"""What an adapter is connected to: the host of an ordinary user has no switches."""
PATIENCE_S = 60.0
to_close: "weakref.WeakSet[Closable]" = weakref.WeakSet()
"""What a test opened and is closed when it ends, however it does; what was forgotten closes itself,
but one that failed holds what it had. Closed twice, nothing happens."""
PLACES, PREFIX = Path("/var/tmp"), "celadon-live-"


class Closable(Protocol):
    """What can be closed."""

    def close(self) -> object:
        """Let it go."""


def close_all() -> None:
    """Close what a test left open: the next one may want it for itself."""
    for one in list(to_close):
        one.close()
    to_close.clear()


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """Give a directory for a host; QEMU's own user can reach it, unlike pytest's directories.

    What is left there of runs that were killed is ended first.
    """
    leavings.clear(PLACES, PREFIX)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=PLACES) as name:
        Path(name).chmod(0o711)
        leavings.sign(Path(name))
        yield Path(name) / "root"


class Stage:
    """The host under test and what its engine told."""

    def __init__(self, root: Path, journal: Path | None = None) -> None:
        self.root = root
        self.journal = journal

    def open(self) -> None:
        """Start the engine; return when the host is connected and knows its accelerator."""
        spec = HostSpec("live", "Live", is_embedded=True, embedded_root=self.root)
        self.engine = Engine([spec], self.journal)
        self.engine.start()
        self.heard = Heard(self.engine, patience_s=PATIENCE_S)
        self.heard.until(self.is_ready)
        self.virsh = Virsh(self.host().uri)

    def is_ready(self) -> bool:
        """Whether the host is connected and knows what runs its guests."""
        host = self.heard.records.get(HOST)
        return (
            isinstance(host, Host) and host.state is HostState.CONNECTED and bool(host.accelerator)
        )

    def host(self) -> Host:
        """Return the host's record."""
        return self.heard.host()

    def embedded(self) -> EmbeddedHost:
        """Find the host as another console would."""
        return daemon.ensure(self.root)

    def strike(self) -> None:
        """Leave nothing behind."""
        self.engine.close()
        daemon.stop(daemon.ensure(self.root))

    def do(self, operation: Callable[..., object], ref: Ref, *args: object, **kw: object) -> Job:
        """Run a verb; return its job as it ended."""
        return self.heard.end_of(self.engine.submit(operation, ref, *args, **kw))  # type: ignore[arg-type]

    def must(self, operation: Callable[..., object], ref: Ref, *args: object, **kw: object) -> Job:
        """Run a verb that must succeed."""
        job = self.do(operation, ref, *args, **kw)
        assert job.state is JobState.DONE, job
        return job

    def create(self, name: str) -> "Guest":
        """Quick Create the sample guest."""
        spec = MachineSpec(name, SourceKind.SAMPLE_GUEST)
        job = self.must(machine.create, HOST, spec)
        assert isinstance(job.result, Ref)
        return Guest(self, job.result, name)

    def domains(self) -> list[Domain]:
        """Return the machines that the inventory shows."""
        return [r for r in self.heard.records.values() if isinstance(r, Domain)]

    def volumes(self) -> set[str]:
        """Return the paths of the volumes that the inventory shows."""
        return {r.path for r in self.heard.records.values() if isinstance(r, StorageVolume)}


class Guest:
    """The sample guest."""

    def __init__(self, stage: Stage, ref: Ref, name: str) -> None:
        self.stage, self.ref, self.name = stage, ref, name
        self.log: GuestLog | None = None

    @property
    def record(self) -> Domain:
        """What the inventory shows."""
        record = self.stage.heard.records[self.ref]
        assert isinstance(record, Domain)
        return record

    def boot(self) -> GuestLog:
        """Start it; return its log when it is ready."""
        self.stage.must(domain.start, self.ref)
        self.listen().wait_for("READY")
        return self.listen()

    def listen(self) -> GuestLog:
        """Return the log of the QEMU that runs now."""
        port = self.stage.virsh.log_port(self.name)
        if self.log is None or self.log.port != port or not self.log.is_open:
            if self.log:
                self.log.close()
            self.log = GuestLog(port)
        return self.log

    def until(self, holds: Callable[[Domain], bool]) -> None:
        """Return once the inventory shows that."""
        self.stage.heard.until(lambda: self.ref in self.stage.heard.records and holds(self.record))

    def run_inside(self, script: str) -> None:
        """Have the guest's agent run a shell script, and do not wait for it."""
        command = (
            '{"execute":"guest-exec","arguments":{"path":"/bin/sh","arg":["-c","' + script + '"]}}'
        )
        patience = Patience(PATIENCE_S)
        while True:
            with contextlib.suppress(NotSo):
                self.stage.virsh("qemu-agent-command", "--timeout", "5", self.name, command)
                return
            assert not patience.is_over, "the agent does not answer"
            time.sleep(0.5)

    def be_ready(self) -> None:
        """Run, heart and all, whatever a test before left it in the middle of."""
        state = self.stage.virsh.state(self.name)
        if state == "gone":
            return
        if state == "paused":
            self.stage.virsh("resume", self.name)
        elif state != "running":
            if state != "shut off":
                self.stage.virsh("destroy", self.name)
            self.until(lambda record: not record.is_active)
            self.boot()
        self.until(lambda record: record.state is DomainState.RUNNING)
        log = self.listen()
        # Which beats only once all else that it runs is there.
        log.wait_for("^TICK", since=len(log.lines))

    def panic(self) -> None:
        """Have its kernel panic, a second from now: by then the agent has answered."""
        self.run_inside("sleep 1; echo c > /proc/sysrq-trigger")

    def qemu(self) -> int:
        """Return the process id of its QEMU."""
        return int((self.stage.embedded().run_directory / f"{self.name}.pid").read_text())

    def remove(self) -> None:
        """Turn it off and delete it with its disk."""
        if self.log:
            self.log.close()
        if self.ref not in self.stage.heard.records:
            return
        if self.record.is_active:
            self.stage.must(domain.destroy, self.ref)
        disks = self.stage.engine.query(domain.owned_disks, self.ref).result(10)
        self.stage.must(domain.delete, self.ref, tuple(disk.path for disk in disks))
