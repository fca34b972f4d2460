import asyncio
import gc
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from typing_extensions import override

from backend.errors import BackendError, ConnectionLost, HostNotAnswering
from backend.host import consoles as host_consoles
from backend.host.consoles import Consoles
from backend.hypervisor.connection import Connection
from backend.hypervisor.consoles import ConsoleLine

T = TypeVar("T")


class Stream:
    def __init__(self, stopped: threading.Event | None = None) -> None:
        self.stopped = stopped
        self.aborted_in = ""

    def eventAddCallback(self, *_arguments: object) -> None:
        return

    def eventRemoveCallback(self) -> None:
        return

    def abort(self) -> None:
        self.aborted_in = threading.current_thread().name
        if self.stopped:
            self.stopped.wait(5)


async def test_all_end_with_the_host_and_one_that_is_closed_is_forgotten(uri: str) -> None:
    consoles = Consoles(Connection("t-consoles", lambda: uri, threads=1))
    lines = [await consoles.open(lambda _c: ConsoleLine(Stream()), deadline_s=5) for _ in range(2)]
    ended: list[BackendError | None] = []
    for line in lines:
        line.begin(lambda _data: None, ended.append)
    del line
    lines.pop().close()
    gc.collect()
    assert len(consoles._open) == 1
    consoles.close()
    assert [type(error) for error in ended] == [ConnectionLost]


async def test_a_line_is_let_go_in_a_worker_however_long_that_takes(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_consoles, "_LET_GO_DEADLINE_S", 0.1)
    consoles = Consoles(Connection("t-consoles", lambda: uri, threads=1))
    answers = threading.Event()
    for stream in (Stream(), Stream(answers)):
        line = await consoles.open(lambda _c, s=stream: ConsoleLine(s), deadline_s=5)  # type: ignore[misc]
        await consoles.let_go(line)
        assert stream.aborted_in.startswith("hypervisor-t-consoles")
    answers.set()
    consoles.close()


async def test_no_connection_is_opened_to_let_go_of_a_line_that_went_with_its_own(uri: str) -> None:
    opened: list[str] = []

    def where() -> str:
        opened.append(uri)
        return uri

    consoles, stream = Consoles(Connection("t-consoles", where, threads=1)), Stream()
    line = await consoles.open(lambda _c: ConsoleLine(stream), deadline_s=5)
    consoles.close()
    await consoles.let_go(line)
    for _ in range(500):
        if stream.aborted_in:
            break
        await asyncio.sleep(0.01)
    assert (stream.aborted_in, len(opened)) == ("hypervisor-let-go", 1)


class Slow:
    """A port whose opening takes until it is let."""

    def __init__(self) -> None:
        self.is_under_way, self.goes_on = threading.Event(), threading.Event()
        self.stream = Stream()

    def open(self, _connect: object) -> ConsoleLine:
        self.is_under_way.set()
        self.goes_on.wait(20)
        return ConsoleLine(self.stream)

    async def until_let_go(self) -> None:
        for _ in range(500):
            if self.stream.aborted_in:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it is held still")


async def test_a_port_that_nobody_waits_for_any_more_is_let_go(uri: str) -> None:
    consoles, slow = Consoles(Connection("t-consoles", lambda: uri, threads=1)), Slow()
    async with asyncio.TaskGroup() as tasks:
        opening = tasks.create_task(consoles.open(slow.open, deadline_s=20))
        while not slow.is_under_way.is_set():
            await asyncio.sleep(0.01)
        opening.cancel()
    assert opening.cancelled()
    slow.goes_on.set()
    await slow.until_let_go()
    consoles.close()


async def test_a_port_that_opens_in_the_moment_of_its_deadline_is_let_go() -> None:
    class Late(Connection):
        @override
        async def call(self, function: Callable[[Any], T], **_more: object) -> T:
            function(None)
            raise HostNotAnswering(seconds=5)

    consoles, slow = Consoles(Late("t-consoles", lambda: "", threads=1)), Slow()
    slow.goes_on.set()
    with pytest.raises(HostNotAnswering):
        await consoles.open(slow.open, deadline_s=5)
    await slow.until_let_go()


async def test_a_port_that_opens_as_its_host_goes_is_lost(uri: str) -> None:
    consoles, slow = Consoles(Connection("t-consoles", lambda: uri, threads=1)), Slow()

    async def go() -> None:
        while not slow.is_under_way.is_set():
            await asyncio.sleep(0.01)
        consoles.close()
        slow.goes_on.set()

    opening = consoles.open(slow.open, deadline_s=5)
    results = await asyncio.gather(opening, go(), return_exceptions=True)
    assert isinstance(results[0], ConnectionLost)
    await slow.until_let_go()
