"""One OpenSSH connection to a host, which all that is asked of its libvirt goes through.

No thread waits for a human: while somebody is asked, the attempt's clock stands still.
"""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn

from backend.errors import (
    BackendError,
    ConnectionLost,
    ConnectionTimedOut,
    HostKeyChanged,
    HostKeyRejected,
    PromptDeclined,
    first_of,
)
from backend.hypervisor.embedded.failures import ProgramMissing
from backend.hypervisor.ssh import askpass, ear, failures, known_hosts, questions, workplace
from backend.hypervisor.ssh.child import Child
from backend.hypervisor.ssh.failures import ChangedKey, Words
from backend.hypervisor.ssh.target import SSH_PORT, Target
from backend.hypervisor.ssh.workplace import Workplace
from backend.hypervisor.workers import Workers
from backend.model import Prompt, PromptKind

Ask = Callable[[Prompt], Awaitable[str]]
_PATIENCE_S = 30.0
_LEAVE_S = 1.0
_FILE_DEADLINE_S = 15.0
_LOOK_S = 0.05


class Master:
    """The connection. Lives on the engine's loop."""

    def __init__(self, target: Target, ask: Ask, workers: Workers) -> None:
        self._target = target
        self._ask = ask
        self._workers = workers
        self._place: Workplace | None = None
        self._process: Child | None = None
        self._asking = 0
        self._deadline = 0.0
        self._accepted = ""

    @property
    def place(self) -> Workplace:
        """Where the programs lie that lead through it."""
        if self._place is None:
            self._place = workplace.make(self._target.host)
        return self._place

    async def open(self) -> None:
        """Be connected and logged in when this returns.

        Raises a BackendError that says what it failed at, and whatever `ask` raises.
        """
        algorithms = ""
        while changed := await self._open_once(algorithms):
            await self._accept(changed)
            algorithms = known_hosts.algorithms(changed.kind)

    async def until_ended(self) -> NoReturn:
        """Raise ConnectionLost as soon as it has ended, with ssh's last words."""
        if self._process:
            await self._process.until_ended()
        raise ConnectionLost(detail=failures.telling(self._words()))

    async def close(self) -> None:
        """Leave neither process nor file behind."""
        process, self._process = self._process, None
        if process:
            await process.end(_LEAVE_S)
        if self._place:
            self._place.remove()
            self._place = None

    async def _open_once(self, algorithms: str) -> ChangedKey | None:
        """Be connected, or return the host's key that has changed."""
        place = self.place
        place.control.unlink(missing_ok=True)
        self._start_clock()
        problem: BackendError | None = None
        changed: ChangedKey | None = None
        try:
            async with asyncio.TaskGroup() as tasks:
                hearing = tasks.create_task(ear.hear(place.questions, self._reply))
                await asyncio.sleep(0)  # it listens before anybody asks
                self._process = self._start(algorithms)
                changed = await self._until_ready(self._process)
                hearing.cancel()
        except* BackendError as group:
            problem = first_of(group)
        if problem:
            raise problem
        return changed

    def _start(self, algorithms: str) -> Child:
        place = self.place
        if shutil.which("ssh") is None:
            raise ProgramMissing(program="ssh", package="openssh-client")
        environment = {
            **os.environ,
            "SSH_ASKPASS": str(place.askpass),
            "SSH_ASKPASS_REQUIRE": "force",
            askpass.SOCKET: str(place.questions),
        }
        place.log.write_bytes(b"")
        command = self._target.command(place.control, place.log, algorithms=algorithms)
        with place.others.open("wb") as others:
            return Child(command, environment, others)

    async def _until_ready(self, process: Child) -> ChangedKey | None:
        while not self.place.control.exists():
            if process.has_ended:
                words = self._words()
                if changed := failures.changed_key(words, self._target):
                    return changed
                raise failures.explain(words, self._target)
            if not self._asking and asyncio.get_running_loop().time() > self._deadline:
                host, port = self._target.host, self._target.port or SSH_PORT
                raise ConnectionTimedOut(
                    host=host, port=port, detail=failures.telling(self._words())
                )
            await asyncio.sleep(_LOOK_S)
        return None

    async def _reply(self, text: str) -> str:
        prompt = questions.parse(text, self._target.name)
        if prompt.kind is PromptKind.HOST_KEY:
            if not prompt.fingerprint or prompt.fingerprint != self._accepted:
                await self._confirm(prompt)
            return (prompt.fingerprint if "[fingerprint]" in text else "") or "yes"
        return await self._put(prompt)

    async def _confirm(self, prompt: Prompt) -> None:
        try:
            await self._put(prompt)
        except PromptDeclined:
            raise HostKeyRejected(host=prompt.subject, fingerprint=prompt.fingerprint) from None

    async def _put(self, prompt: Prompt) -> str:
        self._asking += 1
        try:
            return await self._ask(prompt)
        finally:
            self._asking -= 1
            self._start_clock()

    async def _accept(self, key: ChangedKey) -> None:
        """Forget the known key if somebody says that the new one is right."""
        old = await self._workers.run(
            lambda: known_hosts.fingerprint_at(key.file, key.line), deadline_s=_FILE_DEADLINE_S
        )
        host = questions.readable_host(key.name)
        try:
            await self._ask(
                Prompt(
                    0,
                    PromptKind.HOST_KEY_CHANGED,
                    host,
                    fingerprint=key.fingerprint,
                    detail=(old, f"{key.file}:{key.line}"),
                )
            )
        except PromptDeclined:
            raise HostKeyChanged(
                host=host, old=old, new=key.fingerprint, file=str(key.file), line=key.line
            ) from None
        await self._workers.run(
            lambda: known_hosts.forget(key.name, key.file), deadline_s=_FILE_DEADLINE_S
        )
        self._accepted = key.fingerprint

    def _start_clock(self) -> None:
        self._deadline = asyncio.get_running_loop().time() + _PATIENCE_S

    def _words(self) -> Words:
        place = self._place  # none is made for what a connection says that was closed meanwhile
        return Words(_read(place.log), _read(place.others)) if place else Words("", "")


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
