"""Network adapters of a machine that runs: plugged in elsewhere, unplugged, slowed down."""

import copy

from backend.errors import Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Ref
from backend.operations.settings.acting import Situation
from backend.operations.settings.live import running
from backend.settings import Field, Setting, Value
from backend.shortages import LimitsNeedSwitch, SwitchFixed, VlanFixed
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue

_MOVABLE = ("network", "bridge")
_USER = "user"


def switch_problem(situation: Situation, setting: Setting, value: Value) -> Problem | None:
    """Return why an adapter cannot be plugged in there while it runs.

    libvirt moves it by what only Linux's own bridges understand.
    """
    kind = _kind(situation, setting)
    word = str(value).partition(":")[0] if ":" in str(value) else str(value)
    target = word if word in ("bridge", "direct", _USER) else "network"
    is_open = _is_on_open_vswitch(situation, setting) or value in situation.facts.vlan_switches
    if kind in _MOVABLE and target in _MOVABLE and not is_open:
        return None
    return SwitchFixed(device=setting.device).problem


def vlan_problem(situation: Situation, setting: Setting, _value: Value) -> Problem | None:
    """Return why an adapter cannot be put into another VLAN while it runs.

    libvirt has Open vSwitch do it, and says of such an adapter that it is on one.
    """
    if _is_on_open_vswitch(situation, setting):
        return None
    return VlanFixed(device=setting.device).problem


def limit_problem(situation: Situation, setting: Setting, _value: Value) -> Problem | None:
    """Return why an adapter's bandwidth cannot be bounded while it runs."""
    if _kind(situation, setting) == _USER:
        return LimitsNeedSwitch(device=setting.device).problem
    return None


def _is_on_open_vswitch(situation: Situation, setting: Setting) -> bool:
    found = catalogue.settings(situation.live).get(setting)
    port = "" if found is None else tree.attribute(found.element, "virtualport", "type")
    return port == "openvswitch"


def _kind(situation: Situation, setting: Setting) -> str:
    found = catalogue.settings(situation.live).get(setting)
    return "" if found is None else str(found.element.get("type", ""))


async def limit(host: ManagedHost, ref: Ref, setting: Setting, value: Value) -> None:
    """The adapter's bandwidth is bounded so. Raises as `running.update` does.

    libvirt takes no peak or burst without an average: the one of the next start goes along.
    """
    found = await running.read(host, ref, setting)
    element = copy.deepcopy(found.element)
    if found.declared.lens is None or found.value == value:
        return
    found.declared.lens.write(element, value)
    for way, average in (
        ("inbound", Field.ADAPTER_IN_AVERAGE),
        ("outbound", Field.ADAPTER_OUT_AVERAGE),
    ):
        there = element.find(f"bandwidth/{way}")
        if there is None or there.get("average") or there.get("floor"):
            continue
        lasting = await _defined(host, ref, Setting(average, setting.device))
        if lasting:
            there.set("average", lasting)
        else:
            tree_parent = there.getparent()
            if tree_parent is not None:
                tree_parent.remove(there)
    await running.submit(host, ref, setting, element)


async def _defined(host: ManagedHost, ref: Ref, setting: Setting) -> str:
    """Return an average of the definition as it is spelt there, "" if it has none."""
    text = await host.ask(lambda c: commands.describe_next_start(c, ref.key))
    found = catalogue.settings(tree.read(text)).get(setting)
    way = "inbound" if setting.field is Field.ADAPTER_IN_AVERAGE else "outbound"
    return "" if found is None else tree.attribute(found.element, f"bandwidth/{way}", "average")
