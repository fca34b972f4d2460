import pytest
from pytestqt.qtbot import QtBot

from backend.model import Record
from console.snapins.machines.pages import users
from console.snapins.machines.pages.users import UsersPage
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.estate import BASE, NAT, POOL, SPARE, WEB, estate


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*estate())


def told(record: Record, context: LentContext) -> list[tuple[str, str]]:
    found = users.lines(record, context.lookup)
    return [(line.cells[0].text, line.cells[2].text) for line in found]


def test_who_is_on_a_switch(context: LentContext) -> None:
    assert told(NAT, context) == [
        ("clone-01", "52:54:00:00:00:09"), ("web-01", "52:54:00:00:00:01"),
    ]  # fmt: skip


def test_who_uses_a_disk(context: LentContext) -> None:
    assert told(WEB, context) == [
        ("sharer", "As its own drive"), ("web-01", "As its own drive"),
    ]  # fmt: skip
    based = "By a disk that is based on it"
    assert told(BASE, context) == [
        ("clone-01", based), ("sharer", based), ("web-01", based),
        ("spare.qcow2", "Based on it, and of no machine"),
    ]  # fmt: skip


def test_who_has_disks_in_a_location(context: LentContext) -> None:
    assert told(POOL, context) == [
        ("clone-01", "clone.qcow2"), ("sharer", "web.qcow2"), ("web-01", "web.qcow2"),
    ]  # fmt: skip


def test_nobody_is_said_in_words(context: LentContext, qtbot: QtBot) -> None:
    page = UsersPage(context)
    qtbot.addWidget(page)
    page.set_record(SPARE)
    page.wake()
    assert page.table.empty_words == "No machine of this server uses it."
    page.sleep()
