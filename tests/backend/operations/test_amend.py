"""What a property sheet hands in is one job: done whole, or refused before anything is changed."""

from collections.abc import Callable

import pytest

from backend.jobs import Job
from backend.model import Domain, Kind, Network, Ref, StoragePool
from backend.operations import amend, domain
from backend.operations.amend import MachineChanges
from backend.operations.domain import Autostart
from backend.operations.undo import undoing
from tests.backend.conftest import Heard


def end(heard: Heard, operation: object, ref: Ref, *arguments: object) -> Job:
    return heard.end_of(heard.engine.submit(operation, ref, *arguments))  # type: ignore[arg-type]


def machine(heard: Heard) -> Domain:
    found = heard.domain()
    assert found
    return found


def test_all_of_it_is_done_and_taken_back(heard: Heard, vm: Ref) -> None:
    end(heard, domain.destroy, vm)
    changes = MachineChanges("other", "hello", is_autostart=True)
    job = end(heard, amend.machine, vm, changes)
    assert job.problem is None
    found = machine(heard)
    assert (found.name, found.notes, found.is_autostart) == ("other", "hello", True)
    assert job.inverse
    assert job.inverse.arguments == (MachineChanges("test", "", is_autostart=False),)
    assert end(heard, undoing(job.inverse), vm).problem is None
    found = machine(heard)
    assert (found.name, found.notes, found.is_autostart) == ("test", "", False)


def test_what_is_not_named_stays(heard: Heard, vm: Ref) -> None:
    end(heard, domain.set_notes, vm, "kept")
    assert end(heard, amend.machine, vm, MachineChanges(is_autostart=True)).problem is None
    assert (machine(heard).notes, machine(heard).is_autostart) == ("kept", True)


def test_a_refusal_comes_before_anything_is_changed(heard: Heard, vm: Ref) -> None:
    job = end(heard, amend.machine, vm, MachineChanges("other", "hello"))
    assert job.problem
    assert job.problem.message_id == "WrongState"
    end(heard, domain.destroy, vm)
    job = end(heard, amend.machine, vm, MachineChanges("a/b", "hello"))
    assert job.problem
    assert job.problem.message_id == "NameInvalid"
    assert (machine(heard).name, machine(heard).notes) == ("test", "")
    assert job.inverse is None


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
