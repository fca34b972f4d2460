import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import pytest
from typing_extensions import override

from backend.errors import HostNotAnswering
from backend.host.guests import Guests
from backend.hypervisor.connection import Connection
from backend.model import Kind, Ref

T = TypeVar("T")
A, B = Ref("h", Kind.DOMAIN, "a"), Ref("h", Kind.DOMAIN, "b")


@pytest.fixture
def marked() -> list[Ref]:
    return []


@pytest.fixture
async def guests(marked: list[Ref]) -> AsyncIterator[Guests]:
    monitor = Connection("t", lambda: "test:///default", threads=2)
    yield Guests(monitor, marked.append)
    monitor.close()


async def test_who_answers_is_not_stuck(guests: Guests, marked: list[Ref]) -> None:
    assert await guests.ask(A, lambda _connect: 7, deadline_s=5) == 7
    assert not guests.is_stuck(A)
    assert marked == []


async def test_who_does_not_answer_is_asked_no_more_until_the_lost_call_returns(
    guests: Guests, marked: list[Ref]
) -> None:
    release = threading.Event()
    with pytest.raises(HostNotAnswering):
        await guests.ask(A, lambda _connect: release.wait(), deadline_s=0.05)
    assert guests.is_stuck(A)
    assert marked == [A]
    asked = threading.Event()
    await asyncio.sleep(0.6)
    with pytest.raises(HostNotAnswering) as again:
        await guests.ask(A, lambda _connect: asked.set(), deadline_s=5)
    assert not asked.is_set()
    assert again.value.problem.message_id == "StillNotAnswering"
    assert again.value.arguments["seconds"] == 1, "since the call was made that is lost"
    assert await guests.ask(B, lambda _connect: 7, deadline_s=5) == 7
    release.set()
    while guests.is_stuck(A):
        await asyncio.sleep(0.01)
    assert marked == [A, A]


async def test_a_host_that_cannot_be_reached_makes_no_machine_stuck(marked: list[Ref]) -> None:
    class Unreachable(Connection):
        @override
        async def call(self, *_arguments: object, **_more: object) -> Any:
            raise HostNotAnswering(seconds=15)

    guests = Guests(Unreachable("t", lambda: "", threads=1), marked.append)
    with pytest.raises(HostNotAnswering):
        await guests.ask(A, lambda _connect: 7, deadline_s=5)
    assert not guests.is_stuck(A)
    assert marked == []


async def test_who_answers_in_the_moment_of_the_deadline_is_not_stuck(marked: list[Ref]) -> None:
    class Late(Connection):
        @override
        async def call(self, function: Callable[[Any], T], **_more: object) -> T:
            function(None)
            await asyncio.sleep(0)  # its answer is heard of, and the deadline comes first
            raise HostNotAnswering(seconds=8)

    guests = Guests(Late("t", lambda: "", threads=1), marked.append)
    with pytest.raises(HostNotAnswering):
        await guests.ask(A, lambda _connect: 7, deadline_s=8)
    assert not guests.is_stuck(A)
    assert marked == [A], "what it said is lost: whoever follows it reads it again"
