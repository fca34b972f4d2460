"""One managed machine: finds it, connects, notices its loss, comes back; what operations hold."""

import asyncio
import contextlib
import logging
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from backend.errors import BackendError, ConnectionLost, HostAway, Problem, Unexpected
from backend.host.follow import Follower
from backend.host.watch import Watcher
from backend.hypervisor import accelerator, events, facts
from backend.hypervisor.connection import Connection
from backend.hypervisor.embedded import daemon
from backend.hypervisor.embedded.provision import provision
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.hypervisor.places import cache_directory
from backend.hypervisor.workers import Workers
from backend.inventory import Inventory
from backend.model import Accelerator, Host, HostSpec, HostState, Kind, Ref, Sample

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
Command = Callable[Concatenate[Any, str, P], T]

ACTION_DEADLINE_S = 30.0
_LOCATE_DEADLINE_S = 120.0
_BACK_OFF_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


class ManagedHost:
    """A host, whether it can be reached at the moment or not."""

    def __init__(
        self,
        spec: HostSpec,
        inventory: Inventory,
        tell_samples: Callable[[tuple[Sample, ...]], None],
    ) -> None:
        self.spec = spec
        self.ref = Ref(spec.id, Kind.HOST, spec.id)
        self.inventory = inventory
        self.embedded: EmbeddedHost | None = None
        self._loop = asyncio.get_running_loop()
        self._uri = spec.uri
        self._lost = asyncio.Event()
        self._retry = asyncio.Event()
        self._event_listeners: list[Callable[[events.Event], None]] = []
        self._local = Workers(f"{spec.id}-local", 2)
        self._reader = Connection(
            f"{spec.id}-reader", self._get_uri, threads=1, opened=self._listen
        )
        # A test:///file.xml host is private to each connection, so one must do for all.
        is_private = spec.uri.startswith("test:///") and spec.uri != "test:///default"
        self._actions = self._reader if is_private else self._connection("actions", 3)
        self._monitor = self._reader if is_private else self._connection("monitor", 4)
        self.watcher = Watcher(spec.id, inventory, self._monitor, tell_samples, self.refresh)
        self._follower = Follower(
            spec.id, inventory, self._reader, self._monitor, self.watcher.is_stuck
        )
        inventory.put(Host(self.ref, spec.name, spec.uri, HostState.CONNECTING,
                           is_embedded=spec.is_embedded))  # fmt: skip

    @property
    def record(self) -> Host:
        """What is known of the host itself."""
        host = self.inventory.find(self.ref, Host)
        if host is None:
            raise HostAway(host=self.spec.name)
        return host

    async def run(self) -> None:
        """Be connected, or try to be, until cancelled."""
        attempt = 0
        while True:
            problem = await self._live_once()
            was_connected = self.record.state is HostState.CONNECTED
            attempt = 0 if was_connected else attempt + 1
            self._close_connections()  # each opens anew when it is needed
            delay = _BACK_OFF_S[min(attempt, len(_BACK_OFF_S) - 1)]
            self._publish(state=HostState.AWAY, problem=problem, retry_at=time.time() + delay)
            await self._wait_to_retry(delay)

    async def _live_once(self) -> Problem:
        """Connect and serve until that fails; return why."""
        problem = ConnectionLost().problem
        try:
            await self._connect()
            await self._serve()
        except* BackendError as group:
            problem = _first(group).problem
        except* Exception as group:
            # A fault of ours with one host must not take the others down.
            log.exception("host %s", self.spec.id)
            problem = Unexpected(detail=(repr(group.exceptions[0]),)).problem
        return problem

    def reconnect(self) -> None:
        """Try now rather than when the time comes."""
        self._retry.set()

    def refresh(self, ref: Ref) -> None:
        """Have `ref` read again soon."""
        self._follower.mark(ref)

    async def refresh_all(self) -> None:
        """Read everything again; returns when the inventory shows it."""
        self._require_connected()
        await self._follower.read_everything()

    async def act(
        self,
        command: Command[P, T],
        ref: Ref,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Tell the hypervisor to do something to a machine; what it returns when it did."""
        return await self.act_for(ACTION_DEADLINE_S, command, ref, *args, **kwargs)

    async def act_for(
        self,
        deadline_s: float,
        command: Command[P, T],
        ref: Ref,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `act`, for what may take longer."""
        self._require_connected()
        try:
            return await self._actions.call(
                lambda connect: command(connect, ref.key, *args, **kwargs), deadline_s=deadline_s
            )
        finally:
            self.refresh(ref)

    async def tell(
        self, command: Callable[[Any], T], *, deadline_s: float = ACTION_DEADLINE_S
    ) -> T:
        """Tell the hypervisor to do something that concerns no machine that is there."""
        self._require_connected()
        return await self._actions.call(command, deadline_s=deadline_s)

    async def read_now(self, ref: Ref) -> None:
        """Read a machine again; returns when the inventory shows it as it is."""
        self._require_connected()
        await self._follower.read_domains([ref])

    async def read_storage_now(self) -> None:
        """Read pools and volumes again; returns when the inventory shows them as they are."""
        self._require_connected()
        await self._follower.read_storage()

    async def ask(self, question: Callable[[Any], T], *, deadline_s: float = 10.0) -> T:
        """Ask the hypervisor something that may wait on a guest or on storage."""
        self._require_connected()
        return await self._monitor.call(question, deadline_s=deadline_s)

    async def run_locally(self, function: Callable[[], T], *, deadline_s: float) -> T:
        """Return what blocking work on this computer (files) returns."""
        return await self._local.run(function, deadline_s=deadline_s)

    def on_event(self, listener: Callable[[events.Event], None]) -> Callable[[], None]:
        """Call `listener` with each libvirt event of this host; return what ends that."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    def close(self) -> None:
        """Let everything go without waiting."""
        self._close_connections()
        self._local.close()

    def _close_connections(self) -> None:
        for connection in (self._reader, self._actions, self._monitor):
            connection.close()

    def _connection(self, role: str, threads: int) -> Connection:
        return Connection(f"{self.spec.id}-{role}", self._get_uri, threads=threads)

    async def _connect(self) -> None:
        self._lost.clear()
        self._retry.clear()
        if self.spec.is_embedded:
            found = await self._local.run(
                lambda: daemon.ensure(self.spec.embedded_root), deadline_s=_LOCATE_DEADLINE_S
            )
            self.embedded, self._uri = found, found.uri
            self._follower.run_directory = found.run_directory
        told = await self._reader.call(facts.read_facts)
        self._publish(
            uri=self._uri, hostname=told.hostname, hypervisor=told.hypervisor,
            libvirt_version=told.libvirt_version, processors=told.processors,
            memory_bytes=told.memory_bytes,
        )  # fmt: skip
        if self.embedded:
            await self._provide(self.embedded)
        await self._follower.read_everything()
        self._publish(state=HostState.CONNECTED, problem=None, retry_at=None)

    async def _provide(self, host: EmbeddedHost) -> None:
        """Bring the embedded host's pool and networks, and say what could not be had."""
        problems = await self._actions.call(
            lambda connect: provision(connect, host), deadline_s=ACTION_DEADLINE_S
        )
        self._publish(notes=problems, qemu_user=host.qemu_user, images=host.images)

    async def _serve(self) -> None:
        """Follow the host until it is lost, which is raised."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follower.run())
            tasks.create_task(self.watcher.run())
            tasks.create_task(self._learn_slow_facts())
            await self._lost.wait()
            raise ConnectionLost

    async def _learn_slow_facts(self) -> None:
        if self._is_on_this_computer:
            verdict = await self._local.run(self._probe, deadline_s=_LOCATE_DEADLINE_S)
            notes = (*self.record.notes, *([verdict.reason] if verdict.reason else []))
            self._publish(accelerator=verdict.accelerator, notes=notes)
        else:
            # What a host far away runs guests with is not known before one has run there.
            self._publish(accelerator=Accelerator.KVM)
        with contextlib.suppress(BackendError):
            version = await self.ask(facts.read_hypervisor_version, deadline_s=60.0)
            self._publish(hypervisor=version)

    @property
    def _is_on_this_computer(self) -> bool:
        return self.embedded is not None or urlsplit(self._uri).netloc == ""

    def _probe(self) -> accelerator.AcceleratorVerdict:
        program = f"qemu-system-{platform.machine()}"
        emulator = Path(shutil.which(program) or f"/usr/bin/{program}")
        if self.embedded:
            cache = self.embedded.root / "accelerator.json"
            return accelerator.probe(emulator, cache, self.embedded.qemu_user)
        return accelerator.probe(emulator, cache_directory() / "accelerator.json")

    async def known_accelerator(self) -> Accelerator:
        """Return what runs guests here, once that is known."""
        known = await self.inventory.until(
            self.ref,
            lambda host: isinstance(host, Host) and host.accelerator is not None,
            deadline_s=_LOCATE_DEADLINE_S,
        )
        return (known.accelerator if isinstance(known, Host) else None) or Accelerator.TCG

    async def _wait_to_retry(self, delay_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await self._retry.wait()
        self._retry.clear()
        self._publish(state=HostState.CONNECTING, retry_at=None)

    def _listen(self, connect: Any) -> None:  # in the reader's thread
        events.register(connect, self.spec.id, self._deliver)
        events.on_close(connect, lambda: self._post(self._lost.set))

    def _deliver(self, event: events.Event) -> None:  # in libvirt's event thread
        self._post(self._on_event, event)

    def _post(self, function: Callable[..., object], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody listens any more
            self._loop.call_soon_threadsafe(function, *args)

    def _on_event(self, event: events.Event) -> None:
        self.refresh(event.ref)
        for listener in list(self._event_listeners):
            listener(event)

    def _require_connected(self) -> None:
        if self.record.state is not HostState.CONNECTED:
            raise HostAway(host=self.spec.name)

    def _get_uri(self) -> str:
        return self._uri

    def _publish(self, **changes: Any) -> None:
        self.inventory.put(replace(self.record, **changes))


def _first(group: BaseExceptionGroup[BackendError]) -> BackendError:
    for error in group.exceptions:
        return _first(error) if isinstance(error, BaseExceptionGroup) else error
    raise ValueError(group)
