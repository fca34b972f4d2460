import pytest

from backend.errors import DescriptionRefused
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.jobs import JobState
from backend.kinds import catalogue, lines
from backend.model import Domain, DomainState, Ref
from backend.operations import domain
from backend.operations.domain import Autostart
from tests.backend.conftest import Heard


def run(heard: Heard, operation: object, ref: Ref, *args: object, **kwargs: object) -> str:
    """Run a verb; return the id of its problem, empty if it succeeded."""
    job = heard.end_of(heard.engine.submit(operation, ref, *args, **kwargs))  # type: ignore[arg-type]
    return job.problem.message_id if job.problem else ""


def machine(heard: Heard) -> Domain:
    found = heard.domain()
    assert found
    return found


@pytest.mark.parametrize(
    ("verbs", "state"),
    [
        ((domain.suspend,), DomainState.PAUSED),
        ((domain.suspend, domain.resume), DomainState.RUNNING),
        ((domain.destroy,), DomainState.OFF),
        ((domain.destroy, domain.start), DomainState.RUNNING),
        ((domain.shutdown,), DomainState.OFF),
        ((domain.managed_save,), DomainState.OFF),
        ((domain.managed_save, domain.start), DomainState.RUNNING),
    ],
)
def test_when_a_verb_is_done_the_inventory_shows_it(
    heard: Heard, vm: Ref, verbs: tuple[object, ...], state: DomainState
) -> None:
    for verb in verbs:
        assert run(heard, verb, vm) == ""
    assert machine(heard).state is state


def test_a_saved_state_is_seen_and_can_be_discarded(heard: Heard, vm: Ref) -> None:
    run(heard, domain.managed_save, vm)
    assert machine(heard).has_saved_state
    assert run(heard, domain.discard_saved_state, vm) == ""
    assert not machine(heard).has_saved_state


def test_name_notes_autostart(heard: Heard, vm: Ref) -> None:
    assert run(heard, domain.set_notes, vm, "hello\nyou") == ""
    assert run(heard, domain.set_autostart, vm, Autostart.ON) == ""
    run(heard, domain.destroy, vm)
    assert run(heard, domain.rename, vm, "other") == ""
    found = machine(heard)
    assert (found.name, found.notes, found.is_autostart) == ("other", "hello\nyou", True)


def test_a_name_that_will_not_do_is_refused_before_anything_happens(heard: Heard, vm: Ref) -> None:
    assert run(heard, domain.rename, vm, "other") == "WrongState"
    run(heard, domain.destroy, vm)
    assert run(heard, domain.rename, vm, "a/b") == "NameInvalid"
    assert run(heard, domain.rename, vm, "test") == "NameTaken"
    assert machine(heard).name == "test"


def test_a_verb_that_makes_no_sense_says_so(heard: Heard, vm: Ref) -> None:
    assert run(heard, domain.start, vm) == "WrongState"
    assert run(heard, domain.delete, vm) == "WrongState"
    run(heard, domain.destroy, vm)
    assert run(heard, domain.suspend, vm) == "HypervisorRefused"


def test_a_deleted_machine_is_gone_with_the_disks_that_were_named(heard: Heard, vm: Ref) -> None:
    run(heard, domain.destroy, vm)
    assert run(heard, domain.delete, vm) == ""
    assert heard.domain() is None
    assert run(heard, domain.start, vm) == "Gone"


def test_a_job_that_failed_leaves_the_machine_as_it_was(heard: Heard, vm: Ref) -> None:
    before = machine(heard)
    run(heard, domain.start, vm)
    assert machine(heard) == before
    assert all(job.state is JobState.FAILED for job in heard.jobs.values())


def test_a_save_that_is_refused_says_why(heard: Heard, vm: Ref) -> None:
    run(heard, domain.destroy, vm)
    assert run(heard, domain.managed_save, vm) == "HypervisorRefused"


def test_a_machine_that_runs_is_not_undefined(heard: Heard, vm: Ref) -> None:
    """libvirt would undefine a running machine; its disks would go from under it."""

    async def undefine(host: ManagedHost, ref: Ref) -> None:
        await host.act(commands.undefine, ref)

    assert run(heard, undefine, vm) == "WrongState"
    assert machine(heard).is_persistent


def test_notes_are_kept_as_xml_can_hold_them(heard: Heard, vm: Ref) -> None:
    assert run(heard, domain.set_notes, vm, " a\r\nb\x07\tc ") == ""
    assert machine(heard).notes == "a\nb\tc"


def test_a_machine_that_the_hypervisor_cannot_start_says_so_in_its_words(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(heard, domain.destroy, vm)

    def refuse(_connect: object, _uuid: str) -> None:
        raise DescriptionRefused(detail=("unable to open vhost-vsock device",))

    monkeypatch.setattr(commands, "start", refuse)
    assert run(heard, domain.start, vm) == "StartFailed", "it has no vsock"
    monkeypatch.setattr(catalogue, "kind_of", lambda _part: lines.VSOCK)
    assert run(heard, domain.start, vm) == "NoVsockOnHost"
