"""A context that hands nothing in: what an action would do, to be read instead of done.

An action that runs against it goes its usual way. Questions are answered as they are proposed, or
with the given texts; a dialog is not shown but kept; a job is over at once, and what it would have
made has a reference of its own (`backend.operations.script.request.made_by`).
"""

import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from backend.errors import Problem
from backend.jobs import Job, JobState
from backend.journal.entry import Entry
from backend.model import Change, Ref
from backend.operations.script.request import Request, made_by
from backend.thresholds import Threshold
from console.sdk.context import (
    Answer,
    Context,
    JobHandle,
    Lookup,
    Memory,
    Operation,
    Question,
    Unsubscribe,
)
from console.sdk.servers import Server, Servers
from console.sdk.thresholds import Thresholds

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AskedText:
    """A line of text that an action asks for, and what it was given."""

    title: str
    label: str
    text: str
    refusal: Callable[[str], str]


class _Over:
    """A job that ended as it was handed in."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @property
    def id(self) -> int:
        """The job's number: none that a job of the engine has."""
        return self._job.id

    def follow(self, listener: Callable[[Job], None]) -> Unsubscribe:
        """Tell nothing: it has no standing but its end."""
        del listener
        return lambda: None

    def __await__(self) -> Generator[object, None, Job]:
        yield from ()  # nothing to wait for
        return self._job


class _ServersAsTheyAre:
    """The servers under management, none of which is changed."""

    def __init__(self, servers: Servers) -> None:
        self.find = servers.find
        self.all = servers.all

    def manage(self, server: Server) -> None:
        """Leave it: the list is Celadon's own, and no part of a script."""

    def forget(self, host_id: str) -> None:
        """Leave it."""

    def remove(self, host_id: str) -> None:
        """Leave it."""


class _ThresholdsAsTheyAre:
    """What is watched for, of which nothing is changed."""

    def __init__(self, thresholds: Thresholds) -> None:
        self.all = thresholds.all
        self.subscribe = thresholds.subscribe

    def put(self, threshold: Threshold) -> None:
        """Leave it: thresholds are Celadon's own, and no part of a script."""

    def remove(self, threshold: Threshold) -> None:
        """Leave it."""

    def silence(self, subject: Ref, threshold: Threshold, device: str, until: float) -> None:
        """Leave it."""


class RecordingContext:
    """Implements Context over another one, which still answers what only asks.

    `texts` are given in turn to those that ask for one; those that ask for more get what they
    propose.
    """

    def __init__(self, context: Context, texts: Sequence[str] = ()) -> None:
        self._context = context
        self._texts = list(texts)
        self._work: list[Awaitable[None]] = []
        self.requests: list[Request] = []
        self.dialogs: list[object] = []
        self.asked: list[AskedText] = []

    async def play(self, act: Callable[[Context], Awaitable[None] | None]) -> None:
        """Let something act to its end, with all that it starts. Raises what it raises."""
        work = act(self)
        if work is not None:
            await work
        while self._work:
            await self._work.pop(0)

    @property
    def lookup(self) -> Lookup:
        """What is known."""
        return self._context.lookup

    @property
    def memory(self) -> Memory:
        """What is remembered."""
        return self._context.memory

    @property
    def servers(self) -> Servers:
        """The servers under management."""
        return _ServersAsTheyAre(self._context.servers)

    @property
    def thresholds(self) -> Thresholds:
        """What is watched for."""
        return _ThresholdsAsTheyAre(self._context.thresholds)

    def submit(
        self, operation: Operation[P, object], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> JobHandle:
        """Remember a verb; its job is over at once."""
        number = len(self.requests)
        request = Request(operation, ref, args, tuple(kwargs.items()))
        self.requests.append(request)
        now = time.time()
        result = made_by(number, ref.host)
        return _Over(
            Job(-1 - number, request.verb, ref, "", JobState.DONE, now, now, result=result)
        )

    async def query(
        self, question: Operation[P, T], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask the host something: that changes nothing."""
        return await self._context.query(question, ref, *args, **kwargs)

    def run(self, work: Awaitable[None]) -> Unsubscribe:
        """Have a coroutine run before `play` returns."""
        self._work.append(work)
        return lambda: None

    def subscribe(self, listener: Callable[[tuple[Change, ...]], None]) -> Unsubscribe:
        """Call `listener` with each batch of changes."""
        return self._context.subscribe(listener)

    def subscribe_samples(self, listener: Callable[[tuple[Ref, ...]], None]) -> Unsubscribe:
        """Call `listener` with the machines that have new samples."""
        return self._context.subscribe_samples(listener)

    def subscribe_entries(self, listener: Callable[[tuple[Entry, ...]], None]) -> Unsubscribe:
        """Call `listener` with what the journal has anew."""
        return self._context.subscribe_entries(listener)

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have a machine read."""
        return self._context.watch(ref)

    async def ask(self, question: Question) -> Answer:
        """Choose what is asked about."""
        return Answer(0, tuple(is_checked for _text, is_checked in question.checkboxes))

    async def ask_text(
        self,
        title: str,
        label: str,
        text: str,
        refusal: Callable[[str], str],
        act: Callable[[Context, str], None] | None = None,
    ) -> str | None:
        """Give what was given for it, or what it proposes."""
        del act  # the asker does it itself
        given = self._texts.pop(0) if self._texts else text
        self.asked.append(AskedText(title, label, given, refusal))
        return given

    def show_problem(self, title: str, problem: Problem) -> None:
        """Tell nobody: nothing was tried."""

    def show_dialog(self, dialog: object) -> None:
        """Keep a dialog, unseen."""
        self.dialogs.append(dialog)

    def show_script(self, title: str, requests: Sequence[Request]) -> None:
        """Show nothing: this is what makes the script."""

    def show_properties(self, ref: Ref) -> None:
        """Show nothing: a sheet hands in what is entered there later."""

    def navigate(self, node_id: str, ref: Ref | None = None, page: str = "") -> None:
        """Go nowhere."""
