"""An operating system chosen by hand holds, whatever is recognised."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from backend.model import Firmware
from backend.refusals import SystemsUnknown
from backend.specs import GuestSystem
from console.snapins.machines.creation.system_box import SystemBox
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import GIB, SYSTEMS, Opener
from tests.fakes.machines import HOST

ELEVEN = GuestSystem("http://x/11", "Eleven", 4 * GIB, 4 * GIB, firmware=Firmware.UEFI)
DEBIAN = GuestSystem("http://x/debian/12", "Debian 12", has_virtio_disk=True)


def fetched(context: LentContext, qtbot: QtBot) -> SystemBox:
    context.engine.answers["systems.names"] = SYSTEMS
    box = SystemBox(context, HOST)
    qtbot.addWidget(box)
    box.begin()
    qtbot.waitUntil(lambda: box.box.count() == 4)
    return box


def test_any_part_of_a_name_finds_it(context: LentContext, qtbot: QtBot) -> None:
    box = fetched(context, qtbot)
    completer = box.box.completer()
    assert completer
    completer.setCompletionPrefix("BIAN")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Debian 12"


def test_what_is_no_name_is_refused(context: LentContext, qtbot: QtBot) -> None:
    box = fetched(context, qtbot)
    box.box.setEditText("Debi")
    assert box.verdict()[0].startswith("Choose a system of the list")
    box.box.setEditText("automatic: what is RECOGNISED")
    assert not box.verdict()[0]
    assert not box.is_by_hand


def test_the_chosen_one_is_looked_up(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["systems.describe"] = DEBIAN
    box = fetched(context, qtbot)
    box.box.setEditText("debian  12")
    assert box.verdict()[0] == "Looking up what it wants..."
    qtbot.waitUntil(lambda: not box.verdict()[0])
    assert (box.is_by_hand, box.system) == (True, DEBIAN)
    box.box.setCurrentIndex(1)
    assert (box.is_by_hand, box.system) == (True, None)


def test_without_the_database_it_says_so(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["systems.names"] = SystemsUnknown()
    box = SystemBox(context, HOST)
    qtbot.addWidget(box)
    box.begin()
    qtbot.waitUntil(lambda: not box.box.isEnabled())
    assert "osinfo-db" in box.box.toolTip()
    assert not box.verdict()[0]


def test_it_holds_against_what_is_recognised(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    context.engine.answers |= {"systems.recognise": ELEVEN, "systems.describe": DEBIAN}
    wizard = opened()
    page = wizard.installation
    page.enter()
    qtbot.waitUntil(lambda: page.system_box.box.count() == 4)
    page.kinds.choose("dvd")
    page.dvd.path.setText("/isos/eleven.iso")
    qtbot.waitUntil(lambda: page.system == ELEVEN)
    page.system_box.box.setEditText("Debian 12")
    qtbot.waitUntil(lambda: page.system == DEBIAN)
    (spec,) = wizard.specs()
    assert (spec.system, spec.path) == (DEBIAN.id, Path("/isos/eleven.iso"))
    assert wizard.generation.firmware is Firmware.BIOS
    page.system_box.box.setCurrentIndex(1)
    assert wizard.specs()[0].system == ""
    page.system_box.box.setCurrentIndex(0)
    assert wizard.specs()[0].system == ELEVEN.id


def test_it_is_asked_where_nothing_is_recognised(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    context.engine.answers["systems.describe"] = DEBIAN
    wizard = opened()
    wizard.installation.enter()
    qtbot.waitUntil(lambda: wizard.installation.system_box.box.count() == 4)
    wizard.installation.kinds.choose("network")
    wizard.installation.system_box.box.setEditText("Debian 12")
    qtbot.waitUntil(lambda: wizard.installation.system == DEBIAN)
    assert wizard.specs()[0].system == DEBIAN.id
    assert ("Operating system", "Debian 12") in [
        (row.label, row.value) for row in wizard.installation.facts()
    ]


def test_one_that_could_not_be_looked_up_is_looked_up_again(
    context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["systems.describe"] = SystemsUnknown()
    box = fetched(context, qtbot)
    box.box.setEditText("Debian 12")
    qtbot.waitUntil(lambda: "Looking" not in box.verdict()[0])
    assert box.verdict()[0]
    context.engine.answers["systems.describe"] = DEBIAN
    box.box.setEditText("Debian 1")
    box.box.setEditText("Debian 12")
    assert box.verdict()[0] == "Looking up what it wants..."
    qtbot.waitUntil(lambda: not box.verdict()[0])
    assert box.system == DEBIAN
