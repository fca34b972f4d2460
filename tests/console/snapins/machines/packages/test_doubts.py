"""What a server would object to is asked once for what makes a difference, and told as a remark."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.operations.package.arrival import ImportSpec
from backend.packages import PackageDamaged
from backend.specs import Then
from console.snapins.machines.packages.doubts import Doubts
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import host

SPEC = ImportSpec(Path("/out/web/machine.json"), "web", ("nat",))
DOUBT = Problem("HypervisorDoubts", detail=("no such CPU",))


@pytest.fixture
def doubts(context: LentContext, qapp: QObject) -> Doubts:
    return Doubts(context, host().ref, qapp)


def told(doubts: Doubts) -> list[Problem]:
    return list(doubts.found)


def asked(context: LentContext) -> list[object]:
    return [query.arguments[0] for query in context.engine.queries]


def test_it_is_asked_once_for_what_makes_a_difference(
    doubts: Doubts, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["incoming.doubts"] = (DOUBT,)
    with qtbot.waitSignal(doubts.changed):
        doubts.follow(replace(SPEC, networks=("office",)))
        doubts.follow(SPEC)
    assert told(doubts) == [DOUBT]
    doubts.follow(replace(SPEC, name="db", then=Then.START))
    assert told(doubts) == [DOUBT], "it is not asked again"
    doubts.follow(replace(SPEC, networks=("",)))
    assert told(doubts) == [], "of another machine"
    doubts.forget()
    assert asked(context) == [SPEC]


def test_why_it_cannot_be_asked_is_told(doubts: Doubts, context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["incoming.doubts"] = PackageDamaged(name="vda.qcow2")
    with qtbot.waitSignal(doubts.changed):
        doubts.follow(SPEC)
    assert [problem.message_id for problem in doubts.found] == ["PackageDamaged"]
    doubts.forget()
