"""More memory and processors are there when the guest works with them, and not before."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.devices import (
    BALLOON,
    DIMM,
    VIRTIO_MEM,
    CpuSpec,
    Device,
    DeviceKind,
    MemorySpec,
    PartSpec,
    When,
)
from backend.jobs import StepState
from backend.model import DomainState, Ref
from backend.operations import device, domain
from backend.operations.undo import undoing
from backend.xmldesc import tree
from tests.backend.conftest import Heard
from tests.fakes.plugged import REF, PluggedHost

MIB = 2**20
DONE, WAITING, NOT_KNOWN = StepState.DONE, StepState.WAITING, StepState.NOT_KNOWN
Shown = Callable[[], dict[str, StepState]]


@pytest.fixture
def roomy(plugged: PluggedHost) -> PluggedHost:
    """A machine with room: as new ones are."""
    for name in ("live", "config"):
        root = tree.read(str(getattr(plugged.machine, name)))
        tree.add(root, "maxMemory", "4194304", slots="4", unit="KiB")
        tree.add(root, "currentMemory", "786432", unit="KiB")
        vcpu, parent = root.find("vcpu"), root.find("devices")
        assert vcpu is not None
        assert parent is not None
        vcpu.text = "4"
        vcpu.set("current", "1")
        tree.add(parent, "memballoon", model="virtio")
        setattr(plugged.machine, name, tree.write(root))
    plugged.machine.figures = {"vcpu.maximum": 4, "vcpu.0.time": 5 * 10**9}
    plugged.read()
    return plugged


async def add(host: PluggedHost, spec: object, when: When = When.NOW) -> tuple[Device, ...]:
    return await device.add(host.managed, REF, (spec,), when)  # type: ignore[arg-type]


async def test_processors_that_the_agent_counts(roomy: PluggedHost, shown: Shown) -> None:
    roomy.machine.guest_vcpus = {"online": "0,1-2"}
    await add(roomy, CpuSpec(2))
    assert roomy.machine.told == [("vcpus", 3, 3)]
    assert shown() == {"host_accepted": DONE, "shown_to_guest": DONE, "processors_used": DONE}


async def test_processors_that_work(
    roomy: PluggedHost, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = roomy.machine.figures

    def work(count: int, flags: int) -> None:
        figures["vcpu.1.time"] = 10**8
        type(roomy.machine).setVcpusFlags(roomy.machine, count, flags)

    monkeypatch.setattr(roomy.machine, "setVcpusFlags", work)
    await add(roomy, CpuSpec(1))
    assert shown()["processors_used"] is DONE


async def test_processors_that_stand_still_are_waited_for(roomy: PluggedHost, shown: Shown) -> None:
    roomy.machine.guest_vcpus = {"online": "0"}
    await add(roomy, CpuSpec(1))
    assert shown()["shown_to_guest"] is DONE
    assert shown()["processors_used"] is WAITING


async def test_memory_that_shrinks_tells_itself(roomy: PluggedHost, shown: Shown) -> None:
    (made,) = await add(roomy, MemorySpec(256 * MIB, VIRTIO_MEM))
    assert made.key.startswith("ua-celadon-")
    assert shown() == {"host_accepted": DONE, "shown_to_guest": DONE, "memory_used": WAITING}


async def test_a_module_is_seen_in_the_figures_of_the_guest(
    roomy: PluggedHost, shown: Shown
) -> None:
    figures = roomy.machine.figures
    figures |= {"balloon.available": 700000, "balloon.last-update": 1}
    attach = roomy.machine.attachDeviceFlags

    def grow(text: str, flags: int) -> None:
        attach(text, flags)
        more = {"balloon.available": 700000 + 128 * 1024, "balloon.last-update": 2}
        figures.update(more)

    roomy.machine.attachDeviceFlags = grow  # type: ignore[method-assign]
    await add(roomy, MemorySpec(128 * MIB, DIMM))
    assert shown()["memory_used"] is DONE
    told = roomy.domain.next_start
    assert told
    assert [m.model for m in told.memory_modules] == [DIMM]


async def test_a_module_of_which_nobody_tells_is_not_known(
    roomy: PluggedHost, shown: Shown
) -> None:
    await add(roomy, MemorySpec(128 * MIB, DIMM))
    assert shown()["memory_used"] is NOT_KNOWN


async def test_the_balloon_gives_back(roomy: PluggedHost, shown: Shown) -> None:
    roomy.machine.figures |= {"balloon.current": 786432}
    await add(roomy, MemorySpec(128 * MIB, BALLOON))
    assert roomy.machine.told == [("memory", 917504, 3)]
    assert shown() == {"host_accepted": DONE, "memory_used": WAITING}


async def test_a_paused_guest_is_not_waited_for(roomy: PluggedHost, shown: Shown) -> None:
    roomy.machine.state = DomainState.PAUSED
    roomy.read()
    await add(roomy, CpuSpec(1))
    assert shown()["processors_used"] is WAITING


async def test_at_the_next_start_the_definition_alone(
    plugged: PluggedHost, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    defined: list[str] = []

    def redefine(_connect: object, _uuid: str, text: str) -> None:
        plugged.machine.config = text
        defined.append(text)

    monkeypatch.setattr("backend.hypervisor.commands.redefine", redefine)
    await add(plugged, CpuSpec(1), When.NEXT_START)
    assert shown() == {"host_accepted": DONE, "in_definition": DONE}
    assert plugged.domain.next_start
    assert plugged.domain.next_start.vcpus == 2
    assert plugged.domain.live
    assert plugged.domain.live.vcpus == 1
    await device.make_room(plugged.managed, REF)
    assert plugged.domain.next_start.vcpus_maximum == 4
    assert "maxMemory" in defined[-1]
    count = len(defined)
    await device.make_room(plugged.managed, REF)
    assert len(defined) == count


@pytest.mark.parametrize("kind", ["room", "part"])
async def test_what_somebody_else_changes_just_before_stays(
    plugged: PluggedHost, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    tell = plugged.managed.act

    async def act(*arguments: Any) -> Any:
        plugged.machine.config = plugged.machine.config.replace("<vcpu", "<title>his</title><vcpu")
        return await tell(*arguments)

    def redefine(_connect: object, _uuid: str, text: str) -> None:
        plugged.machine.config = text

    monkeypatch.setattr("backend.hypervisor.commands.redefine", redefine)
    monkeypatch.setattr(plugged.managed, "act", act)
    if kind == "room":
        await device.make_room(plugged.managed, REF)
        assert "maxMemory" in plugged.machine.config
    else:
        spec = PartSpec(DeviceKind.BALLOON, (("reporting", "on"),))
        await add(plugged, spec, When.NEXT_START)
        assert "memballoon" in plugged.machine.config
    assert "<title>his</title>" in plugged.machine.config


def test_room_that_was_made_can_be_taken_back_and_made_again(heard: Heard, vm: Ref) -> None:
    def defined() -> str:
        return str(heard.engine.query(domain.description, vm).result(10))

    before = defined()
    made = heard.end_of(heard.engine.submit(device.make_room, vm))
    assert made.problem is None
    after = defined()
    assert after != before
    assert made.inverse
    back = heard.end_of(heard.engine.submit(undoing(made.inverse), vm))
    assert back.problem is None
    assert defined() == before
    assert back.inverse
    assert heard.end_of(heard.engine.submit(undoing(back.inverse), vm)).problem is None
    assert defined() == after
