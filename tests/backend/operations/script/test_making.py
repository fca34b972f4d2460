"""Machines that somebody wrote, in virsh and in Python: as written, and without a password."""

from dataclasses import replace

import pytest

from backend import defaults
from backend.errors import Problem
from backend.model import Accelerator
from backend.operations import clone, machine
from backend.operations.clone import ClonePlan, Copying
from backend.operations.planning import MachinePlan
from backend.operations.script import making
from backend.operations.script.request import Operation, Request
from backend.operations.script.spellings import SPELLINGS
from backend.operations.script.subject import Subject
from backend.specs import MachineSpec, SourceKind, Then, Written
from backend.xmldesc import newdomain
from tests.backend.operations.script.known import Records
from tests.fakes import machines
from tests.fakes.machines import HOST

TEXT = "<domain><name>own</name><devices><graphics type='vnc' passwd='geheim'/></devices></domain>"
SPEC = MachineSpec("web", SourceKind.NOTHING)
CHOICES = defaults.Choices("u", "52:54:00:00:00:00", Accelerator.KVM, 2, 0.0)
DOMAIN = defaults.complete(SPEC, CHOICES)


def subject(request: Request) -> Subject:
    return Subject(request, machines.host(), "a", None, Records(machines.host()))


@pytest.mark.parametrize(
    ("verb", "arguments", "plan"),
    [
        (machine.create_all, ((SPEC,), Then.START), (MachinePlan(None, (), DOMAIN, TEXT),)),
        (
            clone.clone,
            (("b",), Copying.FULL, (), Then.START),
            (ClonePlan("u", "b", (), TEXT),),
        ),
    ],
)
def test_what_is_written_is_defined_without_its_password_and_started(
    verb: Operation, arguments: tuple[object, ...], plan: object
) -> None:
    request = Request(verb, HOST, arguments, plan=plan)
    define, start = SPELLINGS[verb].calls(subject(request))
    assert "<name>own</name>" in define.text
    assert "geheim" not in define.text
    assert define.remark == Problem("ScriptHidesPassword")
    assert start.words == ("start", "--domain", "u")


def test_after_an_installation_it_is_defined_without_the_kernel() -> None:
    domain = replace(DOMAIN, is_restarted=False)
    text = newdomain.dump(domain).replace("<type", "<kernel>/k</kernel><type", 1)
    request = Request(
        machine.create_all, HOST, ((SPEC,), Then.START), plan=(MachinePlan(None, (), domain, text),)
    )
    define, _start, again = making.create_all(subject(request))
    assert "<kernel>" in define.text
    assert "<kernel>" not in again.text
    assert "<on_reboot>restart</on_reboot>" in again.text


def test_what_is_handed_in_holds_no_password() -> None:
    told = Written(TEXT, ("a.qcow2",))
    specs = Request(machine.create_all, HOST, ((replace(SPEC, written=told), SPEC), Then.START))
    first, second = SPELLINGS[machine.create_all].public(specs).argument("specs")
    assert "geheim" not in first.written.text
    assert first.written.files == ("a.qcow2",)
    assert second == SPEC
    copies = Request(clone.clone, HOST, (("a", "b"), Copying.LINKED, (None, told)))
    public = SPELLINGS[clone.clone].public(copies)
    none, text = public.argument("texts")
    assert none is None
    assert "geheim" not in text.text
    assert public.argument("then") is Then.STAY_OFF
    plain = Request(clone.clone, HOST, (("a",), Copying.FULL))
    assert SPELLINGS[clone.clone].public(plain) == plain
