"""New machines as somebody wrote them, and copies of a template, on a real host."""

import pytest

from backend.model import Ref
from backend.operations import clone, definition, machine
from backend.operations.clone import ClonePlan, Copying
from backend.operations.definition import Claim, Examination
from backend.operations.planning import MachinePlan
from backend.settings import Field, Setting
from backend.specs import MachineSpec, SourceKind, Then, Written
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue
from tests.live.stage import HOST, Guest, Stage
from tests.live.test_create import MIB, made, nothing_left, problem_of

__all__ = ["nothing_left"]
pytestmark = pytest.mark.live
SPEC = MachineSpec("wizard", SourceKind.SAMPLE_GUEST)


def planned(stage: Stage, spec: MachineSpec) -> MachinePlan:
    (plan,) = stage.engine.query(machine.plan_all, HOST, (spec,)).result(30)
    assert isinstance(plan, MachinePlan)
    return plan


def as_written(spec: MachineSpec, text: str, plan: MachinePlan) -> MachineSpec:
    told = {name: getattr(spec, name) for name in spec.__slots__}
    files = tuple(volume.name for volume in plan.volumes)
    return MachineSpec(**told | {"written": Written(text, files)})


def test_what_would_be_defined_passes_and_an_edit_of_it_is_what_runs(
    stage: Stage, nothing_left: None
) -> None:
    plan = planned(stage, SPEC)
    text = plan.description.replace("<name>wizard</name>", "<name>edited</name>")
    text = text.replace(
        "</devices>", "  <watchdog model='i6300esb' action='poweroff'/>\n</devices>"
    )
    paths = tuple(plan.path_of(volume) for volume in plan.volumes)
    examined = stage.engine.query(definition.examine, HOST, text, paths).result(30)
    assert isinstance(examined, Examination)
    assert (examined.name, examined.claims, examined.remarks) == ("edited", (Claim.NEW,), ())
    (guest,) = made(stage, as_written(SPEC, text, plan), then=Then.START)
    live = stage.virsh.description("edited")
    assert live.find("devices/watchdog") is not None
    assert live.findtext("uuid") == plan.domain.uuid
    source = live.find("devices/disk/source")
    assert source is not None
    assert source.attrib["file"] == paths[0]
    guest = Guest(stage, guest.ref, "edited")
    guest.listen().wait_for("READY")
    guest.remove()


def test_one_that_names_no_disk_has_none_made(stage: Stage, nothing_left: None) -> None:
    spec = MachineSpec("bare", SourceKind.NOTHING, network="")
    plan = planned(stage, spec)
    root = tree.read(plan.description)
    for disk in root.findall("devices/disk"):
        tree.drop(disk)
    (guest,) = made(stage, as_written(spec, tree.write(root), plan))
    assert not list(stage.embedded().images.glob("bare*"))
    guest.remove()


def test_what_libvirt_refuses_leaves_nothing(stage: Stage, nothing_left: None) -> None:
    plan = planned(stage, SPEC)
    text = plan.description.replace("<vcpu>1</vcpu>", "<vcpu>none</vcpu>")
    text = text.replace("<acpi/>", "<unheard-of/>")
    spec = as_written(SPEC, text, plan)
    assert problem_of(stage.do(machine.create_all, HOST, (spec,))) == "DescriptionRefused"


def test_what_the_balloon_leaves_it_is_in_its_settings(stage: Stage, nothing_left: None) -> None:
    spec = MachineSpec(
        "least", SourceKind.NOTHING, memory_bytes=256 * MIB, memory_minimum_bytes=128 * MIB,
        memory_maximum_bytes=512 * MIB,
    )  # fmt: skip
    (guest,) = made(stage, spec)
    told = catalogue.settings(tree.read(stage.virsh("dumpxml", "least")))
    assert told[Setting(Field.MEMORY_MINIMUM)].value == 128 * MIB
    assert told[Setting(Field.MEMORY_MAXIMUM)].value == 512 * MIB
    guest.remove()


@pytest.mark.parametrize("copying", Copying)
def test_copies_of_a_template_are_started_as_written(
    stage: Stage, nothing_left: None, copying: Copying
) -> None:
    template = stage.create("template")
    names = ("copy-1", "copy-2")
    plans = stage.engine.query(clone.plan, template.ref, names, copying).result(30)
    second = plans[1]
    assert isinstance(second, ClonePlan)
    text = second.description.replace("<name>copy-2</name>", "<name>other</name>")
    written = Written(text, tuple(copy.name for copy in second.copies))
    job = stage.must(clone.clone, template.ref, names, copying, (None, written), Then.START)
    assert isinstance(job.result, tuple)
    refs = [ref for ref in job.result if isinstance(ref, Ref)]
    guests = [Guest(stage, ref, name) for ref, name in zip(refs, ("copy-1", "other"), strict=True)]
    assert refs[1].key == second.uuid
    assert all(stage.virsh("domstate", guest.name).strip() == "running" for guest in guests)
    for guest in guests:
        guest.remove()
    template.remove()
