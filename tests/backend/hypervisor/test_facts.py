from typing import Any

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
