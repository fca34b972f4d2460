"""What an attempt made goes again if it fails, and stays if it does not."""

import asyncio
import contextlib
from typing import cast

import pytest

from backend.errors import (
    BackendError,
    ConnectionLost,
    Gone,
    HostAway,
    HostNotAnswering,
    HypervisorRefused,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.operations import takeback
from backend.operations.takeback import making, quietly, undone_on_failure


class Host:
    """Fails as often as it is told, then does it."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries = 0

    async def tell(self, _command: object) -> None:
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)


def host(*errors: Exception) -> tuple[Host, ManagedHost]:
    fake = Host(*errors)
    return fake, cast("ManagedHost", fake)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeback, "_PAUSE_S", 0)
    monkeypatch.setattr(takeback, "_LONG_PAUSE_S", 0)


async def attempt(fails: BaseException | None) -> list[str]:
    done: list[str] = []

    async def note(word: str) -> None:
        done.append(word)

    try:
        async with undone_on_failure() as undo:
            undo.push_async_callback(note, "first")
            undo.push_async_callback(note, "second")
            if fails:
                raise fails
    except (ValueError, asyncio.CancelledError):
        done.append("failed")
    return done


async def test_in_reverse_order_and_only_on_failure() -> None:
    assert await attempt(None) == []
    assert await attempt(ValueError()) == ["second", "first", "failed"]
    assert await attempt(asyncio.CancelledError()) == ["second", "first", "failed"]


@pytest.mark.parametrize(
    ("error", "tries"),
    [(HypervisorRefused(code=1), 1), (ConnectionLost(), 2), (HostNotAnswering(seconds=1), 2)],
)
async def test_what_was_refused_is_somebody_else_s_and_stays(
    error: BackendError, tries: int
) -> None:
    fake, managed = host(error)
    with pytest.raises(type(error)):
        async with undone_on_failure() as undo:
            await making(managed, lambda _connect: None, lambda _connect: None, undo)
    assert fake.tries == tries


async def test_what_was_made_goes_again() -> None:
    fake, managed = host()
    async with contextlib.AsyncExitStack() as undo:
        await making(managed, lambda _connect: None, lambda _connect: None, undo)
        assert fake.tries == 1
    assert fake.tries == 2


async def test_it_waits_for_who_is_away() -> None:
    fake, managed = host(HostAway(host="a"), HostAway(host="a"))
    await quietly(managed, lambda _connect: None)
    assert fake.tries == 3


async def test_what_is_gone_is_taken_back() -> None:
    fake, managed = host(Gone())
    await quietly(managed, lambda _connect: None)
    assert fake.tries == 1


async def test_at_last_it_gives_up_without_a_word() -> None:
    fake, managed = host(*(HostNotAnswering() for _ in range(100)))
    assert not await quietly(managed, lambda _connect: None)
    assert fake.tries == 60


@pytest.mark.parametrize("error", [HostAway(host="a"), ConnectionLost()])
async def test_who_is_away_is_waited_for_longer(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """After several losses in a row a host is tried once a minute."""
    fake, managed = host(*([error] * 200))
    assert await quietly(managed, lambda _connect: None)
    assert fake.tries == 201
    monkeypatch.setattr(takeback, "_AWAY_S", 0)
    fake, managed = host(error)
    assert not await quietly(managed, lambda _connect: None)
    assert fake.tries == 1


@pytest.mark.parametrize("moment", ["before", "meanwhile"])
async def test_a_console_that_ends_waits_for_nobody(moment: str) -> None:
    fake, managed = host(*([HostAway(host="a")] * 200))
    gone: list[bool] = []

    async def take_back() -> None:
        gone.append(await quietly(managed, lambda _connect: None))

    async def work() -> None:
        async with undone_on_failure() as undo:
            undo.push_async_callback(take_back)
            undo.push_async_callback(take_back)
            if moment == "before":
                await asyncio.sleep(60)
            raise ValueError

    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(work())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
    assert gone == ([False, False] if moment == "before" else [False])
    assert fake.tries < 10


BUSY = HypervisorRefused(code=commands.NOT_NOW)


async def test_what_is_still_being_made_is_waited_for() -> None:
    fake, managed = host(*([BUSY] * 200))
    assert await quietly(managed, lambda _connect: None, busy_s=60)
    assert fake.tries == 201


@pytest.mark.parametrize(
    ("error", "busy_s"), [(BUSY, 0.0), (HypervisorRefused(code=1), 60.0), (HostNotAnswering(), 60)]
)
async def test_nothing_else_is_waited_for_as_long(error: Exception, busy_s: float) -> None:
    fake, managed = host(*([error] * 200))
    assert not await quietly(managed, lambda _connect: None, busy_s=busy_s)
    assert fake.tries == 60
