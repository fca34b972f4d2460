import pytest
from pytestqt.qtbot import QtBot

from backend.model import Disk, DomainState
from console.snapins.machines.pages import dependencies
from console.snapins.machines.pages.dependencies import DependenciesPage
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.estate import BASE, CLONE_01, NAT, POOL, WEB, WEB_01, equipped, estate
from tests.fakes.machines import domain


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*estate())


def test_what_a_machine_uses(context: LentContext) -> None:
    used, _others = dependencies.lines(WEB_01, context.lookup)
    told = [tuple(cell.text for cell in line.cells) for line in used.below]
    assert told == [
        ("nat", "Virtual switch", "52:54:00:00:00:01"),
        ("web.qcow2", "Virtual hard disk", "Drive vda"),
        ("debian.qcow2", "Image that it is based on", "Drive vda"),
        ("default", "Storage location", "/images"),
        ("setup.iso", "Medium in the drive", "Drive sdb, /home/ada/setup.iso"),
        ("pci 0000:41:00.0", "Device of the server", ""),
    ]
    leading = [line.key[-1] for line in used.below if isinstance(line.key, tuple)]
    assert leading[:4] == [NAT.ref, WEB.ref, BASE.ref, POOL.ref]


def test_who_else_needs_its_disks(context: LentContext) -> None:
    _used, others = dependencies.lines(WEB_01, context.lookup)
    assert [(line.cells[0].text, line.cells[2].text) for line in others.below] == [
        ("sharer", "Uses the same web.qcow2")
    ]


def test_a_template_is_needed_by_its_clones(context: LentContext) -> None:
    template = equipped("template", DomainState.OFF, (Disk("vda", "virtio", source=BASE.path),))
    _used, others = dependencies.lines(template, context.lookup)
    told = {(line.cells[0].text, line.cells[2].text) for line in others.below}
    based = "Has a disk based on debian.qcow2"
    assert told == {("clone-01", based), ("web-01", based), ("sharer", based)}


def test_a_machine_of_nothing_says_so(context: LentContext, qtbot: QtBot) -> None:
    page = DependenciesPage(context)
    qtbot.addWidget(page)
    page.set_record(domain("bare"))
    page.wake()
    assert page.table.empty_words.startswith("This machine uses nothing")
    page.sleep()


def test_two_machines_of_one_purpose_are_two_lines() -> None:
    lines = (
        dependencies.machine_line(CLONE_01, "x", "/a"),
        dependencies.machine_line(CLONE_01, "x", "/b"),
    )
    assert lines[0].key != lines[1].key
