"""What the way to one host asks of the user: one question at a time, on the host's record.

Whoever asks waits in a task of the engine's loop, never in a thread; any client may answer, once.
"""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from backend.errors import PromptDeclined, PromptOutdated
from backend.model import Keep, Prompt

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the user said; the text is in no representation of it."""

    text: str = field(repr=False)
    keep: Keep = Keep.NO


class Questions:
    """The questions about one host; `show` puts one on its record, or takes it away (None)."""

    def __init__(self, show: Callable[[Prompt | None], None]) -> None:
        self._show = show
        self._one_at_a_time = asyncio.Lock()
        self._open: tuple[int, asyncio.Future[Reply]] | None = None
        self._is_over = False

    async def ask(self, prompt: Prompt) -> Reply:
        """Return what the user says to `prompt` (it gets a number here), whenever that is.

        Raises PromptDeclined if nobody wants to say it.
        """
        async with self._one_at_a_time:
            if self._is_over:
                raise PromptDeclined(subject=prompt.subject)
            said: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
            number = next(_NUMBERS)
            self._open = (number, said)
            self._show(replace(prompt, id=number))
            try:
                return await said
            except PromptDeclined:
                raise PromptDeclined(subject=prompt.subject) from None
            finally:
                self._open = None
                self._show(None)

    def close(self) -> None:
        """Ask nobody any more: what is asked now, and all that is asked later, is declined."""
        self._is_over = True
        if self._open is not None and not self._open[1].done():
            self._open[1].set_exception(PromptDeclined(subject=""))

    def answer(self, prompt_id: int, reply: Reply) -> None:
        """Answer a question. Raises PromptOutdated if it is no longer asked."""
        self._find(prompt_id).set_result(reply)

    def decline(self, prompt_id: int) -> None:
        """Say that nobody will answer. Raises PromptOutdated if it is no longer asked."""
        self._find(prompt_id).set_exception(PromptDeclined(subject=""))

    def _find(self, prompt_id: int) -> "asyncio.Future[Reply]":
        if self._open is None or self._open[0] != prompt_id or self._open[1].done():
            raise PromptOutdated
        return self._open[1]
