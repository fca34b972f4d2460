import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from backend.devices import NewDiskSpec
from backend.errors import (
    BackendError,
    ConnectionLost,
    EffectNotSeen,
    HostNotAnswering,
    HypervisorRefused,
)
from backend.hypervisor import devices as plugs
from backend.jobs import Job, JobBook, JobState, StepState
from backend.operations import device, plugging
from backend.refusals import MachineStopped
from tests.fakes.plugged import REF, PluggedHost

DISK = NewDiskSpec("default", 2**20)


async def as_job(work: Callable[[], Awaitable[object]]) -> Job:
    """Run something as a job; return it as it ended."""
    async with asyncio.TaskGroup() as tasks:
        book = JobBook(tasks)
        job = book.start(1, "device.add", REF, "web", work)
        ended = await book.wait(job.id)
    assert ended
    return ended


async def test_a_job_that_is_cut_off_in_the_call_tells_the_file_that_it_made(
    plugged: PluggedHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, ...]] = []
    attach = plugs.attach

    def attach_and_look(*arguments: Any) -> None:
        told.append(book.all()[-1].unused)
        attach(*arguments)

    monkeypatch.setattr(plugs, "attach", attach_and_look)
    plugged.machine.traffic = {"vda"}
    async with asyncio.TaskGroup() as tasks:
        book = JobBook(tasks)
        book.start(1, "device.add", REF, "web", lambda: device.add(plugged.managed, REF, (DISK,)))
        ended = await book.wait(1)
    assert told == [("/images/web-vda.qcow2",)]
    assert ended
    assert (ended.state, ended.unused) == (JobState.DONE, ())


async def test_a_refused_disk_is_deleted_again(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    plugged.machine.attach_fails = HypervisorRefused(code=1, detail=("no room",))
    job = await as_job(lambda: device.add(plugged.managed, REF, (DISK,)))
    assert job.problem
    assert (job.problem.message_id, job.problem.detail) == ("DeviceRefused", ("no room",))
    assert job.unused == ()
    assert plugged.machine.volumes == []
    assert shown()["host_accepted"] is StepState.FAILED
    assert shown()["driver_bound"] is StepState.WAITING


async def test_a_machine_that_dies_meanwhile_is_told_as_that(plugged: PluggedHost) -> None:
    plugged.machine.dies = True
    plugged.machine.attach_fails = HypervisorRefused(code=1, detail=("monitor closed",))
    with pytest.raises(MachineStopped):
        await device.add(plugged.managed, REF, (DISK,))
    assert plugged.machine.volumes == []


@pytest.mark.parametrize("was_obeyed", [True, False])
async def test_after_a_lost_connection_the_machine_decides(
    plugged: PluggedHost, was_obeyed: bool
) -> None:
    plugged.machine.attach_fails = ConnectionLost()
    plugged.machine.attaches_though_it_fails = was_obeyed
    plugged.machine.traffic = {"vda"}
    if was_obeyed:
        await device.add(plugged.managed, REF, (DISK,))
    else:
        with pytest.raises(ConnectionLost):
            await device.add(plugged.managed, REF, (DISK,))
    assert bool(plugged.machine.volumes) is was_obeyed


@pytest.mark.parametrize("was_obeyed", [True, False])
async def test_a_connection_that_is_lost_for_longer_is_waited_for(
    plugged: PluggedHost, monkeypatch: pytest.MonkeyPatch, was_obeyed: bool
) -> None:
    monkeypatch.setattr(plugging, "_PAUSE_S", 0)
    plugged.machine.attach_fails = ConnectionLost()
    plugged.machine.attaches_though_it_fails = was_obeyed
    plugged.cuts = iter([ConnectionLost(), ConnectionLost()])
    plugged.machine.traffic = {"vda"}
    if was_obeyed:
        await device.add(plugged.managed, REF, (DISK,))
    else:
        with pytest.raises(ConnectionLost):
            await device.add(plugged.managed, REF, (DISK,))
    assert bool(plugged.machine.volumes) is was_obeyed
    assert next(plugged.cuts, None) is None


async def test_of_a_host_that_stays_away_nothing_is_deleted(
    plugged: PluggedHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugging, "_BACK_DEADLINE_S", 0.05)
    monkeypatch.setattr(plugging, "_PAUSE_S", 0)
    plugged.machine.attach_fails = ConnectionLost()
    plugged.machine.attaches_though_it_fails = True
    plugged.cuts = itertools.repeat(ConnectionLost())
    with pytest.raises(EffectNotSeen):
        await device.add(plugged.managed, REF, (DISK,))
    assert plugged.machine.volumes


@pytest.mark.parametrize("error", [HostNotAnswering(seconds=30), ConnectionLost()])
async def test_of_a_machine_that_answers_nothing_nothing_is_deleted(
    plugged: PluggedHost, error: BackendError
) -> None:
    plugged.is_stuck = isinstance(error, ConnectionLost)
    plugged.machine.attach_fails = error
    job = await as_job(lambda: device.add(plugged.managed, REF, (DISK,)))
    assert job.problem == error.problem
    assert plugged.machine.volumes
    assert job.unused == ("/images/web-vda.qcow2",), "what is left is told"


async def test_who_leaves_in_the_middle_of_the_call_deletes_nothing(
    plugged: PluggedHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(plugged, "act", hang)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await device.add(plugged.managed, REF, (DISK,))
    assert plugged.machine.volumes
