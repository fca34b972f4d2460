"""What the cells of a virtual switch say."""

from dataclasses import replace

import pytest

from backend.model import Kind, Network, Nic, Ref
from console.snapins.networks import columns
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

LAN = Network(
    Ref("here", Kind.NETWORK, "n"),
    "lan",
    "nat",
    is_active=True,
    bridge="br0",
    subnets=("10.0.0.0/24",),
)


@pytest.fixture
def engine() -> FakeEngine:
    web = domain("web")
    assert web.next_start
    nics = (Nic("52:54:00:00:00:01", "network", "lan"), Nic("52:54:00:00:00:02", "user"))
    return FakeEngine(
        LAN, domain("bare"), replace(web, next_start=replace(web.next_start, nics=nics))
    )


def test_a_switch(context: LentContext) -> None:
    told = {c.id: c.cell(LAN, context.lookup).text for c in columns.columns()}
    assert told == {
        "name": "lan",
        "state": "Active",
        "reach": "The outside, behind this server's address",
        "subnets": "10.0.0.0/24",
        "bridge": "br0",
        "make": "Linux bridge",
        "vlans": "None",
        "machines": "1",
        "autostart": "",
    }
    assert columns.machines(LAN, context.lookup) == ("web",)
    assert columns.HEADING.of((LAN,), context.lookup) == "1 of 1 active"


def test_one_of_open_vswitch() -> None:
    lab = replace(LAN, forward="bridge", virtual_port="openvswitch", subnets=())
    assert columns.make(lab) == "Open vSwitch"
    assert columns.vlans(lab) == "Each adapter can be in its own"
    assert columns.make(replace(LAN, forward="hostdev", bridge="")) == ""


MODES = ("nat", "route", "open", "bridge", "isolated", "private", "vepa", "passthrough", "hostdev")


@pytest.mark.parametrize("forward", MODES)
def test_every_mode_has_words(forward: str) -> None:
    assert columns.reach(replace(LAN, forward=forward)) != forward
