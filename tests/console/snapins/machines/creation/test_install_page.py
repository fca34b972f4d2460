"""What its system comes from."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import ImageMissing
from backend.model import Firmware
from backend.specs import GuestSystem, MachineSpec, SourceKind
from console.snapins.machines.creation.wizard import NewMachineWizard
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import GIB, Opener

LARGE = GuestSystem("x", "X", 8 * GIB, 8 * GIB, 64 * GIB, 64 * GIB, 4, Firmware.UEFI)


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


def proposed(wizard: NewMachineWizard) -> tuple[object, ...]:
    """Return what the pages propose that a system can have wishes for."""
    return (
        wizard.memory.startup.value(),
        wizard.memory.processors.value(),
        wizard.disk.size_box.value(),
        wizard.generation.firmware,
    )


def with_dvd(context: LentContext, wizard: NewMachineWizard, qtbot: QtBot) -> None:
    """Return once the image of a large system is recognised."""
    context.engine.answers["systems.recognise"] = LARGE
    wizard.installation.kinds.choose("dvd")
    wizard.installation.dvd.path.setText("/large.iso")
    qtbot.waitUntil(lambda: wizard.ground.system is LARGE)


@pytest.mark.parametrize("turn", ["later", "network", "cleared", "cloud"])
def test_what_a_system_wants_goes_with_its_source(
    context: LentContext, opened: Opener, qtbot: QtBot, turn: str
) -> None:
    wizard = opened()
    before = proposed(wizard)
    with_dvd(context, wizard, qtbot)
    assert proposed(wizard) == (8 * 1024, 4, 64, Firmware.UEFI)
    if turn == "cleared":
        wizard.installation.dvd.path.setText("")
    elif turn == "cloud":
        wizard.disk.kinds.choose("cloud")
    else:
        wizard.installation.kinds.choose(turn)
    assert wizard.ground.system is None
    assert proposed(wizard) == before


def test_who_comes_back_from_the_cloud_has_the_dvd_s_system_again(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    with_dvd(context, wizard, qtbot)
    wizard.disk.kinds.choose("cloud")
    wizard.disk.kinds.choose("new")
    assert proposed(wizard) == (8 * 1024, 4, 64, Firmware.UEFI)


def test_another_dvd_is_not_held_to_the_needs_of_the_first(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    before = proposed(wizard)
    with_dvd(context, wizard, qtbot)
    small = GuestSystem("y", "Y")
    context.engine.answers["systems.recognise"] = small
    wizard.installation.dvd.path.setText("/small.iso")
    assert wizard.installation.system is None
    qtbot.waitUntil(lambda: wizard.ground.system is small)
    assert proposed(wizard) == before
    assert wizard.installation.fill(MachineSpec("", SourceKind.NOTHING)).system == "y"


def test_a_look_in_flight_says_nothing_of_another_source(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    def is_asked() -> bool:
        return any(q.operation == "systems.recognise" for q in context.engine.queries)

    wizard = opened()
    wizard.installation.kinds.choose("dvd")
    wizard.installation.dvd.path.setText("/x.iso")
    qtbot.waitUntil(is_asked)
    wizard.installation.kinds.choose("network")
    assert wizard.installation.dvd._end is None
    context.engine.waiting.settle("systems.recognise", LARGE)
    qtbot.wait(50)
    assert wizard.ground.system is None
    context.engine.answers["systems.recognise"] = LARGE
    wizard.installation.kinds.choose("dvd")
    qtbot.waitUntil(lambda: wizard.ground.system is LARGE)
    assert wizard.installation.dvd.file == Path("/x.iso")
