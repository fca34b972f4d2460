"""What the programs are connected to: a big host of libvirt's test driver, or real guests."""

import contextlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from celadon_tour import room

from backend.blocking import until_connected, until_done
from backend.engine import Engine
from backend.hypervisor.embedded import daemon
from backend.model import Kind, Ref
from backend.operations import machine
from backend.specs import HostSpec, MachineSpec, SourceKind, Then

_ID: Final = "bench"
_BOOTED_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many machines: of the test driver's, or guests under QEMU that run."""

    count: int
    is_real: bool = False

    @property
    def name(self) -> str:
        """What it is called in a row."""
        kind = "real guests" if self.is_real else "machines" if self.count > 1 else "machine"
        return f"{self.count:,} {kind}"


CROWDS: Final = (Crowd(1), Crowd(100), Crowd(1000), Crowd(10, is_real=True))


@contextlib.contextmanager
def gathered(crowd: Crowd) -> Iterator[str]:
    """Have a crowd there; give the URI that leads to it."""
    # QEMU's own user can reach it, unlike most temporary directories.
    with tempfile.TemporaryDirectory(prefix="celadon-bench-", dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o711)
        if crowd.is_real:
            with _guests(folder / "host", crowd.count) as uri:
                yield uri
        else:
            yield room.write(folder / "room.xml", crowd.count)


def guest(number: int) -> str:
    """Return what a real guest is called."""
    return f"guest-{number:02d}"


@contextlib.contextmanager
def _guests(root: Path, count: int) -> Iterator[str]:
    """Have sample guests run on a private host."""
    engine = Engine([HostSpec(_ID, _ID, is_embedded=True, embedded_root=root)])
    engine.start()
    try:
        host = until_connected(engine, _ID)
        specs = tuple(MachineSpec(guest(n), SourceKind.SAMPLE_GUEST) for n in range(count))
        made = engine.submit(machine.create_all, Ref(_ID, Kind.HOST, _ID), specs, Then.START)
        until_done(engine, made)
        engine.close()  # nobody but the programs that are measured is to ask it anything
        time.sleep(_BOOTED_S)
        yield host.uri
    finally:
        engine.close()
        daemon.stop(daemon.ensure(root))
