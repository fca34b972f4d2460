"""What a machine can be given, and what it says where it cannot: without a hypervisor."""

from dataclasses import replace

import pytest

from backend.devices import (
    BALLOON,
    DIMM,
    STARTUP,
    VIRTIO_MEM,
    CpuSpec,
    DeviceKind,
    Growth,
    MemorySpec,
    Offer,
)
from backend.errors import BackendError
from backend.kinds.moment import Room
from backend.memory import MemoryModule
from backend.model import (
    Accelerator,
    Domain,
    DomainConfiguration,
    DomainState,
    Firmware,
    Host,
    HostState,
    Kind,
    Nic,
    Ref,
)
from backend.operations import growth
from backend.operations.growth import How, Most, PlannedGrowth
from backend.xmldesc import tree

MIB = 2**20
ROOMY = Room(8, 3, frozenset())
MADE_OF = DomainConfiguration(
    1024 * MIB, 768 * MIB, 1, 4, "qemu", "x86_64", "pc-q35-7.2", Firmware.BIOS,
    nics=(Nic("52:54:00:00:00:01", "network", "nat", "virtio"),),
    memory_room_bytes=4096 * MIB, memory_slots=2, has_balloon=True,
)  # fmt: skip
OFF = Domain(Ref("h", Kind.DOMAIN, "u"), "web", DomainState.OFF, next_start=MADE_OF)
RUNNING = replace(OFF, state=DomainState.RUNNING, live=MADE_OF)
DEFINITION = "<domain type='qemu'><memory unit='MiB'>1024</memory><vcpu>1</vcpu><devices/></domain>"


def running(**fields: object) -> Domain:
    return replace(RUNNING, live=replace(MADE_OF, **fields))  # type: ignore[arg-type]


def memory(domain: Domain, room: Room | None = ROOMY) -> dict[str, str]:
    """Return the ways to more memory now, with the reasons against them."""
    found, _processors = growth.offers(domain, room, None, None)
    return {c.name: c.now.message_id if c.now else "" for c in found.choices}


def processors(domain: Domain) -> Offer:
    return growth.offers(domain, ROOMY, None, None)[1]


def test_a_machine_with_room_takes_memory_in_three_ways() -> None:
    assert memory(RUNNING) == {VIRTIO_MEM: "", DIMM: "", BALLOON: "", STARTUP: "MemoryAtStart"}
    assert growth.measure(RUNNING) == Growth(768 * MIB, 3072 * MIB, 256 * MIB, 1, 4)


def test_a_guest_without_virtio_is_given_a_module_first() -> None:
    assert next(iter(memory(running(nics=())))) == DIMM


def test_each_way_that_is_closed_says_why() -> None:
    told = memory(running(memory_room_bytes=0, has_balloon=False))
    assert (told[DIMM], told[VIRTIO_MEM], told[BALLOON]) == (
        "NoMemoryRoom", "NoMemoryRoom", "NoBalloon",
    )  # fmt: skip
    assert memory(running(memory_bytes=4096 * MIB))[DIMM] == "MemoryRoomFull"
    modules = (MemoryModule(DIMM, 128 * MIB, 128 * MIB),) * 2
    assert memory(running(memory_modules=modules))[DIMM] == "NoMemorySlot"
    assert memory(RUNNING, Room(8, 0, frozenset()))[VIRTIO_MEM] == "NoFreeSlot"
    assert memory(running(current_memory_bytes=1024 * MIB))[BALLOON] == "BalloonEmpty"


def test_memory_that_can_shrink_is_apart_from_the_balloon() -> None:
    module = MemoryModule(VIRTIO_MEM, 512 * MIB, 256 * MIB, 256 * MIB, "ua-x")
    found = running(
        memory_bytes=1536 * MIB, current_memory_bytes=1024 * MIB, memory_modules=(module,)
    )
    measured = growth.measure(found)
    assert measured is not None
    assert measured.balloon_bytes == 256 * MIB


def test_a_machine_that_is_off_starts_with_more() -> None:
    assert next(iter(memory(OFF, None).items())) == (STARTUP, "")
    offer = growth.offers(OFF, None, None, None)[0]
    assert offer.now is offer.next_start is None


def test_processors_up_to_the_maximum() -> None:
    assert processors(RUNNING).now is None
    full = processors(running(vcpus=4)).now
    assert full is not None
    assert full.message_id == "NoCpuRoom"


def test_what_is_planned_live() -> None:
    plan = growth.plan_live
    assert plan(RUNNING, CpuSpec(2), ROOMY, "ua-a") == PlannedGrowth(
        growth.PROCESSORS, How.PROCESSORS, 2, 3
    )
    assert plan(RUNNING, MemorySpec(128 * MIB), ROOMY, "ua-a") == MemoryModule(
        VIRTIO_MEM, 128 * MIB, 128 * MIB, alias="ua-a"
    )
    given = plan(RUNNING, MemorySpec(100 * MIB, BALLOON), ROOMY, "ua-a")
    assert isinstance(given, PlannedGrowth)
    assert (given.how, given.more, given.total) == (How.BALLOON, 100 * MIB, 868 * MIB)


@pytest.mark.parametrize(
    ("spec", "refusal"),
    [
        (CpuSpec(4), "NoCpuRoom"),
        (MemorySpec(100 * MIB, DIMM), "MemoryUneven"),
        (MemorySpec(8192 * MIB, DIMM), "MemoryTooMuch"),
        (MemorySpec(257 * MIB, BALLOON), "MemoryTooMuch"),
        (MemorySpec(0, BALLOON), "MemoryUneven"),
        (MemorySpec(128 * MIB, STARTUP), "MemoryAtStart"),
    ],
)
def test_what_is_refused(spec: MemorySpec | CpuSpec, refusal: str) -> None:
    with pytest.raises(BackendError) as refused:
        growth.plan_live(RUNNING, spec, ROOMY, "ua-a")
    assert refused.value.problem.message_id == refusal


def test_at_the_next_start_room_grows_along() -> None:
    most = Most(8 * 2**30, 4)
    told = growth.plan_next_start(OFF, CpuSpec(1), DEFINITION, most)
    root = tree.read(told.definition)
    assert (told.total, tree.text_of(root, "vcpu")) == (2, "2")
    told = growth.plan_next_start(OFF, MemorySpec(512 * MIB), DEFINITION, most)
    assert tree.bytes_at(tree.read(told.definition), "memory") == 1536 * MIB
    with pytest.raises(BackendError, match="TooManyCpus"):
        growth.plan_next_start(OFF, CpuSpec(9), DEFINITION, most)


def test_room_is_made_where_there_is_none() -> None:
    host = Host(Ref("h", Kind.HOST, "h"), "h", "", HostState.CONNECTED, processors=2,
                memory_bytes=8 * 2**30)  # fmt: skip
    bare = replace(OFF, next_start=replace(MADE_OF, memory_room_bytes=0, vcpus_maximum=1))
    assert growth.lacking(bare) == (DeviceKind.MEMORY, DeviceKind.PROCESSORS)
    assert growth.lacking(OFF) == ()
    can = growth.most(bare, host)
    assert can == Most(8 * 2**30, 4)
    root = tree.read(growth.with_room(DEFINITION, can))
    assert tree.bytes_at(root, "maxMemory") == 8 * 2**30
    assert (tree.text_of(root, "vcpu"), tree.attribute(root, "vcpu", "current")) == ("4", "1")
    again = growth.with_room(tree.write(root), can)
    assert again == tree.write(root)


def test_some_machines_cannot_have_room_for_memory() -> None:
    made_of = replace(MADE_OF, architecture="s390x", memory_room_bytes=0)
    old = replace(OFF, next_start=made_of)
    assert DeviceKind.MEMORY not in growth.lacking(old)
    host = Host(Ref("h", Kind.HOST, "h"), "h", "", HostState.CONNECTED, memory_bytes=2**40)
    assert growth.most(old, host).memory_bytes == 0
    assert Accelerator.KVM.value == "kvm"
