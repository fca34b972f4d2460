"""Who is let in to the displays of one host's machines, and what the user is asked for that.

Lives on the engine's loop. A door is opened by one at a time: two views of a machine ask once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import NoReturn, TypeVar

from backend.display.rfb import access as rfb_access
from backend.errors import PromptDeclined
from backend.host import known_certificates
from backend.host.credentials import Credentials
from backend.host.questions import Questions
from backend.hypervisor.secrets import Secrets
from backend.hypervisor.workers import Workers
from backend.model import Prompt, PromptKind, Ref

T = TypeVar("T")
_FILE_DEADLINE_S = 5.0


class Door:
    """The way in to one machine's display: what its server is told, and by whom."""

    def __init__(
        self, access: "rfb_access.Access", questions: Questions, secrets: Secrets, local: Workers
    ) -> None:
        self.access = access
        self.lock = asyncio.Lock()
        self._questions = questions
        self._credentials = Credentials(questions, secrets)
        self._local = local
        self._may_ask = True

    def begin(self, *, may_ask: bool) -> None:
        """Start to open it; what is asked a second time from here on was wrong."""
        self._may_ask = may_ask
        self._credentials.begin(may_ask=may_ask)

    async def answer(self) -> bool:
        """Find out what the server wanted in the last attempt, by the user if need be and allowed.

        Return whether there was anything; PromptDeclined if nobody says it.
        """
        wanted = self.access.wanted
        for prompt in wanted:
            if prompt.kind is PromptKind.CERTIFICATE:
                await self._judge(prompt)
            else:
                self.access.tell(prompt.kind, await self._credentials.get(prompt))
        return bool(wanted)

    def worked(self) -> None:
        """Say that it is open: what was given was right."""
        self._credentials.worked()

    async def run(self) -> NoReturn:
        """Have the secret service keep and drop what it is to."""
        await self._credentials.run()

    async def _judge(self, prompt: Prompt) -> None:
        """Have the user look at a certificate that nobody vouches for; an accepted one is known."""
        access = self.access
        known = await self._aside(lambda: known_certificates.find(access.host))
        if prompt.fingerprint:
            if known:
                old = (", ".join(sorted(known)), str(known_certificates.place()), *prompt.detail)
                prompt = replace(prompt, kind=PromptKind.CERTIFICATE_CHANGED, detail=old)
            if not self._may_ask:
                raise PromptDeclined(subject=prompt.subject)
            await self._questions.ask(prompt)
            shown = prompt.fingerprint
            await self._aside(lambda: known_certificates.keep(access.host, shown))
            known = frozenset({shown})
        access.known = known

    async def _aside(self, work: Callable[[], T]) -> T:
        return await self._local.run(work, deadline_s=_FILE_DEADLINE_S)


class Displays:
    """The doors of one host's machines."""

    def __init__(self, questions: Questions, secrets: Secrets, local: Workers) -> None:
        self._questions, self._secrets, self._local = questions, secrets, local
        self._doors: dict[Ref, Door] = {}
        self._made: asyncio.Queue[Door] = asyncio.Queue()

    @asynccontextmanager
    async def door(self, ref: Ref, name: str, *, may_ask: bool = True) -> AsyncIterator[Door]:
        """Lend the door of a machine of that name; nobody else has it meanwhile.

        Unless it may ask the user, it is opened by what is known, or not at all.
        """
        door = self._doors.get(ref)
        if door is None or door.access.machine != name:
            # What was told is kept by the machine's key: another one of its name must not hear it.
            secrets = self._secrets.about(ref.key)
            door = Door(rfb_access.Access(name), self._questions, secrets, self._local)
            self._doors[ref] = door
            self._made.put_nowait(door)
        async with door.lock:
            door.begin(may_ask=may_ask)
            yield door

    def forget(self) -> None:
        """Know no password any more; what the secret service keeps stays there."""
        self._doors.clear()

    async def run(self) -> NoReturn:
        """Have the secret service keep and drop what it is to, for each door."""
        served: list[Door] = []
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    served.append(await self._made.get())
                    tasks.create_task(served[-1].run())
        finally:
            # Whoever begins anew after a fault with one of them begins with all.
            for door in served:
                self._made.put_nowait(door)
