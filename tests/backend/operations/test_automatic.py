"""Machines start in their order with their delays, and stop the other way round, as each is set."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from backend.engine import Engine
from backend.errors import BackendError, ConnectionLost, HostNotAnswering, HypervisorRefused
from backend.host.managed import ManagedHost
from backend.jobs import Job, JobState
from backend.model import Domain, DomainState, HostState, Kind, Ref
from backend.operations import automatic, domain
from backend.operations.automatic import Others
from backend.operations.domain import Autostart
from backend.specs import HostSpec
from tests.backend.conftest import Heard

HOST = Ref("t", Kind.HOST, "t")
MACHINE = """<domain type='test'><name>{name}</name><uuid>{uuid}</uuid>
<metadata><c:machine xmlns:c='urn:celadon:machine:1' {noted}/></metadata>
<memory>8192</memory><os><type arch='i686'>hvm</type></os></domain>"""
NOTED = {
    "late": "",
    "second": "start-order='2' start-delay='30' stop-action='turn_off'",
    "first": "start-order='1' stop-action='shut_down'",
}


def ref(name: str) -> Ref:
    number = list(NOTED).index(name)
    return Ref("t", Kind.DOMAIN, f"00000000-0000-0000-0000-00000000000{number}")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Heard]:
    """Three machines that run."""
    texts = (MACHINE.format(name=n, uuid=ref(n).key, noted=noted) for n, noted in NOTED.items())
    (tmp_path / "three.xml").write_text(f"<node>{''.join(texts)}</node>")
    engine = Engine([HostSpec("t", "Test", f"test://{tmp_path}/three.xml")])
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)
    yield heard
    engine.close()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays that passed, none of which is waited for."""
    found: list[float] = []

    async def pause(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(automatic, "pause", pause)
    return found


def end(heard: Heard, operation: object, subject: Ref, *arguments: object) -> Job:
    return heard.end_of(heard.engine.submit(operation, subject, *arguments))  # type: ignore[arg-type]


def came(heard: Heard, state: DomainState) -> list[str]:
    """The machines as they came to a state."""
    return [
        c.after.name
        for c in heard.changes
        if isinstance(c.before, Domain)
        and isinstance(c.after, Domain)
        and c.after.state is state
        and c.before.state is not state
    ]


def noted(verb: Callable[..., Awaitable[None]], ways: list[tuple[str, Ref]]) -> object:
    """A verb that is written down before it is done."""

    async def do(host: ManagedHost, one: Ref, **options: float) -> None:
        ways.append((verb.__name__, one))
        await verb(host, one, **options)

    return do


def all_off(heard: Heard, *marked: str) -> None:
    for name in NOTED:
        assert end(heard, domain.destroy, ref(name)).state is JobState.DONE
        if name in marked:
            end(heard, domain.set_autostart, ref(name), Autostart.ON)
    heard.changes.clear()


def test_those_that_are_marked_start_in_order(three: Heard, waited: list[float]) -> None:
    all_off(three, *NOTED)
    assert end(three, automatic.start, HOST).state is JobState.DONE
    assert came(three, DomainState.RUNNING) == ["first", "second", "late"]
    assert waited == [0, 30, 0]


def test_what_is_not_marked_or_runs_already_is_left(three: Heard, waited: list[float]) -> None:
    all_off(three, "second", "late")
    end(three, domain.start, ref("late"))
    three.changes.clear()
    assert end(three, automatic.start, HOST).state is JobState.DONE
    assert came(three, DomainState.RUNNING) == ["second"]
    assert waited == [30]


def test_one_that_fails_holds_up_no_other(
    three: Heard, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    del waited
    all_off(three, *NOTED)
    start = domain.start

    async def fail(host: ManagedHost, one: Ref) -> None:
        if one == ref("first"):
            raise HypervisorRefused(code=1, detail=("no such disk",))
        await start(host, one)

    monkeypatch.setattr(domain, "start", fail)
    job = end(three, automatic.start, HOST)
    assert came(three, DomainState.RUNNING) == ["second", "late"]
    assert job.problem
    assert job.problem.message_id == "MachinesNotStarted"
    assert job.problem["names"] == "first"
    assert job.problem.detail == ("first: no such disk",)


def test_they_stop_the_other_way_round_as_each_is_set(
    three: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.changes.clear()
    ways: list[tuple[str, Ref]] = []
    for name in ("managed_save", "shutdown", "destroy"):
        monkeypatch.setattr(domain, name, noted(getattr(domain, name), ways))
    assert end(three, automatic.stop, HOST).state is JobState.DONE
    assert came(three, DomainState.OFF) == ["late", "second", "first"]
    found = {name: three.domain(ref(name).key) for name in NOTED}
    assert {n for n, d in found.items() if d and d.has_saved_state} == {"late"}
    assert ways == [
        ("managed_save", ref("late")),
        ("destroy", ref("second")),
        ("shutdown", ref("first")),
    ]


def test_what_does_not_shut_down_or_cannot_be_saved_is_turned_off(
    three: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise HypervisorRefused(code=1)

    monkeypatch.setattr(domain, "managed_save", refuse)
    monkeypatch.setattr(domain, "shutdown", refuse)
    assert end(three, automatic.stop, HOST).state is JobState.DONE
    assert all(not d.is_active for n in NOTED if (d := three.domain(ref(n).key)))


def test_what_still_runs_is_told(three: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise HypervisorRefused(code=1, detail=("busy",))

    monkeypatch.setattr(domain, "destroy", refuse)
    job = end(three, automatic.stop, HOST)
    assert job.problem
    assert job.problem.message_id == "MachinesNotStopped"
    assert job.problem.detail == ("second: busy",)


@pytest.mark.parametrize("error", [ConnectionLost, HostNotAnswering])
def test_what_may_still_be_being_saved_is_not_turned_off(
    three: Heard, monkeypatch: pytest.MonkeyPatch, error: type[BackendError]
) -> None:
    ways: list[tuple[str, Ref]] = []

    async def lose(*_: object) -> None:
        raise error

    monkeypatch.setattr(domain, "managed_save", lose)
    for name in ("shutdown", "destroy"):
        monkeypatch.setattr(domain, name, noted(getattr(domain, name), ways))
    job = end(three, automatic.stop, HOST)
    assert job.problem
    assert job.problem["names"] == "late"
    assert ref("late") not in {one for _way, one in ways}
    late = three.domain(ref("late").key)
    assert late
    assert late.is_active


def test_only_the_embedded_host_has_something_due(three: Heard) -> None:
    all_off(three, *NOTED)
    assert end(three, automatic.start_due, HOST, Others.AWAIT).state is JobState.DONE
    assert came(three, DomainState.RUNNING) == []


def test_a_host_that_goes_away_meanwhile_is_no_fault_of_a_machine(
    three: Heard, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_off(three, *NOTED)

    async def lose(*_: object) -> None:
        raise ConnectionLost

    monkeypatch.setattr(domain, "start", lose)
    job = end(three, automatic.start, HOST)
    assert job.problem
    assert job.problem.message_id == "ConnectionLost"
    assert waited == [0], "the next ones are left to who is connected next"
