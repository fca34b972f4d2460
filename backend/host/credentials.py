"""What one host is told when it asks who we are: from memory, from the secret service, by the user.

An answer that worked is remembered while a connection is wanted, so that a link that comes back
asks nobody; only what the user wants kept goes to the secret service, and only once it has worked.
Who is let in does not wait for that: the desktop may ask somebody who is not there to unlock it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import NoReturn

from typing_extensions import override

from backend.errors import AuthenticationFailed, BackendError, PromptDeclined
from backend.host.questions import Questions
from backend.hypervisor.secrets import Secrets
from backend.model import Keep, Prompt, PromptKind

# Neither a code, which holds once, nor an opinion on a key.
_REUSABLE = frozenset(
    {
        PromptKind.USERNAME,
        PromptKind.PASSWORD,
        PromptKind.PASSPHRASE,
        PromptKind.DISPLAY_USER,
        PromptKind.DISPLAY_PASSWORD,
    }
)
_Key = tuple[PromptKind, str]


@dataclass(slots=True)
class _Answer:
    """What was said, and by whom; no representation shows it."""

    text: str
    is_kept: bool = False
    is_to_be_kept: bool = False

    @override
    def __repr__(self) -> str:
        return "<an answer>"


_Errand = Callable[[_Key, _Answer], Awaitable[None]]


class Credentials:
    """The answers to what one host asks. Lives on the engine's loop."""

    def __init__(self, questions: Questions, secrets: Secrets) -> None:
        self._questions = questions
        self._secrets = secrets
        self._known: dict[_Key, _Answer] = {}
        self._given: set[_Key] = set()
        self._outdated: set[_Key] = set()
        self._was_user_asked = False
        self._may_ask = True
        self._errands: asyncio.Queue[tuple[_Errand, _Key, _Answer]] = asyncio.Queue()

    @property
    def was_user_asked(self) -> bool:
        """Whether the user had to say something since `begin`."""
        return self._was_user_asked

    def begin(self, *, may_ask: bool = True) -> None:
        """Start an attempt: what is asked a second time in one attempt was wrong.

        Unless it may ask the user, what nobody else knows is declined.
        """
        self._may_ask = may_ask
        self._given.clear()
        self._was_user_asked = False

    async def get(self, prompt: Prompt) -> str:
        """Return the answer to `prompt`. Raises PromptDeclined if nobody gives one."""
        key = (prompt.kind, prompt.subject)
        if prompt.kind not in _REUSABLE:
            return (await self._ask(prompt)).text
        is_again = key in self._given
        self._given.add(key)
        if is_again:
            self._drop(key)
        elif key in self._known:
            return self._known[key].text
        elif key not in self._outdated and (kept := await self._secrets.find(*key)):
            self._known[key] = _Answer(kept, is_kept=True)
            return kept
        self._known[key] = await self._ask(
            replace(prompt, is_again=is_again, can_be_kept=await self._secrets.is_there())
        )
        return self._known[key].text

    def worked(self) -> None:
        """Say that the host let us in: what was given was right, and kept soon if it is to be."""
        for key in self._given & set(self._known):
            answer = self._known[key]
            if answer.is_to_be_kept:
                answer.is_to_be_kept = False
                self._errands.put_nowait((self._keep, key, answer))

    def failed(self, error: BackendError) -> None:
        """Say that the attempt ended so: what was refused is not given again."""
        if not isinstance(error, AuthenticationFailed):
            return
        host = str(error.arguments["host"])
        for key in self._given & set(self._known):
            kind, subject = key
            if kind is PromptKind.PASSPHRASE:
                # ssh asks anew for a wrong one, so a kept one was right: the key is not wanted.
                del self._known[key]
            elif subject.rpartition("@")[2] == host:
                self._drop(key)

    def forget(self) -> None:
        """Remember nothing; what the secret service keeps stays there."""
        self._known.clear()

    async def run(self) -> NoReturn:
        """Have the secret service keep and drop what it is to, one after the other."""
        while True:
            errand, key, answer = await self._errands.get()
            await errand(key, answer)

    async def _ask(self, prompt: Prompt) -> _Answer:
        if not self._may_ask:
            raise PromptDeclined(subject=prompt.subject)
        self._was_user_asked = True
        reply = await self._questions.ask(prompt)
        return _Answer(reply.text, is_to_be_kept=reply.keep is Keep.YES)

    def _drop(self, key: _Key) -> None:
        answer = self._known.pop(key, None)
        if answer:
            self._outdated.add(key)
            self._errands.put_nowait((self._drop_kept, key, answer))

    async def _keep(self, key: _Key, answer: _Answer) -> None:
        answer.is_kept = await self._secrets.keep(*key, answer.text)

    async def _drop_kept(self, key: _Key, answer: _Answer) -> None:
        if answer.is_kept:
            await self._secrets.drop(*key)
        self._outdated.discard(key)
