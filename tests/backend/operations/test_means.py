"""What a host has for new machines. libvirt's test driver says nothing of firmware."""

from backend.operations import means
from backend.operations.means import Means
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST


def test_what_cannot_be_asked_is_not_held_against_it(heard: Heard) -> None:
    found = heard.engine.query(means.look, HOST).result(20)
    assert isinstance(found, Means)
    assert (found.uefi, found.secure_boot, found.vcpus_maximum) == (None, None, 0)
    assert found.memory_bytes > 0


def test_locations_and_switches_come_with_their_reasons(heard: Heard) -> None:
    found = heard.engine.query(means.look, HOST).result(20)
    assert [pool.name for pool in found.pools] == ["default-pool"]
    assert [switch.name for switch in found.switches] == ["default", "user"]
    assert found.switches[0].next_start is None
