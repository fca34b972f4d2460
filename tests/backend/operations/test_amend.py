"""What the sheets of switches and storage locations hand in is a job that can be taken back."""

from collections.abc import Callable

import pytest

from backend.jobs import Job
from backend.model import Kind, Network, Ref, StoragePool
from backend.operations import amend
from backend.operations.domain import Autostart
from backend.operations.undo import undoing
from tests.backend.conftest import Heard


def end(heard: Heard, operation: object, ref: Ref, *arguments: object) -> Job:
    return heard.end_of(heard.engine.submit(operation, ref, *arguments))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operation", "kind", "record"),
    [
        (amend.network_autostart, Kind.NETWORK, Network),
        (amend.pool_autostart, Kind.STORAGE_POOL, StoragePool),
    ],
)
def test_a_switch_and_a_storage_location_start_with_the_host_or_not(
    heard: Heard, operation: Callable[..., object], kind: Kind, record: type[Network | StoragePool]
) -> None:
    heard.until(lambda: any(ref.kind is kind for ref in heard.records))
    (ref,) = [ref for ref in heard.records if ref.kind is kind]

    def is_autostart() -> bool:
        found = heard.records[ref]
        assert isinstance(found, record)
        return found.is_autostart

    job = end(heard, operation, ref, Autostart.ON)
    assert job.problem is None
    assert job.subject_name
    assert is_autostart()
    assert job.inverse
    assert end(heard, undoing(job.inverse), ref).problem is None
    assert not is_autostart()


def test_what_is_gone_is_said_to_be(heard: Heard, vm: Ref) -> None:
    gone = Ref(vm.host, Kind.NETWORK, "00000000-0000-0000-0000-000000000000")
    job = end(heard, amend.network_autostart, gone, Autostart.ON)
    assert job.problem
    assert job.problem.message_id == "Gone"
