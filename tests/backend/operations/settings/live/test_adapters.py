"""Adapters move from switch to switch, and are bounded where their host can."""

from dataclasses import replace

from backend.operations.settings.live import adapters, running
from backend.settings import Field, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings.facts import Facts
from tests.backend.operations.settings.live.machine import MAC, furnished, situation
from tests.fakes.plugged import REF, PluggedHost

SWITCH = Setting(Field.ADAPTER_SWITCH, MAC)
VLAN = Setting(Field.ADAPTER_VLAN, MAC)
PEAK = Setting(Field.ADAPTER_IN_PEAK, MAC)


def on_user_network(host: PluggedHost) -> PluggedHost:
    host.machine.live = str(host.machine.live).replace('type="network"', 'type="user"')
    host.read()
    return host


async def test_from_switch_to_switch() -> None:
    host = furnished()
    assert adapters.switch_problem(situation(host), SWITCH, "other") is None
    assert adapters.switch_problem(situation(host), SWITCH, "bridge:br0") is None
    await running.update(host.managed, REF, SWITCH, "bridge:br0")
    assert (await running.read(host.managed, REF, SWITCH)).value == "bridge:br0"


def test_what_cannot_be_moved_says_so() -> None:
    host = furnished()
    for target in ("user", "direct:eth0"):
        problem = adapters.switch_problem(situation(host), SWITCH, target)
        assert problem is not None
        assert problem.message_id == "SwitchFixed"
    problem = adapters.switch_problem(situation(on_user_network(host)), SWITCH, "nat")
    assert problem is not None


def test_nothing_is_moved_to_open_vswitch_while_it_runs() -> None:
    at = replace(situation(furnished()), facts=Facts(vlan_switches=frozenset({"lab"})))
    problem = adapters.switch_problem(at, SWITCH, "lab")
    assert problem is not None
    assert problem.message_id == "SwitchFixed"


def test_a_vlan_is_changed_where_open_vswitch_carries_it() -> None:
    host = furnished()
    problem = adapters.vlan_problem(situation(host), VLAN, ("10",))
    assert problem is not None
    assert problem.message_id == "VlanFixed"
    root = tree.read(str(host.machine.live))
    nic = root.find("devices/interface")
    assert nic is not None
    tree.add(nic, "virtualport", type="openvswitch")
    host.machine.live = tree.write(root)
    assert adapters.vlan_problem(situation(host), VLAN, ("10",)) is None
    # It stays on its switch, as long as it runs.
    assert adapters.switch_problem(situation(host), SWITCH, "other")


def test_limits_need_a_switch() -> None:
    host = furnished()
    assert adapters.limit_problem(situation(host), PEAK, 1024) is None
    problem = adapters.limit_problem(situation(on_user_network(host)), PEAK, 1024)
    assert problem is not None
    assert problem.message_id == "LimitsNeedSwitch"


async def test_a_peak_takes_the_average_of_the_definition_along() -> None:
    host = furnished()
    root = tree.read(host.machine.config)
    nic = root.find("devices/interface")
    assert nic is not None
    tree.add(tree.add(nic, "bandwidth"), "inbound", average="1000", peak="2000")
    host.machine.config = tree.write(root)
    await adapters.limit(host.managed, REF, PEAK, 2000 * 1024)
    assert (await running.read(host.managed, REF, PEAK)).value == 2000 * 1024
    average = Setting(Field.ADAPTER_IN_AVERAGE, MAC)
    assert (await running.read(host.managed, REF, average)).value == 1000 * 1024
    await adapters.limit(host.managed, REF, average, None)
    assert (await running.read(host.managed, REF, PEAK)).value == 2000 * 1024


async def test_a_peak_without_any_average_is_none() -> None:
    host = furnished()
    await adapters.limit(host.managed, REF, PEAK, 2000 * 1024)
    assert (await running.read(host.managed, REF, PEAK)).value is None
