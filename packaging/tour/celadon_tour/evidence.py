"""What is really so, from outside the program: a separate virsh, and the guest's own log port.

The sample guest writes its log to the second serial port: `@@ <uptime> <EVENT...>` and, ten times
a second, `TICK <n> <uptime>` (packaging/guest/README.md).
"""

import contextlib
import os
import re
import select
import subprocess
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from celadon_tour.patience import Patience

VIRSH_DEADLINE_S = 30
_ASKED_S = 0.2
"""So often patience is asked whether it is over."""
_TICK = re.compile(r"^TICK (\d+) ([\d.]+)")


class NotSo(Exception):
    """The evidence does not show what was claimed."""


@dataclass(frozen=True)
class Virsh:
    """A separate virsh for each question."""

    uri: str

    def __call__(self, *arguments: str) -> str:
        """Return what virsh prints. Raises NotSo with its error."""
        command = ["virsh", "-q", "-c", self.uri, *arguments]
        answer = subprocess.run(
            command, capture_output=True, text=True, timeout=VIRSH_DEADLINE_S, check=False,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
        if answer.returncode:
            raise NotSo(answer.stderr.strip() or answer.stdout.strip())
        return answer.stdout.strip()

    def names(self) -> list[str]:
        """Return the names of all machines."""
        return [name for name in self("list", "--all", "--name").splitlines() if name]

    def state(self, name: str) -> str:
        """Return the machine's state in virsh's words; "gone" if there is none."""
        try:
            return self("domstate", name) if name in self.names() else "gone"
        except NotSo:
            if name in self.names():
                raise
            return "gone"  # between the two questions

    def description(self, name: str) -> ElementTree.Element:
        """Return the machine's description."""
        return ElementTree.fromstring(self("dumpxml", name))  # noqa: S314  # our own host's

    def log_port(self, name: str) -> Path:
        """Return the terminal behind the sample guest's second serial port."""
        return Path(self.description(name).findall("devices/serial/source")[1].attrib["path"])

    def clear(self) -> None:
        """Have no machine there any more, with whatever belongs to it. Raises NotSo."""
        for name in self.names():
            with contextlib.suppress(NotSo):  # it is off
                self("destroy", name)
            self("undefine", name, "--managed-save", "--snapshots-metadata",
                 "--checkpoints-metadata", "--nvram", "--remove-all-storage")  # fmt: skip

    def until(self, name: str, state: str, *, patience_s: float = 60) -> str:
        """Return `state` once virsh says so. Raises NotSo with the last answer."""
        return until(lambda: self.state(name), lambda told: told == state, patience_s=patience_s)


def until(ask: Callable[[], str], holds: Callable[[str], bool], *, patience_s: float) -> str:
    """Return the first answer that holds. Raises NotSo with the last one."""
    patience = Patience(patience_s)
    while not holds(answer := ask()):
        if patience.is_over:
            raise NotSo(f"still {answer!r} after {patience_s:.0f} s")
        time.sleep(0.1)
    return answer


@dataclass
class GuestLog:
    """The sample guest's log port, read as long as its QEMU lives."""

    port: Path
    lines: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._is_closed = False
        self._terminal = os.open(self.port, os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)
        tty.setraw(self._terminal)
        self._reader = threading.Thread(
            target=self._read, name=f"hypervisor-log {self.port}", daemon=True
        )
        self._reader.start()

    @property
    def is_open(self) -> bool:
        """Whether its QEMU still lives."""
        return self._reader.is_alive()

    def close(self) -> None:
        """Read no more."""
        self._is_closed = True
        self._reader.join(timeout=2)

    def ticks(self) -> list[tuple[float, int, float]]:
        """Return the heartbeats: (when it came here, number, the guest's uptime in seconds)."""
        with self._news:
            found = [(at, _TICK.match(line)) for at, line in self.lines]
        return [(at, int(m[1]), float(m[2])) for at, m in found if m]

    def wait_for(self, pattern: str, *, patience_s: float = 60, since: int = 0) -> str:
        """Return the first line that matches, from line `since` on. Raises NotSo."""
        wanted, patience = re.compile(pattern), Patience(patience_s)
        with self._news:
            seen = since
            while True:
                for _, line in self.lines[seen:]:
                    if wanted.search(line):
                        return line
                seen = len(self.lines)
                self._news.wait(_ASKED_S)
                if patience.is_over:
                    last = [line for _, line in self.lines[-3:]]
                    raise NotSo(f"the guest never said {pattern!r}; its last words: {last}")

    def count_ticks(self, seconds: float) -> int:
        """Return how many heartbeats arrive in the next `seconds`."""
        before = len(self.ticks())
        time.sleep(seconds)
        return len(self.ticks()) - before

    def _read(self) -> None:
        rest = b""
        try:
            while not self._is_closed:
                if not select.select([self._terminal], [], [], 0.2)[0]:
                    continue
                if not (part := os.read(self._terminal, 4096)):
                    break
                *whole, rest = (rest + part).split(b"\n")
                with self._news:
                    now = time.time()
                    self.lines += [(now, line.decode(errors="replace").strip()) for line in whole]
                    self._news.notify_all()
        except OSError:
            pass  # QEMU has gone, and its end of the terminal with it
        finally:
            os.close(self._terminal)


@dataclass(frozen=True, slots=True)
class Tcp:
    """How many sockets of this computer's side stand so at a port."""

    listening: int
    established: int


def tcp(port: int) -> Tcp:
    """Return what the kernel says of the server's side of a port."""
    states: list[str] = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                _number, local, _remote, state, *_rest = line.split()
                if int(local.rpartition(":")[2], 16) == port:
                    states.append(state)
    return Tcp(states.count("0A"), states.count("01"))
