"""Adapters, switches and addresses."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from backend.model import DomainState, GuestAddress, Nic
from console.sdk import afterwards
from console.snapins.machines.pages import networking
from console.snapins.machines.pages.networking import NetworkingPage
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.estate import MAC, MAC_2, NAT, WEB_01, estate
from tests.fakes.machines import domain


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*estate())


def test_each_adapter_is_a_line_with_its_addresses_below(context: LentContext) -> None:
    first, second, inner = networking.lines(WEB_01, context.lookup)
    assert [cell.text for cell in first.cells] == [
        "Adapter 1 (eth0)", "10.0.0.5/24", "Guest agent", "nat", MAC, "Up",
    ]  # fmt: skip
    assert [cell.text for cell in first.below[0].cells] == ["", "fe80::1/64", "Guest agent"]
    assert first.key == (MAC, NAT.ref)
    assert [cell.text for cell in second.cells] == [
        "Adapter 2", "", "", "User-mode networking", MAC_2, "Unplugged",
    ]  # fmt: skip
    assert [cell.text for cell in inner.cells][:2] == ["docker0, inside the guest", "172.17.0.1/16"]


def test_off_it_has_adapters_without_addresses(context: LentContext) -> None:
    off = replace(WEB_01, state=DomainState.OFF)
    assert [line.cells[1].text for line in networking.lines(off, context.lookup)] == ["", ""]


@pytest.mark.parametrize(
    ("told_by", "words"),
    [("agent", "Guest agent"), ("lease", "DHCP lease"), ("arp", "Seen by the server"), ("x", "x")],
)
def test_who_told_an_address(told_by: str, words: str) -> None:
    assert networking.told_by(GuestAddress(MAC, "", "10.0.0.6", 0, told_by)) == words


def test_the_page_copies_addresses_or_says_that_there_is_no_adapter(
    context: LentContext, qtbot: QtBot
) -> None:
    page = NetworkingPage(context)
    qtbot.addWidget(page)
    page.set_record(WEB_01)
    page.wake()
    afterwards.at_once()
    assert context.engine.watched[WEB_01.ref] == 1
    page.copy.click()
    assert QGuiApplication.clipboard().text() == "10.0.0.5\nfe80::1\n172.17.0.1"
    page.set_record(domain("bare"))
    assert page.table.empty_words == "This machine has no network adapter."
    assert not page.copy.isEnabled()
    page.sleep()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("bridge", "Bridge br0"), ("direct", "Adapter br0 of the server"), ("vdpa", "vdpa br0")],
)
def test_what_an_adapter_is_plugged_into(kind: str, words: str) -> None:
    assert networking.switch(Nic(MAC, kind, "br0")) == words
