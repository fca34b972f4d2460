from typing import Any

import libvirt
import pytest

from backend.hypervisor import facts


def test_a_host_tells_of_itself(connect: Any) -> None:
    told = facts.read_facts(connect)
    assert told.hostname
    assert told.hypervisor == "TEST"
    assert told.processors > 0
    assert told.memory_bytes > 2**20
    assert facts.read_hypervisor_version(connect) == "TEST 0.0.2"


@pytest.mark.parametrize(("packed", "text"), [(9_000_000, "9.0.0"), (7_002_022, "7.2.22")])
def test_versions_are_unpacked(packed: int, text: str) -> None:
    assert facts.version_text(packed) == text


class Emulating:
    """A hypervisor that says of KVM what it is told to."""

    def __init__(self, code: int) -> None:
        self.code = code

    def getDomainCapabilities(self, *_asked: object) -> str:
        error = libvirt.libvirtError("asked")
        error.err = (self.code, 0, "as told", 0, "", None, None, 0, 0)
        raise error


def test_only_a_clear_no_is_believed() -> None:
    assert not facts.may_have_kvm(Emulating(libvirt.VIR_ERR_INVALID_ARG))
    assert facts.may_have_kvm(Emulating(libvirt.VIR_ERR_NO_SUPPORT))
