"""What can be done to virtual hard disks: those in use stay, and nobody is surprised."""

from dataclasses import replace

import pytest

from backend.model import Disk, StorageVolume
from console.sdk.actions import Selection
from console.snapins.storage.actions import actions
from tests.console.snapins.lent import LentContext
from tests.console.snapins.storage.test_columns import POOL, VOLUME
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.turning import turn

FREE = replace(VOLUME, ref=replace(VOLUME.ref, key="/srv/b"), name="b.qcow2", path="/srv/b")


@pytest.fixture
def engine() -> FakeEngine:
    web = domain("web")
    assert web.next_start
    disk = Disk("vda", "virtio", source=VOLUME.path)
    return FakeEngine(
        POOL, VOLUME, FREE, replace(web, next_start=replace(web.next_start, disks=(disk,)))
    )


def delete(context: LentContext, *volumes: StorageVolume) -> None:
    (row,) = actions()
    work = row.run(context, Selection(None, volumes))
    assert work is not None
    context.run(work)
    turn()


@pytest.mark.parametrize("choice", [0, 1])
def test_one_that_nothing_uses_goes_once_that_is_confirmed(
    context: LentContext, engine: FakeEngine, choice: int
) -> None:
    context.answers = [choice]
    delete(context, FREE)
    (question,) = context.questions
    assert question.title == "Delete b.qcow2?"
    assert question.is_danger
    submitted = [(one.operation, one.ref) for one in engine.submissions]
    assert submitted == ([("storage.delete_volume", FREE.ref)] if choice == 0 else [])


def test_one_in_use_stays_and_who_uses_it_is_said(context: LentContext, engine: FakeEngine) -> None:
    context.answers = [0, 0]
    delete(context, VOLUME, FREE)
    refusal, question = context.questions
    assert refusal.detail == ("a.qcow2 is used by web",)
    assert question.title == "Delete b.qcow2?"
    assert [one.ref for one in engine.submissions] == [FREE.ref]
