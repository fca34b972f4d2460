"""Before You Begin is shown until somebody has read it."""

from console.sdk.forms import ToneLabel
from tests.console.snapins.machines.creation.conftest import Opener


def test_it_names_the_host_and_can_be_put_away(opened: Opener) -> None:
    page = opened().before
    assert any("this-computer" in label.text() for label in page.findChildren(ToneLabel))
    page.is_skipped.setChecked(True)
    assert page.applies(), "the page does not vanish under the hand"
    assert not opened().before.applies()
