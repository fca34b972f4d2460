import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from backend.errors import HostNotAnswering
from backend.host import inside
from backend.host.guests import Guests
from backend.host.inside import Inside
from backend.host.turns import Wanted
from backend.hypervisor import figures
from backend.inventory import Inventory
from backend.measures import Measure
from backend.model import Domain, DomainState, Guest, Kind, Ref
from backend.series import Sample
from tests.fakes.machines import domain

WEB = domain("web", DomainState.RUNNING)
WATCHED, KEPT = Wanted(singles=frozenset({WEB.ref.key})), Wanted(is_kept=True)


class Agents:
    """Those who are asked, and what they say."""

    def __init__(self) -> None:
        self.asked: list[Ref] = []
        self.silent: set[Ref] = set()
        self.samples: list[Sample] = []
        self.inventory = Inventory()

    async def ask(self, ref: Ref, question: Callable[[Any], Any], *, deadline_s: float) -> Any:
        self.asked.append(ref)
        if ref in self.silent:
            raise HostNotAnswering(seconds=round(deadline_s))
        return question(None)


@pytest.fixture
def agents(monkeypatch: pytest.MonkeyPatch) -> Agents:
    told = {"fs.count": 1, "fs.0.mountpoint": "/", "fs.0.used-bytes": 7}
    monkeypatch.setattr(figures, "read_guest", lambda _c, ref: Guest(ref, does_agent_answer=True))
    monkeypatch.setattr(figures, "read_inside", lambda _c, _uuid: told)
    return Agents()


@pytest.fixture
async def one(agents: Agents) -> AsyncIterator[Inside]:
    agents.inventory.put(WEB)
    one = Inside(agents.inventory, cast("Guests", agents), agents.samples.extend)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(one.run())
        yield one
        running.cancel()


def with_agent(machine: Domain) -> Domain:
    assert machine.live
    return replace(machine, live=replace(machine.live, is_agent_connected=True))


async def test_who_is_looked_at_is_asked_and_told_of(one: Inside, agents: Agents) -> None:
    one.look([WEB], WATCHED)
    one.look([WEB], WATCHED)
    await asyncio.sleep(0.05)
    assert agents.asked == [WEB.ref]
    assert agents.inventory.find(WEB.ref.of(Kind.GUEST), Guest)
    assert [sample.figures for sample in agents.samples] == [{(Measure.FILESYSTEM_USED, "/"): 7.0}]


async def test_for_the_history_those_with_an_agent_are_asked_once_a_minute(
    one: Inside, agents: Agents, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.look([WEB], KEPT)
    one.look([with_agent(WEB)], Wanted())
    await asyncio.sleep(0.05)
    assert agents.asked == []
    one.look([with_agent(WEB)], KEPT)
    one.look([with_agent(WEB)], KEPT)
    await asyncio.sleep(0.05)
    assert agents.asked == [WEB.ref]
    monkeypatch.setattr(inside, "KEPT_S", 0.0)
    one.look([with_agent(WEB)], KEPT)
    await asyncio.sleep(0.05)
    assert agents.asked == [WEB.ref] * 2


async def test_one_that_does_not_answer_costs_the_others_nothing(
    one: Inside, agents: Agents
) -> None:
    other = domain("other", DomainState.RUNNING)
    agents.silent.add(WEB.ref)
    agents.inventory.put(other)
    wanted = Wanted(singles=frozenset({WEB.ref.key, other.ref.key}))
    one.look([WEB, other], wanted)
    await asyncio.sleep(0.05)
    assert [sample.ref for sample in agents.samples] == [other.ref]


async def test_who_stands_still_or_is_gone_meanwhile_is_not_told_of(
    one: Inside, agents: Agents
) -> None:
    one.look([replace(WEB, state=DomainState.PAUSED)], WATCHED)
    await asyncio.sleep(0.05)
    assert agents.asked == []
    agents.inventory.drop(WEB.ref)
    one.look([WEB], WATCHED)
    await asyncio.sleep(0.05)
    assert agents.asked == [WEB.ref]
    assert agents.samples == []
