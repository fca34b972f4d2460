"""What the shell lends, for tests: the real bridge over a fake engine, and answers for a user."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import Problem
from backend.journal.entry import Entry
from backend.model import Change, Ref
from backend.operations.script.request import Request
from backend.thresholds import Threshold
from console.bridge.door import Bridge, SubmittedJob
from console.bridge.mirror import Mirror
from console.sdk.context import Answer, Context, Operation, P, Question, T, Unsubscribe
from console.sdk.dialog import EntryDialog
from console.sdk.servers import Server
from tests.fakes.engine import FakeEngine, Submission
from tests.fakes.turning import turn

L = TypeVar("L")


class LentServers:
    """Servers, none of which outlives the test."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._servers: dict[str, Server] = {}

    def find(self, host_id: str) -> Server | None:
        return self._servers.get(host_id)

    def all(self) -> Iterator[Server]:
        yield from self._servers.values()

    def manage(self, server: Server) -> None:
        self._servers[server.spec.id] = server
        self._bridge.manage(replace(server.spec, is_wanted=True))

    def forget(self, host_id: str) -> None:
        self._servers.pop(host_id, None)
        self._bridge.forget(host_id)

    def remove(self, host_id: str) -> None:
        self.forget(host_id)


class LentThresholds:
    """Thresholds, none of which outlives the test."""

    def __init__(self) -> None:
        self._thresholds: dict[str, Threshold] = {}
        self._listeners: list[Callable[[], None]] = []
        self.silences: list[tuple[Ref, str, str, float]] = []

    def all(self) -> tuple[Threshold, ...]:
        return tuple(self._thresholds.values())

    def put(self, threshold: Threshold) -> None:
        self._thresholds[threshold.id] = threshold
        _call(self._listeners)

    def remove(self, threshold: Threshold) -> None:
        del self._thresholds[threshold.id]
        _call(self._listeners)

    def silence(self, subject: Ref, threshold: Threshold, device: str, until: float) -> None:
        self.silences.append((subject, threshold.id, device, until))

    def subscribe(self, listener: Callable[[], None]) -> Unsubscribe:
        return _enlist(self._listeners, listener)


class LentMemory(dict[str, str]):
    """What is remembered until the test ends."""

    def text(self, key: str, default: str = "") -> str:
        return self.get(key, default)

    def put(self, key: str, value: str) -> None:
        self[key] = value


class LentContext:
    """A Context. `answers` are given in turn; what was asked and shown is kept."""

    def __init__(self, engine: FakeEngine, qtbot: QtBot) -> None:
        self.engine = engine
        self.bridge = Bridge(engine)
        self.servers = LentServers(self.bridge)
        self.thresholds = LentThresholds()
        self.memory = LentMemory()
        self.answers: list[int] = []
        self.texts: list[str | None] = []
        self.questions: list[Question] = []
        self.refusals: list[Callable[[str], str]] = []
        self.dialogs: list[QWidget] = []
        self.places: list[tuple[str, Ref | None]] = []
        self.pages: list[str] = []
        self.sheets: list[Ref] = []
        self.problems: list[Problem] = []
        self.scripts: list[tuple[str, tuple[Request, ...]]] = []
        self._on_changes: list[Callable[[tuple[Change, ...]], None]] = []
        self._on_samples: list[Callable[[tuple[Ref, ...]], None]] = []
        self._on_entries: list[Callable[[tuple[Entry, ...]], None]] = []
        self.bridge.inventory_changed.connect(lambda news: _tell(self._on_changes, news))
        self.bridge.samples_arrived.connect(lambda news: _tell(self._on_samples, news))
        self.bridge.entries_arrived.connect(lambda news: _tell(self._on_entries, news))
        self.bridge.problem_raised.connect(self.problems.append)
        qtbot.waitUntil(self._knows_all)

    def _knows_all(self) -> bool:
        return all(self.bridge.mirror.any_record(ref) for ref in self.engine.records)

    @property
    def lookup(self) -> Mirror:
        return self.bridge.mirror

    def submit(
        self, operation: Operation[P, object], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> SubmittedJob:
        return self.bridge.submit(operation, ref, *args, **kwargs)

    async def query(
        self, question: Operation[P, T], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.bridge.query(question, ref, *args, **kwargs)

    def run(self, work: Awaitable[None]) -> Unsubscribe:
        return self.bridge.run(work)

    def subscribe(self, listener: Callable[[tuple[Change, ...]], None]) -> Unsubscribe:
        return _enlist(self._on_changes, listener)

    def subscribe_samples(self, listener: Callable[[tuple[Ref, ...]], None]) -> Unsubscribe:
        return _enlist(self._on_samples, listener)

    def subscribe_entries(self, listener: Callable[[tuple[Entry, ...]], None]) -> Unsubscribe:
        return _enlist(self._on_entries, listener)

    def watch(self, ref: Ref) -> Unsubscribe:
        return self.bridge.watch(ref)

    async def ask(self, question: Question) -> Answer:
        self.questions.append(question)
        return Answer(self.answers.pop(0))

    async def ask_text(
        self,
        title: str,
        label: str,
        text: str,
        refusal: Callable[[str], str],
        act: Callable[[Context, str], None] | None = None,
    ) -> str | None:
        self.refusals.append(refusal)
        return self.texts.pop(0)

    def show_problem(self, title: str, problem: Problem) -> None:
        self.problems.append(problem)

    def show_dialog(self, dialog: object) -> None:
        assert isinstance(dialog, QWidget)
        self.dialogs.append(dialog)
        dialog.show()

    def show_script(self, title: str, requests: Sequence[Request]) -> None:
        self.scripts.append((title, tuple(requests)))

    def show_properties(self, ref: Ref) -> None:
        self.sheets.append(ref)

    def navigate(self, node_id: str, ref: Ref | None = None, page: str = "") -> None:
        self.places.append((node_id, ref))
        self.pages.append(page)

    # What the test calls

    def close(self) -> None:
        """Close what was opened (a dialog that was closed is deleted already), then the door."""
        for dialog in self.dialogs:
            if isValid(dialog) and isinstance(dialog, EntryDialog):
                dialog.drop()
            elif isValid(dialog):
                dialog.close()
        self.bridge.close()

    def submitted(self) -> list[tuple[str, str]]:
        """Return (operation, key of its subject) of everything handed in until now."""
        turn()
        return [(job.operation, job.ref.key) for job in self.engine.submissions]

    def last(self) -> Submission:
        turn()
        return self.engine.submissions[-1]


def _call(listeners: list[Callable[[], None]]) -> None:
    for listener in tuple(listeners):
        listener()


def _tell(listeners: list[Callable[[T], None]], news: T) -> None:
    for listener in tuple(listeners):
        listener(news)


def _enlist(listeners: list[L], listener: L) -> Unsubscribe:
    listeners.append(listener)
    return lambda: listeners.remove(listener)
