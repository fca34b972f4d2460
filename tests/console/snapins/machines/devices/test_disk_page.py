"""A new disk: where there is room for it, under a name that nobody has."""

import pytest
from pytestqt.qtbot import QtBot

from backend.devices import NewDiskSpec
from backend.model import Domain
from console.snapins.machines.devices.disk_page import NewDiskPage
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.conftest import Ask
from tests.console.snapins.machines.devices.offers import prospects, running
from tests.fakes.machines import GIB


@pytest.fixture
def page(context: LentContext, ask: Ask, qtbot: QtBot) -> NewDiskPage:
    kind = ask()
    kind.kinds.choose("new_disk")
    page = NewDiskPage(context, kind)
    qtbot.addWidget(page)
    page.enter()
    return page


def test_the_proposals_will_do(page: NewDiskPage) -> None:
    assert page.applies()
    assert page.judge()[0] == ""
    assert page.spec() == NewDiskSpec("default", 20 * GIB, "", "virtio", "qcow2")
    assert page.pool.currentText() == "default, 84 GiB free"
    assert "20 GiB" in [row.value for row in page.facts()]


@pytest.mark.parametrize(
    ("name", "words"), [("data.qcow2", "There is a disk of this name"), ("a/b", "without a folder")]
)
def test_a_name_that_will_not_do(page: NewDiskPage, name: str, words: str) -> None:
    page.name.setText(name)
    reason, remark = page.judge()
    assert words in reason
    assert remark is page.name_remark
    page.name.setText("other")
    assert page.judge()[0] == ""


def test_what_grows_may_be_larger_than_the_room_and_says_so(page: NewDiskPage) -> None:
    page.size_box.setValue(200)
    assert page.judge()[0] == ""
    assert page.hint.text() == "It can grow larger than the 84 GiB that are free there."
    page.format.setCurrentIndex(page.format.findData("raw"))
    assert page.hint.text() == ""
    assert page.judge() == (
        "Only 84 GiB are free there. Make it smaller, or have it grow.",
        page.size_remark,
    )
    page.size_box.setValue(84)
    assert page.judge()[0] == ""


def test_several_disks_need_room_together(
    context: LentContext, ask: Ask, web: Domain, qtbot: QtBot
) -> None:
    page = NewDiskPage(context, ask(web, running("web-02"), found=prospects(pool_gib=30)))
    qtbot.addWidget(page)
    page.enter()
    assert not page.name.isEnabled()
    page.format.setCurrentIndex(page.format.findData("raw"))
    assert "30 GiB are free" in page.judge()[0]
    assert page.spec().name == ""


def test_several_at_once_are_called_after_the_machine_and_need_room_for_all(
    page: NewDiskPage,
) -> None:
    page.count.setValue(3)
    assert not page.name.isEnabled()
    assert page.specs() == (NewDiskSpec("default", 20 * GIB, "", "virtio", "qcow2"),) * 3
    assert "3" in [row.value for row in page.facts()]
    page.size_box.setValue(30)
    page.format.setCurrentIndex(page.format.findData("raw"))
    assert "Only 84 GiB are free" in page.judge()[0]
