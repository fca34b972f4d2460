import pytest
from typing_extensions import override

from backend.devices import Device, DeviceKind, Stage
from backend.jobs import StepState
from backend.operations import sightings
from backend.operations.course import Course
from tests.fakes.plugged import REF, PluggedHost

DISK = Device(DeviceKind.DISK, "vda")
NIC = Device(DeviceKind.NETWORK_ADAPTER, "52:54:00:00:00:07")


class Told(Course):
    """A course that remembers what was left open."""

    def __init__(self, device: Device) -> None:
        super().__init__((stage, device.key) for stage in sightings.stages_of(device))
        self.left: set[StepState] = set()

    @override
    def see(self, stage: Stage, subject: str, *detail: str, **how: object) -> None:
        state = how.get("state", StepState.DONE)
        if isinstance(state, StepState) and state is not StepState.DONE:
            self.left.add(state)
        super().see(stage, subject, *detail, **how)  # type: ignore[arg-type]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> PluggedHost:
    monkeypatch.setattr(sightings, "_INTERVAL_S", 0)
    monkeypatch.setattr(sightings, "_SILENT_AFTER_S", 0.05)
    monkeypatch.setattr(sightings, "FOLLOW_DEADLINE_S", 0.05)
    return PluggedHost()


async def test_a_disk_that_is_read_from_is_seen(host: PluggedHost) -> None:
    host.machine.traffic = {"vda"}
    course = Told(DISK)
    await sightings.follow(host.managed, REF, DISK, course)
    assert course.is_done(Stage.DISK_SEEN, "vda")
    assert not course.left


async def test_an_adapter_is_known_by_the_agent_and_a_link_local_address_is_none(
    host: PluggedHost,
) -> None:
    link_local = {"addr": "fe80::1", "prefix": 64}
    host.machine.addresses = {"eth1": {"hwaddr": NIC.key, "addrs": [link_local]}}
    course = Told(NIC)
    await sightings.follow(host.managed, REF, NIC, course)
    assert course.is_done(Stage.DRIVER_BOUND, NIC.key)
    assert course.left == {StepState.WAITING}
    host.machine.addresses["eth1"]["addrs"].append({"addr": "10.0.0.2", "prefix": 24})
    course = Told(NIC)
    await sightings.follow(host.managed, REF, NIC, course)
    assert course.is_done(Stage.ADDRESS, NIC.key)


async def test_a_machine_that_stopped_is_left(host: PluggedHost) -> None:
    host.machine.live = None
    host.read()
    course = Told(DISK)
    await sightings.follow(host.managed, REF, DISK, course)
    assert not course.left
