"""What the way costs, how it breaks and comes back, and what is left of it: nothing."""

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from celadon_tour.sshd import (
    PASSWORD,
    Sshd,
    children,
    until,
)

from backend import pressure
from backend.host.managed import ManagedHost
from backend.hypervisor import abilities, host_figures, room
from backend.hypervisor.room import Room
from backend.model import Domain, HostState, PromptKind, Ref
from backend.operations import domain, host
from backend.specs import HostSpec
from tests.live.client import HOST, Client, client
from tests.live.ssh.setting import by_password, is_alive, needs_sshd

pytestmark = [pytest.mark.live, pytest.mark.alone, needs_sshd]


@pytest.mark.usefixtures("key", "trusted")
def test_one_connection_carries_all_andnothing_is_left_of_it(spec: HostSpec, sshd: Sshd) -> None:
    with client(spec) as one:
        one.connected()
        (machine,) = (r for r in one.heard.records.values() if isinstance(r, Domain))
        stop = one.engine.watch(HOST)
        one.heard.until(lambda: one.heard.samples)
        stop()
        told = one.engine.query(_pressure_there, HOST).result(10)
        assert "swap.in" in pressure.parse(told), "the kernel's own files, by the same connection"
        found = one.engine.query(_room_there, HOST).result(10)
        here = room.read_here("/var/tmp")
        assert found
        assert here
        assert found.size_bytes == pytest.approx(here.size_bytes, rel=0.01)
        nodes = one.engine.query(_nodes_there, HOST).result(10)
        assert nodes == frozenset({"/dev/full"}), "its /dev too, which libvirt does not tell"
        job = one.heard.end_of(one.engine.submit(domain.suspend, machine.ref))
        assert job.problem is None
        one.engine.query(domain.description, machine.ref).result(10)
        assert one.heard.end_of(one.engine.submit(domain.resume, machine.ref)).problem is None
        assert sshd.connections() == 1
        assert one.do(host.disconnect) is None
        one.wait(lambda: not sshd.sessions())
        one.until(HostState.DISCONNECTED)
        assert not _ssh_processes()
        assert one.do(host.reconnect) is None
        one.connected()
        one.engine.forget("there")
        one.wait(lambda: not _ssh_processes() and not sshd.sessions())


@pytest.mark.usefixtures("key", "trusted")
def test_however_much_is_done_at_once_an_sshd_has_sessions_for_all(spec: HostSpec) -> None:
    with client(spec) as one:
        one.connected()
        names = one.engine.query(_busy_there, HOST).result(60)
        assert len(names) == 16 + 3 + 4
        assert len(set(names)) == 1


async def _busy_there(there: ManagedHost, _ref: Ref) -> list[str]:
    """Have all be done there that may be done at once, transfers first."""

    def ask(connect: Any) -> str:
        time.sleep(1)
        return str(connect.getHostname())

    async def do_others() -> list[str]:
        await asyncio.sleep(1)
        actions = (there.tell(ask) for _ in range(3))
        return await asyncio.gather(*actions, *(there.ask(ask) for _ in range(4)))

    transfers = (there.tell(ask, deadline_s=50) for _ in range(16))
    transferred, others = await asyncio.gather(asyncio.gather(*transfers), do_others())
    return transferred + others


async def _pressure_there(there: ManagedHost, _ref: Ref) -> str:
    return await there.ask(host_figures.read_pressure)


async def _room_there(there: ManagedHost, _ref: Ref) -> Room | None:
    return await there.ask(lambda connect: room.read(connect, "/var/tmp"))


async def _nodes_there(there: ManagedHost, _ref: Ref) -> frozenset[str] | None:
    wanted = frozenset({"/dev/full", "/dev/no-such"})
    return await there.ask(lambda connect: abilities.read_nodes(connect, wanted))


def _ssh_processes() -> list[int]:
    found = []
    for pid in children(os.getpid()):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() == "ssh":
                found.append(pid)
    return found


_CONSOLE = """
import sys
from pathlib import Path
from backend.model import HostState
from backend.specs import HostSpec
from tests.live.client import client
with client(HostSpec("there", "There", sys.argv[1], ssh_config=Path(sys.argv[2]))) as one:
    one.connected()
    print("connected", flush=True)
    sys.stdin.read()
"""


@pytest.mark.usefixtures("key", "trusted")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_console_that_dies_leaves_no_ssh_behind(
    spec: HostSpec, sshd: Sshd, number: signal.Signals, nothing_is_left: Path
) -> None:
    command = [sys.executable, "-c", _CONSOLE, spec.uri, str(spec.ssh_config)]
    environment = {**os.environ, "PYTHONPATH": "packaging/tour:."}
    with subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as console:
        assert console.stdout
        assert console.stdout.readline() == "connected\n"
        ours = children(console.pid)
        assert ours
        console.send_signal(number)
        console.wait()
    until(lambda: not any(is_alive(pid) for pid in ours), "a process of the console's is left")
    until(lambda: not sshd.sessions(), "the server still has somebody")
    # What a dead console could not take along is taken away by the next.
    with client(spec) as one:
        one.connected()
        (place,) = nothing_is_left.iterdir()
        assert place.is_dir()


@pytest.mark.usefixtures("key", "trusted")
@pytest.mark.parametrize("cut", ["killed", "stopped", "forgotten"])
def test_a_link_that_is_cut_is_noticed_and_comes_back(spec: HostSpec, sshd: Sshd, cut: str) -> None:
    with client(spec) as one:
        one.connected()
        before = [r.ref for r in one.heard.records.values() if isinstance(r, Domain)]
        how: dict[str, Callable[[], None]] = {
            "killed": lambda: _signal(sshd.sessions(), signal.SIGKILL),
            "stopped": lambda: _signal(sshd.sessions(), signal.SIGSTOP),
            "forgotten": sshd.stop,
        }
        how[cut]()
        one.until(HostState.AWAY)
        assert one.away().message_id in ("ConnectionLost", "ConnectionRefused")
        assert [r.ref for r in one.heard.records.values() if isinstance(r, Domain)] == before
        if cut == "forgotten":
            one.heard.until(lambda: len(_waits(one)) >= 3)
            waits = _waits(one)
            assert waits == sorted(waits), "each wait is longer than the one before"
            assert one.away().message_id == "ConnectionRefused"
            sshd.start()
            assert one.do(host.reconnect) is None
        one.until(HostState.CONNECTED)
        assert one.prompts() == []
        if cut == "stopped":
            _signal(sshd.sessions(), signal.SIGCONT)


def _waits(one: Client) -> list[float]:
    """Return how long it was to wait after each failure, by the records."""
    found = []
    for change in one.heard.changes:
        record = change.after
        is_host = record is not None and record.ref == HOST
        if is_host and getattr(record, "retry_at", None) and record not in found:
            found.append(record)
    ends = [getattr(record, "retry_at", 0.0) for record in found]
    return [later - earlier for earlier, later in itertools.pairwise(ends)]


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@by_password
@pytest.mark.usefixtures("trusted")
def test_a_link_that_comes_back_asks_nobody_again(spec: HostSpec, sshd: Sshd) -> None:
    with client(spec) as one:
        one.answer(PromptKind.PASSWORD, PASSWORD)
        one.connected()
        _signal(sshd.sessions(), signal.SIGKILL)
        one.until(HostState.AWAY)
        one.until(HostState.CONNECTED)
        assert len(one.prompts()) == 1
        assert one.do(host.disconnect) is None
        one.engine.submit(host.reconnect, HOST)
        one.answer(PromptKind.PASSWORD, PASSWORD)
        one.connected()
