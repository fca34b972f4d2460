"""Memory and processors, up to what the machine was started with room for."""

from dataclasses import replace

import pytest

from backend.errors import HypervisorRefused
from backend.model import DomainState
from backend.operations.settings.acting import Situation
from backend.operations.settings.live import capacity
from backend.settings import Field, Setting
from backend.shortages import GuestKeepsCpus, GuestKeepsMemory
from tests.backend.operations.settings.live.machine import furnished, situation
from tests.fakes.plugged import REF, PluggedHost

MIB = 2**20
MEMORY, CPUS = Setting(Field.MEMORY_STARTUP), Setting(Field.PROCESSOR_COUNT)


def said(problem: object) -> str:
    return getattr(problem, "message_id", "")


def of_kind(here: Situation, accelerator: str) -> Situation:
    assert here.domain.live
    live = replace(here.domain.live, accelerator=accelerator)
    return replace(here, domain=replace(here.domain, live=live))


def test_what_the_balloon_cannot_give() -> None:
    here = situation(furnished())
    assert capacity.memory_problem(here, MEMORY, 512 * MIB) is None
    assert said(capacity.memory_problem(here, MEMORY, 2048 * MIB)) == "MemoryBeyondBalloon"
    paused = replace(here, domain=replace(here.domain, state=DomainState.PAUSED))
    assert said(capacity.memory_problem(paused, MEMORY, 512 * MIB)) == "GuestPaused"
    assert here.domain.live
    bare = replace(here, domain=replace(here.domain, live=replace(here.domain.live,
                   has_balloon=False)))  # fmt: skip
    assert said(capacity.memory_problem(bare, MEMORY, 512 * MIB)) == "NoBalloon"


async def test_memory_is_there_when_the_balloon_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "BALLOON_DEADLINE_S", 0.05)
    monkeypatch.setattr(capacity, "_INTERVAL_S", 0)
    host = furnished()
    host.machine.figures = {"balloon.current": 512 * 1024}
    await capacity.set_memory(host.managed, REF, MEMORY, 512 * MIB)
    assert host.machine.told == [("memory", 512 * 1024, 1)]
    with pytest.raises(GuestKeepsMemory):
        await capacity.set_memory(host.managed, REF, MEMORY, 256 * MIB)


def test_processors_that_cannot_be_now() -> None:
    here = situation(furnished())
    assert capacity.processors_problem(here, CPUS, 3) is None
    assert said(capacity.processors_problem(here, CPUS, 5)) == "NoCpuRoom"
    assert said(capacity.processors_problem(here, CPUS, 1)) == "CpusStay"
    assert capacity.processors_problem(of_kind(here, "kvm"), CPUS, 1) is None


async def test_processors_come_and_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    host: PluggedHost = furnished()
    await capacity.set_processors(host.managed, REF, CPUS, 3)
    assert host.domain.live
    assert host.domain.live.vcpus == 3

    def keep(_count: int, _flags: int) -> None:
        raise HypervisorRefused(detail=("timed out",))

    monkeypatch.setattr(host.machine, "setVcpusFlags", keep)
    with pytest.raises(GuestKeepsCpus):
        await capacity.set_processors(host.managed, REF, CPUS, 1)
    with pytest.raises(HypervisorRefused):
        await capacity.set_processors(host.managed, REF, CPUS, 4)
