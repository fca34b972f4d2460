"""What its adapter is plugged into."""

from tests.console.snapins.machines.creation.conftest import Opener


def test_none_can_be_chosen(opened: Opener) -> None:
    page = opened().network
    assert page.network == "nat"
    page.switch.setCurrentIndex(page.switch.count() - 1)
    assert page.network == ""
    assert page.facts()[0].value == "Not connected"
    assert not page.judge()[0]


def test_user_mode_says_what_it_is(opened: Opener) -> None:
    page = opened().network
    page.switch.setCurrentIndex(page.switch.findData("user"))
    assert "nothing outside reaches" in page.hint.text()
