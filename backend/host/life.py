"""A host's life: found, connected, followed, lost, tried again."""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NoReturn

from backend.errors import (
    BackendError,
    ConnectionLost,
    HostAway,
    Problem,
    Unexpected,
    first_of,
)
from backend.host import slow_facts, way
from backend.host.admission import Admission
from backend.host.carriers import Carriers
from backend.host.credentials import Credentials
from backend.host.displays import Displays
from backend.host.follow import Follower
from backend.host.guests import Guests
from backend.host.lines import Lines
from backend.host.questions import Questions
from backend.host.watch import Watcher
from backend.host.wish import Wish
from backend.hypervisor import events, facts
from backend.hypervisor.connection import Counts, Release
from backend.hypervisor.embedded.provision import provision
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.hypervisor.secrets import Secrets
from backend.hypervisor.ssh import target
from backend.inventory import Inventory
from backend.model import Host, HostState, Kind, Prompt, Ref
from backend.series import Sample
from backend.specs import HostSpec

log = logging.getLogger(__name__)
_PROVIDE_DEADLINE_S = 30.0
_BACK_OFF_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
_JITTER = 0.2
# Who was asked is not asked again by itself, and who was refused does not go on knocking.
_FINAL = frozenset({"PromptDeclined", "HostKeyRejected", "HostKeyChanged", "AuthenticationFailed"})


class Life:
    """Keeps one host connected and its slice of the inventory true, or says why not."""

    def __init__(
        self,
        spec: HostSpec,
        inventory: Inventory,
        tell_samples: Callable[[tuple[Sample, ...]], None],
        tell_definition: Callable[[str, str], None],
    ) -> None:
        self.ref = Ref(spec.id, Kind.HOST, spec.id)
        self.event_listeners: list[Callable[[events.Event], None]] = []
        self._spec = spec
        self._inventory = inventory
        self._loop = asyncio.get_running_loop()
        self.wish = Wish(is_wanted=spec.is_wanted)
        self._is_over = False
        self._lost = asyncio.Event()
        self.questions = Questions(self._show_prompt)
        self.lines = Lines(spec.id, spec.uri, self._listen)
        self._secrets = Secrets(target.server(spec.uri))
        self._credentials = credentials = Credentials(self.questions, self._secrets)
        self._way = way.choose(spec, credentials, self.lines.local)
        self._admission = Admission(spec, self.lines, credentials)
        self.displays = Displays(self.questions, self._secrets, self.lines.local)
        self.carriers = Carriers()
        monitor = self.lines.monitor
        self.guests = Guests(monitor, self._mark)
        self.watcher = Watcher(spec.id, inventory, monitor, self.guests, tell_samples)
        self.follower = Follower(
            spec.id, inventory, self.lines.reader, monitor, self.guests, tell_definition,
            self.watcher.rooms.true,
        )  # fmt: skip
        state = HostState.CONNECTING if spec.is_wanted else HostState.DISCONNECTED
        host = Host(self.ref, spec.name, spec.uri, state, time.time(),
                    is_embedded=spec.is_embedded, embedded_root=spec.embedded_root,
                    jump=spec.jump)  # fmt: skip
        inventory.put(host)

    @property
    def embedded(self) -> EmbeddedHost | None:
        """Where the embedded host lies, if this is one and it was found."""
        return self._way.found if isinstance(self._way, way.EmbeddedWay) else None

    @property
    def record(self) -> Host:
        """What is known of the host itself."""
        host = self._inventory.find(self.ref, Host)
        if host is None:
            raise HostAway(host=self._spec.name)
        return host

    async def run(self) -> None:
        """Be connected, or try to be, while somebody wants that, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for help_out in (self._credentials.run, self.displays.run, self.carriers.run):
                tasks.create_task(_go_on(self._spec.id, help_out))
            await self._live()

    async def _live(self) -> None:
        attempt = 0
        while True:
            if not self.wish.is_wanted:
                attempt = 0
                self._admission.forget()
                self.displays.forget()
                self.carriers.forget()
                self._publish(state=HostState.DISCONNECTED, problem=None, retry_at=None)
                await self.wish.until_wanted()
            self._publish(state=HostState.CONNECTING, retry_at=None)
            began = time.monotonic()
            problem = await self._live_once()
            has_lasted = time.monotonic() - began > _BACK_OFF_S[-1]
            attempt = 0 if has_lasted else attempt + 1
            if self.wish.is_wanted:
                await self._wait_to_retry(problem, _back_off(attempt))

    def close(self) -> None:
        """Let everything go without waiting; nothing more is said of the host."""
        self._is_over = True
        self.questions.close()
        self.lines.close()
        self._secrets.close()

    def rename(self, name: str) -> None:
        """Be called so from now on."""
        self._spec = replace(self._spec, name=name)
        self._publish(name=name)

    async def _live_once(self) -> Problem:
        """Connect and serve until that fails or is unwanted; return why."""
        problem = ConnectionLost().problem
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._end_when_unwanted())
                await self._connect()
                await self._serve()
        except* BackendError as group:
            problem = first_of(group).problem
        except* Exception as group:
            # A fault of ours with one host must not take the others down.
            log.exception("host %s", self._spec.id)
            problem = Unexpected(detail=(repr(group.exceptions[0]),)).problem
        finally:
            self.lines.close_connections()
            await self._way.close()
        task = asyncio.current_task()
        if task and task.cancelling():
            raise asyncio.CancelledError  # a group that fails in the same moment hides it
        return problem

    async def _end_when_unwanted(self) -> None:
        await self.wish.until_unwanted()
        raise HostAway(host=self._spec.name)

    async def _connect(self) -> None:
        self._lost.clear()
        self.lines.uri = await self._way.open()
        remarks = await self._admission.enter()
        told = await self.lines.reader.call(facts.read_facts)
        self._publish(
            is_read_only=self._admission.is_read_only, notes=remarks, hostname=told.hostname,
            hypervisor=told.hypervisor, libvirt_version=told.libvirt_version,
            processors=told.processors, memory_bytes=told.memory_bytes,
        )  # fmt: skip
        if self.embedded:
            self._publish(uri=self.lines.uri)
            await self._provide(self.embedded)
        await self.follower.read_everything()
        self._publish(state=HostState.CONNECTED, problem=None, retry_at=None)

    async def _provide(self, host: EmbeddedHost) -> None:
        """Bring the embedded host's pool and networks, and say what could not be had."""
        self.follower.run_directory = host.run_directory
        problems = await self.lines.actions.call(
            lambda connect: provision(connect, host), deadline_s=_PROVIDE_DEADLINE_S
        )
        notes = (*self.record.notes, *problems)
        self._publish(notes=notes, qemu_user=host.qemu_user, images=host.images)

    async def _serve(self) -> None:
        """Follow the host until it is lost, which is raised."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._way.until_lost())
            tasks.create_task(self.follower.run())
            tasks.create_task(self.watcher.run())
            tasks.create_task(self._learn_slow_facts())
            await self._lost.wait()
            raise ConnectionLost

    async def _learn_slow_facts(self) -> None:
        accelerator, reason = await slow_facts.find_accelerator(self.lines, self.embedded)
        reasons = (reason,) if reason else ()
        others = tuple(note for note in self.record.notes if note not in reasons)
        self._publish(accelerator=accelerator, notes=(*others, *reasons))
        if version := await slow_facts.read_version(self.lines):
            self._publish(hypervisor=version)

    async def _wait_to_retry(self, problem: Problem, delay_s: float) -> None:
        # Nobody is asked again and again what he did not want to answer.
        is_final = problem.message_id in _FINAL
        retry_at = None if is_final else time.time() + delay_s
        self._publish(state=HostState.AWAY, problem=problem, retry_at=retry_at)
        await self.wish.wait(None if is_final else delay_s)

    def _listen(self, connect: Any, counts: Counts) -> tuple[Release, ...]:
        """In the reader's thread; what is told comes from libvirt's."""

        def post(function: Callable[..., object], *args: object) -> None:
            if counts():
                self._post(function, *args)

        return (
            *events.on_close(connect, lambda: post(self._lost.set)),
            *events.register(connect, self._spec.id, lambda event: post(self._on_event, event)),
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

    def _show_prompt(self, prompt: Prompt | None) -> None:
        self._publish(prompt=prompt)

    def _publish(self, **changes: Any) -> None:
        if self._is_over:
            return
        before, after = self.record.state, changes.get("state")
        is_there = after is HostState.CONNECTED
        if after and is_there is not (before is HostState.CONNECTED):
            changes["since"] = time.time()
        self._inventory.put(replace(self.record, **changes))


async def _go_on(host: str, help_out: Callable[[], Awaitable[NoReturn]]) -> NoReturn:
    while True:
        try:
            await help_out()
        except Exception:
            # A fault of ours there must not take this host down, nor with it the others.
            log.exception("host %s", host)
        await asyncio.sleep(_BACK_OFF_S[0])


def _back_off(attempt: int) -> float:
    """Return the seconds to wait before the next try, a little different each time."""
    delay = _BACK_OFF_S[min(max(attempt, 1), len(_BACK_OFF_S)) - 1]
    return delay * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311  # no secret
