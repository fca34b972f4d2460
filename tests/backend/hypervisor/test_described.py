"""A machine's descriptions are read at once, and hold what is secret only where it is asked for."""

import libvirt

from backend.hypervisor import described
from tests.backend.conftest import UUID


def test_one_that_runs_has_both() -> None:
    connect = libvirt.open("test:///default")
    told = described.describe(connect, UUID)
    assert told.live.startswith("<domain type='test' id=")
    assert told.definition.startswith("<domain type='test'>")
    # The test driver knows of none before libvirt 10.
    assert told.abilities == "" or told.abilities.startswith("<domainCapabilities>")


def test_a_password_is_read_only_with_the_whole() -> None:
    connect = libvirt.open("test:///default")
    text = connect.lookupByUUIDString(UUID).XMLDesc(0).replace(
        "</devices>", "<graphics type='vnc' passwd='secret'/></devices>"
    )  # fmt: skip
    connect.defineXML(text)
    assert "secret" not in described.describe(connect, UUID).definition
    assert "secret" in described.describe_whole(connect, UUID).definition
