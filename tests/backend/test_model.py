import pickle
from copy import deepcopy

import pytest

from backend.model import Domain, DomainConfiguration, DomainState, Firmware, Kind, Ref

REF = Ref("h", Kind.DOMAIN, "u")
CONFIGURATION = DomainConfiguration(1, 1, 1, 1, "qemu", "x86_64", "q35", Firmware.BIOS)


def test_a_panicked_machine_that_is_kept_in_memory_is_active() -> None:
    kept = Domain(REF, "m", DomainState.CRASHED, live=CONFIGURATION)
    gone = Domain(REF, "m", DomainState.CRASHED, next_start=CONFIGURATION)
    assert kept.is_active
    assert not gone.is_active


def test_a_machine_that_is_off_is_made_of_what_it_would_start_with() -> None:
    off = Domain(REF, "m", DomainState.OFF, next_start=CONFIGURATION)
    assert off.configuration is CONFIGURATION


def test_another_kind_of_record_of_the_same_thing_has_the_same_key() -> None:
    assert REF.of(Kind.GUEST) == Ref("h", Kind.GUEST, "u")


@pytest.mark.parametrize("kind", Kind)
def test_a_ref_is_found_again_whichever_way_it_came(kind: Kind) -> None:
    ref = Ref("here", kind, "a")
    thawed = pickle.loads(pickle.dumps(ref))  # noqa: S301  # our own
    for other in (Ref("here", Kind(kind.value), "a"), thawed, deepcopy(ref)):
        assert {ref: 1}[other] == 1
