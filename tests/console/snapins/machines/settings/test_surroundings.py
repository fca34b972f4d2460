"""What its surroundings say: why nothing can be changed, and what there is."""

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.model import Domain, DomainState, GuestAddress, HostState, Record
from backend.settings import Place, Section
from console.snapins.machines.settings import surroundings
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, host

Until = Callable[[Record], None]


def test_it_says_what_stands_in_the_way(
    context: LentContext, web: Domain, until: Until, qtbot: QtBot
) -> None:
    lookup = context.lookup
    assert surroundings.lock(lookup, web.ref) == ""
    until(replace(host(), is_read_only=True))
    assert "only look" in surroundings.lock(lookup, web.ref)
    until(host(HostState.AWAY))
    assert "is away" in surroundings.lock(lookup, web.ref)
    until(host())
    context.engine.drop(web.ref)
    qtbot.waitUntil(lambda: lookup.any_record(web.ref) is None)
    assert "no longer there" in surroundings.lock(lookup, web.ref)
    context.engine.drop(HOST)
    qtbot.waitUntil(lambda: lookup.any_record(HOST) is None)
    assert "no longer managed" in surroundings.lock(lookup, web.ref)


def test_a_page_says_what_the_server_has(context: LentContext, web: Domain, until: Until) -> None:
    until(replace(host(), memory_bytes=24 * 2**30, processors=8))

    def said(section: Section) -> str:
        return surroundings.sentence(context.lookup, web.ref, Place(section))

    assert said(Section.MEMORY) == "The server has 24 GiB."
    assert said(Section.PROCESSOR) == "The server has 8 processors."
    assert said(Section.SOUND) == ""


def test_a_page_says_what_the_guest_answers(
    context: LentContext, web: Domain, until: Until, qtbot: QtBot
) -> None:
    lookup, mac = context.lookup, "52:54:00:00:00:01"
    agent, nic = Place(Section.INTEGRATION), Place(Section.ADAPTER, mac)
    address = GuestAddress(mac.upper(), "eth0", "10.0.1.11", 24, "agent")
    there = lookup.guest(web.ref)
    assert there
    answers = replace(
        there,
        does_agent_answer=True,
        addresses=(address,),
        operating_system="Debian 12",
        hostname="front",
    )
    context.engine.put(answers)
    qtbot.waitUntil(lambda: lookup.guest(web.ref) == answers)
    told = surroundings.sentence(lookup, web.ref, agent)
    assert told == "The guest agent answers: Debian 12, front, 10.0.1.11."
    assert surroundings.sentence(lookup, web.ref, nic) == "Its addresses: 10.0.1.11"
    context.engine.put(replace(answers, does_agent_answer=False, addresses=()))
    qtbot.waitUntil(lambda: lookup.guest(web.ref) != answers)
    assert "Install qemu-guest-agent" in surroundings.sentence(lookup, web.ref, agent)
    assert surroundings.sentence(lookup, web.ref, nic) == ""
    until(replace(web, state=DomainState.OFF, live=None))
    assert "while it runs" in surroundings.sentence(lookup, web.ref, agent)
