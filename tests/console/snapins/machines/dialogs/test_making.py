"""What follows from a dialog's OK is the same for all that make machines."""

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import NameTaken, Problem
from backend.model import Kind, Ref
from backend.operations import machine
from backend.specs import MachineSpec, SourceKind
from console.snapins.machines.dialogs.making import see_through
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, host

MADE = Ref("here", Kind.DOMAIN, "uuid-new")


class Asked:
    def __init__(self) -> None:
        self.said: list[Problem] = []

    def show_failure(self, problem: Problem) -> None:
        self.said.append(problem)


def began(context: LentContext, asked: Asked, *, is_started: bool) -> None:
    spec = MachineSpec("web-01", SourceKind.SAMPLE_GUEST)
    job = context.submit(machine.create, HOST, spec)
    context.run(see_through(context, host(), job, lambda: asked, is_started=is_started))


@pytest.mark.parametrize("is_started", [True, False])
def test_what_was_made_is_shown_and_started_if_wanted(
    context: LentContext, qtbot: QtBot, is_started: bool
) -> None:
    began(context, Asked(), is_started=is_started)
    context.engine.finish(1, MADE)
    qtbot.waitUntil(lambda: context.places == [("machines:here", MADE)])
    verbs = [verb for verb, _key in context.submitted()]
    assert verbs == ["machine.create", *(["domain.start"] if is_started else [])]


def test_a_failure_brings_the_dialog_back_with_its_reason(
    context: LentContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(context, "show_dialog", shown.append)
    asked = Asked()
    began(context, asked, is_started=True)
    context.engine.fail(1, NameTaken(name="web-01"))
    qtbot.waitUntil(lambda: shown == [asked])
    assert [problem.message_id for problem in asked.said] == ["NameTaken"]
    assert context.places == []
