from backend.devices import Device, DeviceKind
from backend.hypervisor.events import DeviceAdded, DeviceRemoved
from backend.model import Domain, DomainState
from backend.operations import presence
from backend.xmldesc import domain as domain_xml
from tests.fakes.plugged import EMPTY, REF

DISK = "<disk><target dev='vdb' bus='virtio'/><alias name='ua-1'/></disk></devices>"
MADE_OF = domain_xml.parse(EMPTY.replace("</devices>", DISK)).configuration


def test_a_device_is_found_where_it_is() -> None:
    runs = Domain(REF, "web", DomainState.RUNNING, live=MADE_OF)
    starts = Domain(REF, "web", DomainState.OFF, next_start=MADE_OF)
    assert presence.runs_with(runs, "ua-1")
    assert not presence.starts_with(runs, "ua-1")
    assert presence.starts_with(starts, "ua-1")
    assert presence.is_defined_with(starts, Device(DeviceKind.DISK, "vdb"))
    assert not presence.is_defined_with(starts, Device(DeviceKind.DVD_DRIVE, "vdb"))
    assert presence.is_active(runs)
    assert not any((presence.is_active(None), presence.runs_with(None, "ua-1")))


def test_only_the_event_about_it_counts() -> None:
    holds = presence.tells(DeviceRemoved, alias="ua-1")
    assert holds(DeviceRemoved(REF, "ua-1"))
    assert not holds(DeviceRemoved(REF, "ua-2"))
    assert not holds(DeviceAdded(REF, "ua-1"))
