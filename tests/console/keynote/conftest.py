"""`keynote`: a window over an engine on which machines are made, start, answer and end at once."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import NameTaken
from backend.model import Domain, DomainState, Guest, Kind, Ref
from backend.specs import MachineSpec
from console.keynote import patience
from console.program import build, snapins
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine, Submission
from tests.fakes.machines import domain, host

DEADLINE_MS = 10_000


@dataclass
class StageHand:
    """Does what the console asks for, but for what a test says: by operation and machine's name."""

    engine: FakeEngine
    mute: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    deaf: set[str] = field(default_factory=set)

    def __call__(self, asked: Submission) -> None:
        act = {
            "machine.create": self._create,
            "domain.start": self._start,
            "domain.resume": self._start,
            "domain.shutdown": self._shutdown,
            "domain.destroy": self._off,
            "domain.delete": self._delete,
        }.get(asked.operation)
        if act:
            act(asked)

    def _create(self, asked: Submission) -> None:
        (spec,) = asked.arguments
        assert isinstance(spec, MachineSpec)
        if spec.name in self.taken:
            self.engine.fail(asked.job_id, NameTaken(name=spec.name))
            return
        made = domain(spec.name)
        made = replace(made, ref=Ref(made.ref.host, Kind.DOMAIN, f"{spec.name}-{asked.job_id}"))
        self.engine.put(made)
        self.engine.finish(asked.job_id, made.ref)

    def _start(self, asked: Submission) -> None:
        found = self._put(asked, DomainState.RUNNING)
        if found.name not in self.mute:
            self.engine.put(Guest(asked.ref.of(Kind.GUEST), does_agent_answer=True))
        self.mute.discard(found.name)
        self.engine.finish(asked.job_id)

    def _shutdown(self, asked: Submission) -> None:
        found = self.engine.records[asked.ref]
        assert isinstance(found, Domain)
        if found.name in self.deaf:
            self.engine.cancel(asked.job_id)
            return
        self._off(asked)

    def _off(self, asked: Submission) -> None:
        self._put(asked, DomainState.OFF)
        self.engine.finish(asked.job_id)

    def _delete(self, asked: Submission) -> None:
        self.engine.drop(asked.ref)
        self.engine.finish(asked.job_id)

    def _put(self, asked: Submission, state: DomainState) -> Domain:
        found = self.engine.records[asked.ref]
        assert isinstance(found, Domain)
        changed = replace(found, state=state)
        self.engine.put(changed)
        return changed


@pytest.fixture(autouse=True)
def _nobody_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LOOK_MS", 20)


@pytest.fixture
def engine() -> FakeEngine:
    engine = FakeEngine(host())
    engine.answers["domain.owned_disks"] = ()
    return engine


@pytest.fixture
def hand(engine: FakeEngine) -> StageHand:
    hand = StageHand(engine)
    engine.on_submit = hand
    return hand


@pytest.fixture
def window(
    engine: FakeEngine, hand: StageHand, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    window = build(engine, snapins(), Settings(tmp_path / "console.json"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(list(window.scope.nodes())))
    yield window
    window.session.end()


@pytest.fixture
def done(window: MainWindow, qtbot: QtBot) -> Callable[[Awaitable[None]], str]:
    """Have something done to its end; return what it raised, in words."""

    def do(work: Awaitable[None]) -> str:
        told: list[str] = []

        async def follow() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001  # whatever it is, the test looks at it
                told.append(str(error))
            else:
                told.append("")

        window.context.run(follow())
        qtbot.waitUntil(lambda: bool(told), timeout=DEADLINE_MS)
        return told[0]

    return do


def names(engine: FakeEngine) -> set[str]:
    """Return what the machines are called that are there."""
    return {one.name for one in engine.records.values() if isinstance(one, Domain)}
