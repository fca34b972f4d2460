import asyncio
import threading
from collections import Counter

import libvirt
import pytest

from backend.errors import ConnectionLost, Gone, HostNotAnswering, LibvirtMissingHere
from backend.hypervisor import eventloop, events
from backend.hypervisor.connection import Connection, Counts, Release
from backend.hypervisor.login import Login


def connection(uri: str = "test:///default", opened: list[object] | None = None) -> Connection:
    def note(connect: object, _counts: Counts) -> tuple[()]:
        if opened is not None:
            opened.append(connect)
        return ()

    return Connection("t", lambda: uri, threads=1, opened=note)


async def test_it_opens_by_itself_and_only_once() -> None:
    opened: list[object] = []
    tried = connection(opened=opened)
    assert await tried.call(lambda c: c.getType()) == "TEST"
    assert await tried.call(lambda c: c.getType()) == "TEST"
    assert len(opened) == 1
    tried.close()


async def test_libvirts_errors_become_ours() -> None:
    tried = connection()
    with pytest.raises(Gone) as raised:
        await tried.call(lambda c: c.lookupByName("nobody"))
    assert "not found" in raised.value.detail[0]
    tried.close()


async def test_a_host_that_is_not_there_is_said() -> None:
    tried = connection("qemu+unix:///system?socket=/nowhere")
    with pytest.raises(LibvirtMissingHere):
        await tried.call(lambda c: c.getType())
    tried.close()


async def test_a_call_that_hangs_costs_its_connection_and_no_more() -> None:
    opened: list[object] = []
    tried, release = connection(opened=opened), threading.Event()
    with pytest.raises(HostNotAnswering):
        await tried.call(lambda _c: release.wait(), deadline_s=0.05)
    assert tried.hanging == 1
    assert await tried.call(lambda c: c.getType()) == "TEST"
    assert len(opened) == 2
    release.set()
    tried.close()


async def test_what_listens_is_let_go_before_the_connection_closes() -> None:
    eventloop.run_in_thread()
    kept: list[libvirt.virConnect] = []

    def listen(connect: libvirt.virConnect, _counts: Counts) -> tuple[Release, ...]:
        kept.append(connect)
        return events.register(connect, "h", lambda _event: None)

    tried = Connection("t", lambda: "test:///default", threads=1, opened=listen)
    await tried.call(lambda c: c.getType())
    tried.close()
    while _is_open(kept[0]):
        await asyncio.sleep(0.01)


def _is_open(connect: libvirt.virConnect) -> bool:
    try:
        connect.getType()
    except libvirt.libvirtError:
        return False
    return True


async def test_a_call_that_hangs_takes_no_other_down() -> None:
    tried, hangs, goes_on = (
        Connection("t", lambda: "test:///default", threads=2),
        threading.Event(),
        threading.Event(),
    )

    def long_call(connect: libvirt.virConnect) -> str:
        goes_on.wait(20)
        return str(connect.getType())

    async with asyncio.TaskGroup() as tasks:
        other = tasks.create_task(tried.call(long_call, deadline_s=20))
        with pytest.raises(HostNotAnswering):
            await tried.call(lambda _c: hangs.wait(), deadline_s=0.05)
        goes_on.set()
    assert other.result() == "TEST"
    hangs.set()
    tried.close()


async def at_once(tried: Connection, count: int) -> list[libvirt.virConnect]:
    """Return what so many calls were given that ran at the same time."""
    all_of_them = threading.Barrier(count)

    def meet(connect: libvirt.virConnect) -> libvirt.virConnect:
        all_of_them.wait(20)
        return connect

    return await asyncio.gather(*(tried.call(meet, deadline_s=20) for _ in range(count)))


async def test_calls_at_once_have_a_connection_each_and_later_ones_share_them() -> None:
    tried = Connection("t", lambda: "test:///default", threads=2)
    met = await at_once(tried, 2)
    assert met[0] is not met[1]
    assert [await tried.call(lambda c: c) in met for _ in range(4)] == [True] * 4
    assert len(tried._open_ones) == 2
    tried.close()


async def test_where_each_opening_asks_somebody_calls_at_once_share_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backend.hypervisor.connection.may_ask_somebody", lambda _uri: True)
    tried = Connection("t", lambda: "test:///default", threads=2)
    met = await at_once(tried, 2)
    assert met[0] is met[1]
    tried.close()


async def test_by_ssh_calls_at_once_share_two_for_an_sshd_allows_ten_sessions_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Login, "open", lambda _self, _uri: libvirt.open("test:///default"))
    tried = Connection("t", lambda: "qemu+ssh://rack-2/system?command=/x/ssh", threads=16)
    met = Counter(await at_once(tried, 16))
    assert len(met) == 2
    assert max(met.values()) < 12, "neither has nearly all of them"
    tried.close()


async def test_what_waited_its_turn_as_all_was_closed_opens_nothing() -> None:
    tried, inside, goes_on = connection(), threading.Event(), threading.Event()

    def long_call(_connect: libvirt.virConnect) -> None:
        inside.set()
        goes_on.wait(20)

    async def close() -> None:
        assert await asyncio.to_thread(inside.wait, 20)
        tried.close()
        goes_on.set()

    results = await asyncio.gather(
        tried.call(long_call, deadline_s=20),
        tried.call(lambda c: c.getType(), deadline_s=20),
        tried.open(),
        close(),
        return_exceptions=True,
    )
    assert [type(result) for result in results[1:3]] == [ConnectionLost] * 2
    assert not tried._open_ones
    assert await tried.call(lambda c: c.getType()) == "TEST", "who asks from now on is answered"
    tried.close()


async def test_a_lost_one_takes_along_those_that_were_open_beside_it() -> None:
    tried = Connection("t", lambda: "test:///default", threads=2)
    met = await at_once(tried, 2)

    def lose(_connect: libvirt.virConnect) -> None:
        error = libvirt.libvirtError("lost")
        error.err = (libvirt.VIR_ERR_INTERNAL_ERROR, 0, "client socket is closed", 2, *[None] * 5)
        raise error

    with pytest.raises(ConnectionLost):
        await tried.call(lose)
    for connect in met:
        await _until_closed(connect)
    assert await tried.call(lambda c: c) not in met
    tried.close()


async def test_what_a_cancelled_call_still_holds_is_shared_rather_than_doubled() -> None:
    opened: list[object] = []
    tried, goes_on = connection(opened=opened), threading.Event()
    await tried.open()  # which on a busy computer takes longer than what is cancelled
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await tried.call(lambda _c: goes_on.wait(20))
    assert await tried.call(lambda c: c.getType()) == "TEST"
    assert len(opened) == 1
    goes_on.set()
    tried.close()


async def test_a_host_that_hangs_again_and_again_is_left_in_peace() -> None:
    tried, release = connection(), threading.Event()
    while tried.hanging < 8:
        with pytest.raises(HostNotAnswering):
            await tried.call(lambda _c: release.wait(), deadline_s=0.02)
    reached = threading.Event()
    with pytest.raises(HostNotAnswering):
        await tried.call(lambda _c: reached.set())
    assert not reached.is_set()
    release.set()
    tried.close()


async def test_a_connection_is_not_closed_under_a_call_that_nobody_waits_for() -> None:
    inside, goes_on, seen = threading.Event(), threading.Event(), []
    tried = connection()

    def late_call(connect: libvirt.virConnect) -> None:
        inside.set()
        goes_on.wait(20)
        seen.append((connect, connect.getType()))

    with pytest.raises(HostNotAnswering):
        await tried.call(late_call, deadline_s=0.05)
    assert inside.is_set()
    tried.close()
    await asyncio.sleep(0.1)
    goes_on.set()
    while not seen:
        await asyncio.sleep(0.01)
    assert seen[0][1] == "TEST"
    while _is_open(seen[0][0]):
        await asyncio.sleep(0.01)


async def test_nothing_is_asked_beside_a_call_that_nobody_waits_for() -> None:
    goes_on, released, order = threading.Event(), threading.Event(), []

    def opened(_connect: libvirt.virConnect, _counts: Counts) -> tuple[Release, ...]:
        return (lambda: order.append("let go"), released.set)

    def late_call(_connect: libvirt.virConnect) -> None:
        goes_on.wait(20)
        order.append("returned")

    tried = Connection("t", lambda: "test:///default", threads=1, opened=opened)
    with pytest.raises(HostNotAnswering):
        await tried.call(late_call, deadline_s=0.05)
    await asyncio.sleep(0.1)
    assert not order
    goes_on.set()
    assert await asyncio.to_thread(released.wait, 20)
    assert order == ["returned", "let go"]
    tried.close()


async def test_what_was_given_up_counts_no_more() -> None:
    answers: list[Counts] = []

    def opened(_connect: libvirt.virConnect, counts: Counts) -> tuple[()]:
        answers.append(counts)
        return ()

    goes_on = threading.Event()
    tried = Connection("t", lambda: "test:///default", threads=1, opened=opened)
    with pytest.raises(HostNotAnswering):
        await tried.call(lambda _c: goes_on.wait(20), deadline_s=0.05)
    await tried.open()
    assert [counts() for counts in answers] == [False, True]
    goes_on.set()
    tried.close()


async def test_a_call_that_comes_too_late_is_told_so() -> None:
    opened: list[object] = []
    tried = connection(opened=opened)
    await tried.open()
    (one,) = tried._open_ones
    tried.close()
    while one.hold():
        one.let_go()
        await asyncio.sleep(0.01)
    with pytest.raises(ConnectionLost):
        one.use(lambda c: c.getType())


async def _until_closed(connect: libvirt.virConnect) -> None:
    for _ in range(500):
        if not _is_open(connect):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it is open still")


class Slow:
    """A connection whose opening takes until it is let."""

    def __init__(self) -> None:
        self.is_under_way, self.goes_on = threading.Event(), threading.Event()
        self.made: list[libvirt.virConnect] = []
        self.tried = Connection("t", lambda: "test:///default", threads=1, opened=self._wait)

    def _wait(self, connect: libvirt.virConnect, _counts: Counts) -> tuple[()]:
        self.made.append(connect)
        self.is_under_way.set()
        self.goes_on.wait(20)
        return ()


async def test_what_opens_when_nobody_waits_any_more_is_closed() -> None:
    slow = Slow()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await slow.tried.open()
    assert slow.is_under_way.is_set()
    slow.goes_on.set()
    await _until_closed(slow.made[0])
    assert await slow.tried.call(lambda c: c.getType()) == "TEST"
    slow.tried.close()


async def test_what_opens_while_it_is_given_up_is_closed_and_said_to_be_lost() -> None:
    slow = Slow()

    async def give_up() -> None:
        while not slow.is_under_way.is_set():
            await asyncio.sleep(0.01)
        slow.tried.close()
        slow.goes_on.set()

    results = await asyncio.gather(slow.tried.open(), give_up(), return_exceptions=True)
    assert isinstance(results[0], ConnectionLost)
    await _until_closed(slow.made[0])
