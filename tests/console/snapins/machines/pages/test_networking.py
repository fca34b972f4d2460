"""Adapters, switches and addresses."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Domain, DomainState, Guest, GuestAddress, Kind, Nic
from console.snapins.machines.pages import networking
from console.snapins.machines.pages.networking import NetworkingPage
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

MAC = "52:54:00:00:00:01"


def machine() -> Domain:
    web = domain("net", DomainState.RUNNING)
    nics = (Nic(MAC, "network", "lan"), Nic("52:54:00:00:00:02", "user", is_link_up=False))
    assert web.live
    return replace(web, live=replace(web.live, nics=nics))


def guest() -> Guest:
    addresses = (
        GuestAddress(MAC.upper(), "eth0", "10.0.0.5", 24, "agent"),
        GuestAddress(MAC, "", "10.0.0.6", 0, "arp"),
    )
    return Guest(machine().ref.of(Kind.GUEST), does_agent_answer=True, addresses=addresses)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(machine(), guest())


def test_each_adapter_is_a_line(context: LentContext) -> None:
    first, second = networking.lines(machine(), context.lookup)
    assert first == (
        "Adapter 1 (eth0)",
        "lan",
        MAC,
        "10.0.0.5/24\n10.0.0.6 (seen by the host)",
        "Up",
    )
    assert second[1] == "User-mode networking"
    assert second[4] == "Unplugged"


def test_off_it_has_adapters_without_addresses(context: LentContext) -> None:
    off = replace(machine(), state=DomainState.OFF)
    assert networking.lines(off, context.lookup)[0][3] == ""


def test_the_page_shows_them_or_says_that_there_are_none(
    context: LentContext, qtbot: QtBot
) -> None:
    page = NetworkingPage(context)
    qtbot.addWidget(page)
    page.set_record(machine())
    page.wake()
    assert context.engine.watched[machine().ref] == 1
    assert page._list.topLevelItemCount() == 2
    page.set_record(domain("bare"))
    assert page._pages.currentWidget() is page._empty
    page.sleep()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("bridge", "Bridge br0"), ("direct", "Host adapter br0"), ("vdpa", "vdpa br0")],
)
def test_what_an_adapter_is_plugged_into(kind: str, words: str) -> None:
    assert networking.switch(Nic(MAC, kind, "br0")) == words
