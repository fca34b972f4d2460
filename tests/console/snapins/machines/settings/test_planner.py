"""The plan: asked for once after somebody stopped typing, and not at all without edits."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backend.errors import Gone
from backend.model import Domain
from backend.settings import Effect, Plan, PlannedChange
from console.snapins.machines.settings.draft import Draft
from console.snapins.machines.settings.planner import NO_PLAN, Planner
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.sheets import COUNT, sheet

LATER = Plan((PlannedChange(COUNT, 2, 4, Effect.NEXT_START),))


def test_many_keys_are_one_question(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    context.engine.answers["sheet.plan"] = LATER
    parent = QObject()
    planner, draft = Planner(context, web.ref, parent), Draft(sheet())
    with qtbot.waitSignal(planner.planned):
        for value in (3, 33, 4):
            draft.put(COUNT, value)
            planner.follow(draft)
    assert planner.plan == LATER
    assert len(context.engine.queries) == 1
    draft.take_back(COUNT)
    planner.follow(draft)
    assert planner.plan == NO_PLAN


def test_a_server_that_cannot_tell_is_told_of(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    context.engine.answers["sheet.plan"] = Gone()
    parent = QObject()
    planner, draft = Planner(context, web.ref, parent), Draft(sheet())
    draft.put(COUNT, 4)
    with qtbot.waitSignal(planner.planned):
        planner.follow(draft)
    assert planner.trouble
    assert planner.plan == NO_PLAN
