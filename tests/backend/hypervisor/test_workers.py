import asyncio
import gc
import threading
import time
import weakref

import pytest

from backend.errors import HostBusy, HostNotAnswering
from backend.hypervisor.workers import Workers


async def test_a_result_comes_from_a_thread_of_ours() -> None:
    workers = Workers("t", 1)
    name = await workers.run(lambda: threading.current_thread().name, deadline_s=5)
    assert name.startswith("hypervisor-t-")
    workers.close()


async def test_an_error_comes_as_it_was_raised() -> None:
    workers = Workers("t", 1)
    with pytest.raises(ZeroDivisionError):
        await workers.run(lambda: 1 // 0, deadline_s=5)
    assert await workers.run(lambda: 1, deadline_s=5) == 1
    workers.close()


async def test_a_call_past_its_deadline_is_abandoned_and_the_next_goes_on() -> None:
    workers, release = Workers("t", 1), threading.Event()
    with pytest.raises(HostNotAnswering):
        await workers.run(release.wait, deadline_s=0.05)
    assert workers.hanging == 1
    assert await workers.run(lambda: 1, deadline_s=5) == 1
    release.set()
    while workers.hanging:
        await asyncio.sleep(0.01)
    workers.close()


async def test_a_thread_that_was_abandoned_ends_with_its_call() -> None:
    workers, release = Workers("t", 1), threading.Event()
    inside: list[threading.Thread] = []

    def work() -> None:
        inside.append(threading.current_thread())
        release.wait()

    with pytest.raises(HostNotAnswering):
        await workers.run(work, deadline_s=0.2)
    while not inside:
        await asyncio.sleep(0.01)
    release.set()
    inside[0].join(5)
    assert not inside[0].is_alive()
    workers.close()


async def test_a_cancelled_wait_gives_its_thread_up() -> None:
    workers, release = Workers("t", 1), threading.Event()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await workers.run(release.wait, deadline_s=5)
    assert workers.hanging == 1
    release.set()
    while workers.hanging:
        await asyncio.sleep(0.01)
    workers.close()


async def test_no_more_calls_than_the_limit_run_at_once() -> None:
    workers, running, most = Workers("t", 2), 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1

    await asyncio.gather(*(workers.run(work, deadline_s=5) for _ in range(6)))
    assert most == 2
    workers.close()


async def test_waiting_for_a_turn_has_a_deadline_too() -> None:
    workers, release = Workers("t", 1), threading.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(workers.run(release.wait, deadline_s=5))
        await asyncio.sleep(0)
        with pytest.raises(HostBusy):
            await workers.run(lambda: 1, deadline_s=0.05)
        release.set()
    workers.close()


async def test_who_is_cancelled_as_the_result_comes_costs_no_thread() -> None:
    workers = Workers("t", 1)

    async def wait() -> None:
        await workers.run(lambda: 1, deadline_s=5)

    for _ in range(20):
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(wait())
            while not workers._idle and not waiting.done():
                await asyncio.sleep(0)
            waiting.cancel()
    await asyncio.sleep(0.05)
    assert workers.hanging == 0
    workers.close()


async def test_what_was_returned_is_not_held_by_the_thread_that_made_it() -> None:
    class Thing:
        pass

    workers = Workers("t", 1)
    thing = await workers.run(Thing, deadline_s=5)
    gone = weakref.ref(thing)
    del thing
    end = time.monotonic() + 5
    while gone() is not None and time.monotonic() < end:
        gc.collect()
        await asyncio.sleep(0.01)
    assert gone() is None
    workers.close()


async def test_a_thread_that_is_busy_at_the_close_ends_with_its_call() -> None:
    workers, is_inside, goes_on = Workers("t", 1), threading.Event(), threading.Event()

    def work() -> threading.Thread:
        is_inside.set()
        goes_on.wait(20)
        return threading.current_thread()

    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(workers.run(work, deadline_s=20))
        while not is_inside.is_set():
            await asyncio.sleep(0.01)
        workers.close()
        goes_on.set()
    thread = working.result()
    thread.join(5)
    assert not thread.is_alive()
    assert await workers.run(lambda: 1, deadline_s=5) == 1, "who goes on gets another"
    workers.close()
