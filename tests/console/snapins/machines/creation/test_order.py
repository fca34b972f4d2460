"""What is handed in, and what would be defined of it."""

from backend.model import Kind, Ref
from backend.operations import clone, machine
from backend.operations.clone import Copying
from backend.specs import MachineSpec, SourceKind, Then, Written
from console.snapins.machines.creation.order import Copies, NewMachines
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST

ORIGIN = Ref("here", Kind.DOMAIN, "uuid-web-01")
TEXT = Written("<domain/>", ("a.qcow2",))


def test_new_machines_with_their_texts(context: LentContext) -> None:
    specs = tuple(MachineSpec(name, SourceKind.NOTHING) for name in "ab")
    NewMachines(HOST, specs).as_written([None, TEXT]).submit(context, Then.START)
    assert context.last().operation == "machine.create_all"
    told, then = context.last().arguments
    assert isinstance(told, tuple)
    assert [spec.written for spec in told] == [None, TEXT]
    assert then is Then.START


def test_copies_with_their_texts(context: LentContext) -> None:
    order = Copies(ORIGIN, ("a", "b"), Copying.LINKED)
    order.as_written([None, TEXT]).submit(context, Then.STAY_OFF)
    assert context.submitted() == [("clone.clone", ORIGIN.key)]
    told = context.last().arguments
    assert told == (("a", "b"), Copying.LINKED, (None, TEXT), Then.STAY_OFF)


def test_a_verb_and_the_question_what_it_would_do_are_asked_alike() -> None:
    """A script is made so."""
    for verb, question in ((clone.clone, clone.plan), (machine.create_all, machine.plan_all)):
        assert list(verb.__annotations__)[2:] == list(question.__annotations__)[2:]
