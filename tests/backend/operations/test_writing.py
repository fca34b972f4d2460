"""A machine that is defined as somebody wrote it: under the name and the UUID that stand there."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import BackendError
from backend.model import Domain, Ref
from backend.operations import machine
from backend.operations.planning import MachinePlan
from backend.specs import MachineSpec, SourceKind, Written
from tests.backend.conftest import Heard
from tests.backend.operations.test_clone import TEST
from tests.backend.operations.test_host import HOST

SPEC = MachineSpec("web", SourceKind.NOTHING, disk_bytes=2**20, network="")


def planned(heard: Heard, spec: MachineSpec) -> MachinePlan:
    return heard.engine.query(machine.plan, HOST, spec).result(20)


def edited(plan: MachinePlan, *changes: tuple[str, str]) -> MachineSpec:
    """Return the spec with the description of its plan, in which this is replaced."""
    text = plan.description
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return replace(SPEC, written=Written(text, tuple(one.name for one in plan.volumes)))


def refused(heard: Heard, spec: MachineSpec) -> str:
    with pytest.raises(BackendError) as caught:
        planned(heard, spec)
    return caught.value.problem.message_id


def test_what_is_written_is_what_is_defined(heard: Heard) -> None:
    first = planned(heard, SPEC)
    note = ("</devices>", "<!-- m --></devices>")
    spec = edited(first, ("<name>web</name>", "<name>db</name>"), note)
    plan = planned(heard, spec)
    assert (plan.domain.name, plan.domain.uuid) == ("db", first.domain.uuid)
    assert "<!-- m -->" in plan.description
    assert [one.name for one in plan.volumes] == ["web.qcow2"]


def test_it_is_made_so(heard: Heard) -> None:
    spec = edited(planned(heard, SPEC), ("<name>web</name>", "<name>db</name>"))
    job = heard.end_of(heard.engine.submit(machine.create_all, HOST, (spec,)))
    assert isinstance(job.result, tuple), job
    (made,) = job.result
    assert isinstance(made, Ref)
    record = heard.records[made]
    assert isinstance(record, Domain)
    assert record.name == "db"


def test_a_volume_that_it_does_not_name_is_not_made(heard: Heard) -> None:
    first = planned(heard, SPEC)
    path = first.path_of(first.volumes[0])
    assert not planned(heard, edited(first, (path, "/elsewhere"))).volumes


def test_other_volumes_than_it_was_written_for_are_not_made(heard: Heard) -> None:
    spec = edited(planned(heard, SPEC))
    assert spec.written
    other = replace(spec, written=replace(spec.written, files=("web-2.qcow2",)))
    assert refused(heard, other) == "VolumeTaken"
    assert refused(heard, replace(spec, disk_bytes=0)) == "VolumeTaken"


def test_the_machine_of_another_is_not_overwritten(heard: Heard) -> None:
    first = planned(heard, SPEC)
    assert refused(heard, edited(first, (first.domain.uuid, TEST.key))) == "UuidTaken"
    assert refused(heard, edited(first, ("<name>web<", "<name>test<"))) == "NameTaken"


def test_one_without_a_uuid_gets_one(heard: Heard) -> None:
    first = planned(heard, SPEC)
    spec = edited(first, (f"<uuid>{first.domain.uuid}</uuid>", ""))
    plan = planned(heard, spec)
    assert plan.domain.uuid != first.domain.uuid
    assert f"<uuid>{plan.domain.uuid}</uuid>" in plan.description


def test_what_is_no_description_is_refused(heard: Heard) -> None:
    assert refused(heard, replace(SPEC, written=Written("<network/>"))) == "WrongDescription"
    assert refused(heard, replace(SPEC, path=Path("/x"), written=Written("<dom"))) == "XmlBroken"
