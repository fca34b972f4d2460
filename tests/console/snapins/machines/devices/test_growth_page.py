"""More memory and processors: what there is room for, and why not where there is none."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.devices import DIMM, STARTUP, VIRTIO_MEM, CpuSpec, Growth, MemorySpec, When
from backend.model import Domain
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import prospects
from tests.console.snapins.machines.devices.test_add_wizard import opened
from tests.fakes.machines import GIB

MIB = 2**20


def asked(
    context: LentContext, qtbot: QtBot, web: Domain, what: str, *, is_running: bool = True
) -> AddDeviceWizard:
    wizard = opened(context, qtbot, web, found=prospects(is_running=is_running))
    wizard.kind.kinds.choose(what)
    return wizard


def test_memory_that_fits_is_proposed_and_handed_in(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = asked(context, qtbot, web, kinds.MEMORY.key)
    page = wizard.memory
    assert page.specs() == (MemorySpec(512 * MIB, VIRTIO_MEM),)
    assert "Up to 6 GiB more" in page.advice.text()
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert context.last().arguments == ((MemorySpec(512 * MIB, VIRTIO_MEM),), When.NOW)
    assert wizard.course.title == "Giving web-01 more memory"


def test_too_much_and_uneven_memory_is_refused_beside_its_field(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    page = asked(context, qtbot, web, kinds.MEMORY.key).memory
    page.size_box.setValue(7 * 1024)
    assert page.verdict() == (
        "No more than 6 GiB can be added in this way now.", page.size_remark,
    )  # fmt: skip
    page.size_box.setValue(100)
    assert page.verdict()[0] == "In this way it comes in pieces of 128 MiB."
    page.way.setCurrentIndex(page.way.findData("balloon"))
    assert page.verdict()[1] is page.way.remark


def test_less_is_proposed_where_there_is_less_room(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    found = replace(prospects(), growth=Growth(2 * GIB, 300 * MIB, 0, 1, 4))
    wizard = opened(context, qtbot, web, found=found)
    wizard.kind.kinds.choose(kinds.MEMORY.key)
    assert wizard.memory.specs()[0].size_bytes == 256 * MIB


def test_at_the_next_start_it_simply_starts_with_more(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = asked(context, qtbot, web, kinds.MEMORY.key)
    assert wizard.memory.way.name == VIRTIO_MEM
    wizard.kind.when.next_start.setChecked(True)
    assert wizard.memory.way.name == STARTUP
    wizard.memory.size_box.setValue(100)
    assert wizard.memory.verdict()[0] == ""
    wizard.kind.when.now.setChecked(True)
    assert wizard.memory.way.name in (VIRTIO_MEM, DIMM)


def test_where_no_more_processors_go_it_says_what_to_do(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    offered = prospects()
    assert offered.growth
    full = replace(offered.growth, vcpus=4, vcpus_maximum=4)
    wizard = opened(context, qtbot, web, found=replace(offered, growth=full))
    wizard.kind.kinds.choose(kinds.PROCESSORS.key)
    words, remark = wizard.processors.verdict()
    assert words.startswith("It has as many as it can have while it runs.")
    assert remark is wizard.processors.count_remark


def test_processors_up_to_the_maximum_while_it_runs(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = asked(context, qtbot, web, kinds.PROCESSORS.key)
    page = wizard.processors
    page.count.setValue(4)
    assert page.verdict() == ("No more than 3 can be added while it runs.", page.count_remark)
    page.count.setValue(2)
    assert "can have 4" in page.advice.text()
    assert page.facts()[0].value == "2"
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert context.last().arguments == ((CpuSpec(2),), When.NOW)
