import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from backend import jobs
from backend.errors import NameTaken, Problem
from backend.heartbeat import Heartbeat, Pulse
from backend.jobs import Job, JobBook, JobState, Step, StepState
from backend.model import Kind, Ref

REF = Ref("h", Kind.DOMAIN, "u")


@pytest.fixture
async def book() -> AsyncIterator[JobBook]:
    async with asyncio.TaskGroup() as tasks:
        yield JobBook(tasks)


def start(book: JobBook, work: Callable[[], Awaitable[object]]) -> int:
    return book.start(JobBook.next_id(), "domain.start", REF, "web", work).id


async def test_a_job_ends_with_what_its_work_returned(book: JobBook) -> None:
    async def work() -> int:
        return 7

    told: list[Job] = []
    book.subscribe(told.append)
    job = await book.wait(start(book, work))
    assert job
    assert (job.state, job.result, job.progress) == (JobState.DONE, 7, 1.0)
    assert job.ended_at
    assert [j.state for j in told] == [JobState.RUNNING, JobState.DONE]


async def test_a_failed_job_carries_the_problem(book: JobBook) -> None:
    async def work() -> None:
        raise NameTaken(name="web")

    job = await book.wait(start(book, work))
    assert job
    assert (job.state, job.problem) == (JobState.FAILED, Problem("NameTaken", (("name", "web"),)))


async def test_a_fault_of_ours_is_a_failed_job_and_is_logged(
    book: JobBook, expected_log: Callable[[str], None]
) -> None:
    expected_log("job")

    async def work() -> None:
        raise ZeroDivisionError

    job = await book.wait(start(book, work))
    assert job
    assert job.problem
    assert job.problem.message_id == "Unexpected"


async def test_work_reports_how_far_it_is(book: JobBook) -> None:
    async def work() -> None:
        jobs.report(progress=0.5, stage="copying", is_cancellable=True)

    told: list[Job] = []
    book.subscribe(told.append)
    await book.wait(start(book, work))
    assert [(j.progress, j.stage) for j in told] == [(None, ""), (0.5, "copying"), (1.0, "")]


async def test_outside_a_job_a_report_goes_nowhere() -> None:
    jobs.report(progress=0.5)
    jobs.reporter()(0.5, "copying", True)  # noqa: FBT003


async def test_only_work_that_says_so_can_be_cancelled(book: JobBook) -> None:
    go_on, undone = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await go_on.wait()
        jobs.report(is_cancellable=True)
        try:
            await asyncio.Event().wait()
        finally:
            undone.set()

    job_id = start(book, work)
    await asyncio.sleep(0)
    assert not book.cancel(job_id)
    go_on.set()
    while not book.cancel(job_id):
        await asyncio.sleep(0)
    job = await book.wait(job_id)
    assert job
    assert job.state is JobState.CANCELLED
    assert undone.is_set()


async def test_ended_jobs_are_kept_but_not_for_ever() -> None:
    async def work() -> None:
        return

    async with asyncio.TaskGroup() as tasks:
        book = JobBook(tasks, kept=2)
        ids = [start(book, work) for _ in range(3)]
        for job_id in ids:
            await book.wait(job_id)
    assert [job.id for job in book.all()] == ids[1:]


async def test_what_a_job_shows_stays_when_it_is_over(book: JobBook) -> None:
    seen = (Step("driver_bound", "vdb", StepState.DONE, 0.5),)

    async def work() -> None:
        jobs.show(steps=(Step("driver_bound", "vdb"),))
        jobs.report(stage="waiting_for_guest", is_cancellable=True)
        jobs.show(steps=seen, heartbeat=Heartbeat(Pulse.COUNTER, 20.0, ((-0.5, 30.0), (0.1, 40.0))))
        raise NameTaken(name="x")

    told: list[Job] = []
    book.subscribe(told.append)
    job = await book.wait(start(book, work))
    assert job
    assert job.heartbeat
    assert (job.steps, job.heartbeat.idle_gap_ms, job.heartbeat.gap_ms) == (seen, 30.0, 40.0)
    assert [step.state for one in told[1:3] for step in one.steps] == [StepState.WAITING] * 2


def test_outside_a_job_there_is_nobody_to_show_anything() -> None:
    jobs.show(steps=())
