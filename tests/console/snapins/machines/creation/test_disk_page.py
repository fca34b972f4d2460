"""Its first disk."""

from pytestqt.qtbot import QtBot

from backend.specs import GuestSystem
from tests.console.snapins.machines.creation.conftest import Opener


def test_a_new_one_says_when_it_can_outgrow_its_place(opened: Opener) -> None:
    page = opened().disk
    assert page.size_remark.text() == "It is made empty, and grows as it is filled."
    page.size_box.setValue(100)
    assert "50 GiB" in page.size_remark.text()
    assert not page.judge()[0]


def test_a_system_needs_its_room(opened: Opener) -> None:
    wizard = opened()
    wizard.disk.size_box.setValue(1)
    wizard.ground.take(GuestSystem("x", "X", least_disk_bytes=2**32))
    assert wizard.disk.judge() == ("X needs 4 GiB or more.", wizard.disk.size_remark)


def test_none_at_all(opened: Opener) -> None:
    wizard = opened()
    wizard.disk.kinds.choose("later")
    assert wizard.specs()[0].disk_bytes == 0
    assert wizard.disk.facts()[0].value == "None"


def test_many_machines_do_not_share_a_disk_that_is_used_where_it_lies(
    opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    page = wizard.disk
    wizard._show_page(page)
    wizard.name.count.setValue(2)
    page.kinds.choose("existing")
    page.existing.path.setText("/images/old.qcow2")
    page.placing.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "Looking" not in page.judge()[0])
    assert page.judge()[1] is page.placing_remark
    assert "destroy it" in wizard.refusal
    assert "destroy it" in page.placing_remark.text()
    wizard.name.count.setValue(1)
    assert not wizard.refusal
    wizard.name.count.setValue(2)
    page.placing.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not wizard.refusal)
    assert not page.placing_remark.text()


def test_only_what_is_chosen_is_in_the_way_of_tab(opened: Opener) -> None:
    wizard = opened()
    wizard._show_page(wizard.disk)
    assert wizard.disk.size_box.isVisible()
    wizard.disk.kinds.choose("existing")
    assert not wizard.disk.size_box.isVisible()
    assert wizard.disk.existing.path.isVisible()
