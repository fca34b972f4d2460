"""Its first disk."""

from backend.specs import GuestSystem
from tests.console.snapins.machines.creation.conftest import Opener


def test_a_new_one_says_when_it_can_outgrow_its_place(opened: Opener) -> None:
    page = opened().disk
    assert page.hint.text() == "It is made empty, and grows as it is filled."
    page.size_box.setValue(100)
    assert "50 GiB" in page.hint.text()
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


def test_only_what_is_chosen_is_in_the_way_of_tab(opened: Opener) -> None:
    wizard = opened()
    wizard._show_page(wizard.disk)
    assert wizard.disk.size_box.isVisible()
    wizard.disk.kinds.choose("existing")
    assert not wizard.disk.size_box.isVisible()
    assert wizard.disk.existing.path.isVisible()
