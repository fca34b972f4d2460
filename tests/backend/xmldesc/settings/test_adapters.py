"""Where an adapter is plugged in, and what it is."""

import pytest

from backend.settings import Field, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import adapters
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.pages import Machine

SWITCH, MAC, VLAN, LINK = (
    Field.ADAPTER_SWITCH, Field.ADAPTER_MAC, Field.ADAPTER_VLAN, Field.ADAPTER_LINK,
)  # fmt: skip


def adapter(inner: str, kind: str = "network", facts: Facts | None = None) -> Machine:
    return Machine(f"<devices><interface type='{kind}'>{inner}</interface></devices>", facts)


@pytest.mark.parametrize(
    ("kind", "inner", "value"),
    [
        ("network", "<source network='lan'/>", "lan"),
        ("bridge", "<source bridge='br0'/>", "bridge:br0"),
        ("bridge", "<source network='lan' bridge='br0'/>", "lan"),
        ("direct", "<source dev='eth0' mode='vepa'/>", "direct:eth0"),
        ("user", "", "user"),
        ("ethernet", "", "ethernet"),
    ],
)
def test_where_it_is_plugged_in(kind: str, inner: str, value: Value) -> None:
    machine = adapter(inner, kind)
    before = machine.text()
    assert machine.get(SWITCH, "0") == value
    assert machine.set(SWITCH, value, "0").text() == before


@pytest.mark.parametrize("value", ["lan", "user", "bridge:br1", "direct:eth1"])
def test_it_is_plugged_in_elsewhere(value: str) -> None:
    machine = adapter("<source bridge='br0'/><virtualport type='openvswitch'/>", "bridge")
    assert machine.set(SWITCH, value, "0").get(SWITCH, "0") == value
    assert "openvswitch" not in machine.text()


def test_switches_are_offered_with_what_stands_against_them() -> None:
    machine = adapter("", facts=Facts(switches=(("lan", True), ("dmz", False))))
    assert machine.offers(SWITCH, "0") == {"lan": "", "dmz": "NetworkInactive", "user": ""}
    assert machine.doubt(SWITCH, "gone", "0") == "NetworkMissing"
    assert machine.doubt(SWITCH, "bridge:br0", "0") == ""


def test_one_that_runs_is_described_as_it_was_defined() -> None:
    source = "<source network='lan' portid='1' bridge='b' portgroup='g'/>"
    runs = tree.read(f"<interface type='bridge'>{source}</interface>")
    own = tree.read("<interface type='bridge'><source bridge='b'/></interface>")
    before = tree.write(own)
    for element in (runs, runs, own):
        adapters.as_defined(element)
    assert runs.get("type") == "network"
    names = ("network", "portid", "bridge", "portgroup")
    assert [runs[0].get(name) for name in names] == ["lan", None, None, "g"]
    assert tree.write(own) == before


def test_the_cable() -> None:
    machine = adapter("<model type='virtio'/>")
    assert machine.get(LINK, "0") is True
    assert machine.set(LINK, value=False, device="0").get(LINK, "0") is False
    assert "<link" not in machine.set(LINK, value=True, device="0").text()


@pytest.mark.parametrize(
    ("value", "problem"),
    [("52:54:00:00:00:01", ""), ("53:54:00:00:00:01", "MacUnfit"), ("52:54", "MacUnfit")],
)
def test_an_address_is_that_of_one_adapter(value: str, problem: str) -> None:
    assert adapter("").check(MAC, value, "0") == problem


def test_tags() -> None:
    machine = adapter("<model type='virtio'/>")
    assert machine.set(VLAN, ("7", "08"), "0").get(VLAN, "0") == ("7", "8")
    assert "trunk='yes'" in machine.text()
    assert machine.check(VLAN, ("4095",), "0") == "ShapeUnfit"
    assert machine.check(VLAN, ("4094",), "0") == ""
    assert machine.doubt(VLAN, ("7",), "0") == "VlanNeedsOpenVSwitch"
    assert "<vlan" not in machine.set(VLAN, None, "0").text()


def test_a_trunk_keeps_the_vlan_whose_frames_have_no_tag() -> None:
    tags = "<vlan trunk='yes'><tag id='7' nativeMode='untagged'/><tag id='8'/></vlan>"
    machine = adapter(f"<source bridge='b'/><virtualport type='openvswitch'/>{tags}", "bridge")
    told = machine.set(VLAN, ("9", "7"), "0").text()
    assert "<tag id='9'/>" in told
    assert "<tag id='7' nativeMode='untagged'/>" in told
    assert "native" not in machine.set(VLAN, ("7",), "0").text()


def test_a_tag_is_carried_by_switches_that_know_it() -> None:
    facts = Facts(switches=(("lan", True), ("open", True)), vlan_switches=frozenset({"open"}))
    tagged = "<source network='{}'/><vlan><tag id='7'/></vlan>"
    machine = adapter(tagged.format("open"), facts=facts)
    assert machine.doubt(VLAN, ("8",), "0") == ""
    assert machine.doubt(SWITCH, "open", "0") == ""
    for elsewhere in ("lan", "user"):
        assert machine.doubt(SWITCH, elsewhere, "0") == "VlanNeedsOpenVSwitch"
    assert adapter(tagged.format("lan"), facts=facts).doubt(VLAN, ("8",), "0")
    assert adapter("", "user", facts).doubt(VLAN, ("8",), "0")
    assert adapter("<source network='lan'/>", facts=facts).doubt(SWITCH, "lan", "0") == ""


def test_another_filter_is_told_nothing_of_the_first() -> None:
    inner = "<filterref filter='a'><parameter name='IP' value='1'/></filterref>"
    machine = adapter(inner, facts=Facts(filters=("a", "b")))
    assert machine.set(Field.ADAPTER_FILTER, "a", "0").text().count("parameter") == 1
    assert machine.set(Field.ADAPTER_FILTER, "b", "0").text().count("parameter") == 0
    assert set(machine.offers(Field.ADAPTER_FILTER, "0")) == {"a", "b"}


def test_bandwidth_is_in_whole_kib() -> None:
    machine = adapter("").set(Field.ADAPTER_OUT_AVERAGE, 2048, "0")
    assert "<outbound average='2'/>" in machine.text()
    assert machine.get(Field.ADAPTER_OUT_AVERAGE, "0") == 2048
