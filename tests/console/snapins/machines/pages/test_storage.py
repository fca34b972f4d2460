from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from console.snapins.machines.pages import storage
from console.snapins.machines.pages.storage import StoragePage
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.estate import BASE, WEB, WEB_01, estate
from tests.fakes.machines import domain


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*estate())


def texts(context: LentContext) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in storage.lines(WEB_01, context.lookup)]


def test_each_drive_is_a_line(context: LentContext) -> None:
    assert texts(context) == [
        ["vda (virtio)", "web.qcow2", "qcow2", "8 GiB", "1 GiB", "default"],
        ["sda (sata)", "Empty", "", "", "", ""],
        ["sdb (sata)", "setup.iso", "raw", "", "", "in no storage location"],
    ]


def test_below_stands_what_it_is_based_on(context: LentContext) -> None:
    first, *_ = storage.lines(WEB_01, context.lookup)
    (base,) = first.below
    assert [cell.text for cell in base.cells][:2] == ["based on", "debian.qcow2"]
    assert first.key == ("vda", WEB.ref)
    assert base.key == ("vda", BASE.path, BASE.ref)


def test_a_base_in_no_pool_is_named_by_its_path(context: LentContext) -> None:
    context.engine.drop(BASE.ref)
    context.engine.put(replace(WEB, backing="/elsewhere/base.raw"))
    line = storage._base("vda", "/elsewhere/base.raw", {}, context.lookup)
    assert line.key == ("vda", "/elsewhere/base.raw")
    assert line.cells[1].tooltip == "/elsewhere/base.raw"


def test_a_machine_without_drives_says_so(context: LentContext, qtbot: QtBot) -> None:
    page = StoragePage(context)
    qtbot.addWidget(page)
    page.set_record(domain("bare"))
    page.wake()
    assert page.table.empty_words == "This machine has no drive."
    page.set_record(WEB_01)
    assert len(page.table.lines_model.lines) == 3
    page.sleep()
