"""A host's life: found, connected, followed, lost, tried again."""

import asyncio
import contextlib
import logging
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from backend.errors import BackendError, ConnectionLost, HostAway, Problem, Unexpected
from backend.host.follow import Follower
from backend.host.guests import Guests
from backend.host.lines import Lines
from backend.host.watch import Watcher
from backend.hypervisor import accelerator, events, facts
from backend.hypervisor.connection import Release
from backend.hypervisor.embedded import daemon
from backend.hypervisor.embedded.provision import provision
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.hypervisor.places import cache_directory
from backend.inventory import Inventory
from backend.model import Accelerator, Host, HostSpec, HostState, Kind, Ref, Sample

log = logging.getLogger(__name__)
_LOCATE_DEADLINE_S = 120.0
_PROVIDE_DEADLINE_S = 30.0
_VERSION_DEADLINE_S = 60.0
_BACK_OFF_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


class Life:
    """Keeps one host connected and its slice of the inventory true, or says why not."""

    def __init__(
        self,
        spec: HostSpec,
        inventory: Inventory,
        tell_samples: Callable[[tuple[Sample, ...]], None],
    ) -> None:
        self.ref = Ref(spec.id, Kind.HOST, spec.id)
        self.embedded: EmbeddedHost | None = None
        self.event_listeners: list[Callable[[events.Event], None]] = []
        self._spec = spec
        self._inventory = inventory
        self._loop = asyncio.get_running_loop()
        self._lost, self._retry = asyncio.Event(), asyncio.Event()
        self.lines = Lines(spec.id, spec.uri, self._listen)
        monitor = self.lines.monitor
        self.guests = Guests(monitor, self._mark)
        self.watcher = Watcher(spec.id, inventory, monitor, self.guests, tell_samples)
        self.follower = Follower(spec.id, inventory, self.lines.reader, monitor, self.guests)
        host = Host(self.ref, spec.name, spec.uri, HostState.CONNECTING,
                    is_embedded=spec.is_embedded)  # fmt: skip
        inventory.put(host)

    @property
    def record(self) -> Host:
        """What is known of the host itself."""
        host = self._inventory.find(self.ref, Host)
        if host is None:
            raise HostAway(host=self._spec.name)
        return host

    async def run(self) -> None:
        """Be connected, or try to be, until cancelled."""
        attempt = 0
        while True:
            began = time.monotonic()
            problem = await self._live_once()
            has_lasted = time.monotonic() - began > _BACK_OFF_S[-1]
            attempt = 0 if has_lasted else attempt + 1
            self.lines.close_connections()
            delay = _BACK_OFF_S[min(attempt, len(_BACK_OFF_S)) - 1 if attempt else 0]
            self._publish(state=HostState.AWAY, problem=problem, retry_at=time.time() + delay)
            await self._wait_to_retry(delay)

    def retry(self) -> None:
        """Try now rather than when the time comes."""
        self._retry.set()

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
            log.exception("host %s", self._spec.id)
            problem = Unexpected(detail=(repr(group.exceptions[0]),)).problem
        return problem

    async def _connect(self) -> None:
        self._lost.clear()
        self._retry.clear()
        if self._spec.is_embedded:
            await self._find_embedded()
        told = await self.lines.reader.call(facts.read_facts)
        self._publish(
            uri=self.lines.uri, hostname=told.hostname, hypervisor=told.hypervisor,
            libvirt_version=told.libvirt_version, processors=told.processors,
            memory_bytes=told.memory_bytes,
        )  # fmt: skip
        if self.embedded:
            await self._provide(self.embedded)
        await self.follower.read_everything()
        self._publish(state=HostState.CONNECTED, problem=None, retry_at=None)

    async def _find_embedded(self) -> None:
        root = self._spec.embedded_root
        found = await self.lines.local.run(
            lambda: daemon.ensure(root), deadline_s=_LOCATE_DEADLINE_S
        )
        self.embedded, self.lines.uri = found, found.uri
        self.follower.run_directory = found.run_directory

    async def _provide(self, host: EmbeddedHost) -> None:
        """Bring the embedded host's pool and networks, and say what could not be had."""
        problems = await self.lines.actions.call(
            lambda connect: provision(connect, host), deadline_s=_PROVIDE_DEADLINE_S
        )
        self._publish(notes=problems, qemu_user=host.qemu_user, images=host.images)

    async def _serve(self) -> None:
        """Follow the host until it is lost, which is raised."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.follower.run())
            tasks.create_task(self.watcher.run())
            tasks.create_task(self._learn_slow_facts())
            await self._lost.wait()
            raise ConnectionLost

    async def _learn_slow_facts(self) -> None:
        if self._is_on_this_computer:
            accelerator, reason = await self._find_accelerator()
            reasons = (reason,) if reason else ()
            others = tuple(note for note in self.record.notes if note not in reasons)
            self._publish(accelerator=accelerator, notes=(*others, *reasons))
        else:
            # What a host far away runs guests with is not known before one has run there.
            self._publish(accelerator=Accelerator.KVM)
        with contextlib.suppress(BackendError):
            version = await self.lines.monitor.call(
                facts.read_hypervisor_version, deadline_s=_VERSION_DEADLINE_S
            )
            self._publish(hypervisor=version)

    async def _find_accelerator(self) -> tuple[Accelerator, Problem | None]:
        try:
            verdict = await self.lines.local.run(self._probe, deadline_s=_LOCATE_DEADLINE_S)
        except BackendError as error:
            return Accelerator.TCG, error.problem  # a host without an emulator of ours still is one
        return verdict.accelerator, verdict.reason

    @property
    def _is_on_this_computer(self) -> bool:
        where = urlsplit(self.lines.uri)
        return self.embedded is not None or (where.scheme.startswith("qemu") and not where.netloc)

    def _probe(self) -> accelerator.AcceleratorVerdict:
        program = f"qemu-system-{platform.machine()}"
        emulator = Path(shutil.which(program) or f"/usr/bin/{program}")
        if self.embedded:
            cache = self.embedded.root / "accelerator.json"
            return accelerator.probe(emulator, cache, self.embedded.qemu_user)
        return accelerator.probe(emulator, cache_directory() / "accelerator.json")

    async def _wait_to_retry(self, delay_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await self._retry.wait()
        self._retry.clear()
        self._publish(state=HostState.CONNECTING, retry_at=None)

    def _listen(self, connect: Any) -> tuple[Release, ...]:  # in the reader's thread
        def deliver(event: events.Event) -> None:
            self._post(self._on_event, event)

        return (
            *events.register(connect, self._spec.id, deliver),
            *events.on_close(connect, lambda: self._post(self._lost.set)),
        )

    def _post(self, function: Callable[..., object], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody listens any more
            self._loop.call_soon_threadsafe(function, *args)

    def _on_event(self, event: events.Event) -> None:
        self._mark(event.ref)
        for listener in list(self.event_listeners):
            listener(event)

    def _mark(self, ref: Ref) -> None:
        self.follower.mark(ref)

    def _publish(self, **changes: Any) -> None:
        self._inventory.put(replace(self.record, **changes))


def _first(group: BaseExceptionGroup[BackendError]) -> BackendError:
    for error in group.exceptions:
        return _first(error) if isinstance(error, BaseExceptionGroup) else error
    raise ValueError(group)
