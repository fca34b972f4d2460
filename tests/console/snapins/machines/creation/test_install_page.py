"""What its system comes from."""

from pytestqt.qtbot import QtBot

from backend.errors import ImageMissing
from backend.specs import GuestSystem, SourceKind
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import Opener


def test_the_sample_guest_is_offered_on_this_computer(opened: Opener) -> None:
    wizard = opened()
    wizard.installation.kinds.choose("sample")
    assert wizard.specs()[0].source is SourceKind.SAMPLE_GUEST
    assert not wizard.refusal


def test_a_file_that_will_not_do_says_why(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    context.engine.answers["machine.check_image"] = ImageMissing(path="/none.iso")
    wizard.installation.kinds.choose("dvd")
    wizard.installation.dvd.path.setText("/none.iso")
    qtbot.waitUntil(lambda: "Looking" not in wizard.installation.judge()[0])
    reason, remark = wizard.installation.judge()
    assert "/none.iso" in reason
    assert remark is wizard.installation.dvd.remark


def test_who_turns_from_the_dvd_is_proposed_nothing_more(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    context.engine.answers["systems.recognise"] = GuestSystem("x", "X")
    wizard = opened()
    wizard.installation.kinds.choose("dvd")
    wizard.installation.dvd.path.setText("/x.iso")
    qtbot.waitUntil(lambda: wizard.ground.system is not None)
    wizard.installation.kinds.choose("later")
    assert wizard.ground.system is None
