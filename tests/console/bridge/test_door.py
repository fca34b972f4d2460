"""The door: batches, jobs, watches, and that it is shut before Qt goes."""

import itertools
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from backend.errors import Gone, Problem
from backend.jobs import Job, JobState
from backend.model import Change, Domain, DomainState, Ref
from console.bridge.door import Bridge
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain, host, reading


async def start(_host: object, _ref: Ref) -> None:
    """Stand for an operation: the fake engine takes its name only."""


async def screenshot(_host: object, _ref: Ref) -> bytes:
    return b""


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(host(), domain("web"))


@pytest.fixture
def bridge(engine: FakeEngine, qtbot: QtBot) -> Iterator[Bridge]:
    bridge = Bridge(engine)
    qtbot.waitUntil(lambda: len(list(bridge.mirror.records(Domain))) == 1)
    yield bridge
    bridge.close()


def test_a_thousand_changes_from_the_engines_thread_come_in_few_deliveries(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    deliveries: list[tuple[Change, ...]] = []
    bridge.inventory_changed.connect(deliveries.append)
    many = [domain(f"vm-{i}") for i in range(1000)]
    thread = threading.Thread(target=engine.put, args=many)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(list(bridge.mirror.records(Domain))) == 1001)
    assert len(deliveries) <= 15
    assert sum(map(len, deliveries)) == 1000


def test_what_follows_on_many_changes_waits_a_moment_for_more(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    deliveries: list[int] = []
    bridge.inventory_changed.connect(lambda news: deliveries.append(len(news)))
    bridge._pause.setInterval(60_000)
    engine.put(*(domain(f"a-{i}") for i in range(50)))
    qtbot.waitUntil(lambda: deliveries == [50])
    for number in range(50):
        engine.put(domain(f"b-{number}"))
        QCoreApplication.processEvents()
    assert deliveries == [50], "a list is not drawn for each of them"
    assert bridge._pause.isActive()
    bridge._pause.setInterval(0)
    bridge._pause.start()
    qtbot.waitUntil(lambda: deliveries == [50, 50])
    engine.put(domain("c"))
    bridge._pause.setInterval(0)
    bridge._pause.start()
    qtbot.waitUntil(lambda: deliveries == [50, 50, 1])
    bridge._pause.setInterval(60_000)
    engine.put(domain("d"))
    qtbot.waitUntil(lambda: deliveries == [50, 50, 1, 1])


def test_what_changed_often_is_told_once_as_it_was_and_is(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    deliveries: list[tuple[Change, ...]] = []
    bridge.inventory_changed.connect(deliveries.append)
    web = domain("web")
    for state in (DomainState.RUNNING, DomainState.PAUSED, DomainState.RUNNING):
        engine.put(domain("web", state))
    passing = domain("passing")
    engine.put(passing)
    engine.drop(passing.ref)
    qtbot.waitUntil(lambda: bool(deliveries))
    (change,) = deliveries[0]
    assert change.before == web
    assert isinstance(change.after, Domain)
    assert change.after.state is DomainState.RUNNING


def test_a_job_is_awaited_and_its_effect_is_known_by_then(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    ref = domain("web").ref
    seen: list[tuple[JobState, DomainState]] = []

    async def act() -> None:
        job = await bridge.submit(start, ref)
        record = bridge.mirror.record(ref, Domain)
        assert record
        seen.append((job.state, record.state))

    bridge.run(act())
    qtbot.waitUntil(lambda: bridge.mirror.job_on(ref) is not None)
    engine.put(domain("web", DomainState.RUNNING))
    engine.finish(1)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(JobState.DONE, DomainState.RUNNING)]
    assert bridge.mirror.job_on(ref) is None


def test_who_follows_a_job_hears_each_standing_and_its_end(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    told: list[tuple[str, JobState]] = []
    job = bridge.submit(start, domain("web").ref)
    leave = bridge.submit(start, domain("web").ref).follow(lambda _news: told.clear())
    leave()
    job.follow(lambda news: told.append((news.stage, news.state)))
    engine.report(job.id, stage="halfway")
    qtbot.waitUntil(lambda: ("halfway", JobState.RUNNING) in told)
    engine.finish(job.id + 1)
    engine.finish(job.id)
    qtbot.waitUntil(lambda: told[-1][1] is JobState.DONE)
    assert ("halfway", JobState.RUNNING) in told


def test_a_failure_is_remembered_until_something_succeeds(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    ref = domain("web").ref
    bridge.submit(start, ref)
    engine.fail(1, Gone(name="web"))
    qtbot.waitUntil(lambda: bridge.mirror.last_failure(ref) is not None)
    bridge.submit(start, ref)
    engine.finish(2)
    qtbot.waitUntil(lambda: bridge.mirror.last_failure(ref) is None)
    assert [job.id for job in bridge.mirror.jobs()] == [1, 2]


def test_a_question_is_answered_or_raises(engine: FakeEngine, bridge: Bridge, qtbot: QtBot) -> None:
    heard: list[object] = []
    problems: list[Problem] = []
    bridge.problem_raised.connect(problems.append)

    async def ask() -> None:
        heard.append(await bridge.query(screenshot, HOST))

    engine.answers["test_door.screenshot"] = b"P6"
    bridge.run(ask())
    qtbot.waitUntil(lambda: heard == [b"P6"])
    engine.answers["test_door.screenshot"] = Gone(name="web")
    bridge.run(ask())
    qtbot.waitUntil(lambda: bool(problems))
    assert problems[0].message_id == "Gone"


def test_readings_that_come_in_pieces_are_told_once(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    told: list[tuple[Ref, ...]] = []
    bridge.samples_arrived.connect(told.append)
    bridge.watch(HOST)
    web, mail = domain("web"), domain("mail")
    for machine in (web, mail):
        engine.sample(reading(machine.ref, 1.0, cpu=0.5))
        qtbot.wait(1)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(web.ref, mail.ref)]


def test_readings_are_kept_only_while_somebody_looks(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    ref = domain("web").ref
    engine.sample(reading(ref, 1.0, cpu=0.5))
    first, second = bridge.watch(HOST), bridge.watch(HOST)
    assert engine.watched[HOST] == 1
    with qtbot.waitSignal(bridge.samples_arrived):
        engine.sample(reading(ref, 2.0, cpu=0.5))
    assert [sample.at for sample in bridge.mirror.samples(ref)] == [2.0]
    first()
    first()
    assert engine.watched[HOST] == 1
    second()
    assert engine.watched[HOST] == 0
    assert list(bridge.mirror.samples(ref)) == []


def test_the_gui_goes_on_while_the_engine_is_stuck(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    async def ask() -> None:
        await bridge.query(screenshot, HOST)

    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    bridge.run(ask())
    bridge.submit(start, HOST)
    qtbot.wait(200)
    timer.stop()
    gaps = [b - a for a, b in itertools.pairwise(ticks)]
    assert len(ticks) > 10
    assert max(gaps) < 0.15


def test_after_close_nothing_comes_through(
    engine: FakeEngine, bridge: Bridge, qtbot: QtBot
) -> None:
    heard: list[object] = []
    ended: list[str] = []
    bridge.inventory_changed.connect(heard.append)
    bridge.watch(HOST)

    async def wait_for_ever() -> None:
        try:
            await bridge.submit(start, HOST)
        finally:
            ended.append("finally")

    bridge.run(wait_for_ever())
    qtbot.waitUntil(lambda: bool(engine.submissions))
    bridge.close()
    bridge.close()
    engine.put(domain("late"))
    engine.tell(Job(9, "domain.start", HOST, "", JobState.DONE, 0.0))
    qtbot.wait(20)
    assert heard == []
    assert ended == ["finally"]
    assert engine.watched[HOST] == 0
