"""New Virtual Machine: each page has a proposal, Finish is there from any of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import DiskFull
from backend.model import Firmware, Kind, Record, Ref
from backend.refusals import SystemsUnknown, UefiMissing
from backend.specs import (
    CloudSeed,
    GuestSystem,
    KernelSpec,
    MachineSpec,
    Placing,
    SourceKind,
    StaticAddress,
    Then,
)
from console.bridge.promises import Promise
from console.sdk.tall_sheet import TallSheet
from console.snapins.machines.creation.wizard import NewMachineWizard
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import GIB, MEANS, Opener
from tests.fakes.machines import domain
from tests.fakes.turning import turn

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIyJmF1n you@computer"


def settled(wizard: NewMachineWizard, qtbot: QtBot) -> None:
    """Return once nothing is looked at any more."""
    qtbot.waitUntil(lambda: "Looking" not in wizard.refusal)


def test_finish_takes_the_proposals_from_the_first_page(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    assert wizard.page is wizard.before
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert context.last().operation == "machine.create_all"
    specs, then = context.last().arguments
    assert then is Then.STAY_OFF
    assert specs == (
        MachineSpec(
            "New Virtual Machine", SourceKind.NOTHING, memory_bytes=2 * GIB, vcpus=2,
            disk_bytes=20 * GIB, network="nat", pool="default",
        ),
    )  # fmt: skip


def test_it_stays_until_the_machine_is_there(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert wizard.is_busy
    job = context.last().job_id
    problem = DiskFull(path="/images", needed_bytes=2 * GIB, free_bytes=1).problem
    context.engine.fail(job, problem)
    qtbot.waitUntil(lambda: not wizard.is_busy)
    assert wizard.isVisible()
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: context.last().job_id != job)
    made = Ref("here", Kind.DOMAIN, "new")
    context.engine.finish(context.last().job_id, (made,))
    qtbot.waitUntil(lambda: bool(context.places))
    qtbot.waitUntil(lambda: not isValid(wizard) or not wizard.isVisible())
    assert context.places[-1][1] == made


def test_who_wrote_xml_is_not_asked_once_it_was_handed_in(
    context: LentContext, opened: Opener, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    wizard = opened()
    found = [wizard.is_typed_in]
    monkeypatch.setattr(type(wizard.edit), "is_there", True)
    found.append(wizard.is_typed_in)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert [*found, wizard.is_typed_in] == [False, True, False]
    wizard.reject()
    assert context.questions == []


def test_what_went_wrong_stays_to_be_read_while_the_server_changes(
    context: LentContext, opened: Opener, qtbot: QtBot, until: Callable[[Record], None]
) -> None:
    wizard = opened()
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    context.engine.fail(
        context.last().job_id, DiskFull(path="/i", needed_bytes=9, free_bytes=1).problem
    )
    qtbot.waitUntil(lambda: not wizard.is_busy)
    told = wizard._reason.text()
    assert "/i" in told
    until(replace(domain("web-01"), notes="another"))
    assert wizard._reason.text() == told
    until(domain("New Virtual Machine"))
    assert wizard._reason.text() != told


def test_the_last_page_says_why_finish_is_off(opened: Opener) -> None:
    wizard = opened()
    wizard._show_page(wizard.summary)
    assert wizard._reason.text() == ""
    wizard.memory.startup.setValue(32)
    assert wizard._reason.text() == "Memory: Give it 64 MiB of memory or more."
    assert wizard.ok_button.toolTip() == wizard._reason.text()


def test_many_have_names_by_a_pattern(opened: Opener) -> None:
    wizard = opened()
    wizard.name.count.setValue(3)
    wizard.name.name.setText("web-##")
    assert [spec.name for spec in wizard.specs()] == ["web-01", "web-02", "web-03"]
    assert wizard.refusal.startswith("web-01: ")
    wizard.name.name.setText("db")
    assert [spec.name for spec in wizard.specs()] == ["db-1", "db-2", "db-3"]
    assert not wizard.refusal


def test_the_reason_stands_beside_the_field(opened: Opener) -> None:
    wizard = opened()
    wizard.name.name.setText("")
    assert wizard.name.judge() == ("Type a name for the machine.", wizard.name.name_remark)
    wizard.name.name.setText("fine")
    wizard.memory.startup.setValue(17 * 1024)
    assert wizard.memory.judge()[1] is wizard.memory.startup_remark
    assert "16 GiB" in wizard.refusal
    wizard.memory.startup.setValue(9 * 1024)
    assert not wizard.refusal
    assert "8 GiB" in wizard.memory.startup_remark.text()
    wizard.memory.processors.setValue(300)
    assert "288" in wizard.refusal


def test_without_firmware_the_second_generation_says_why(opened: Opener) -> None:
    wizard = opened(replace(MEANS, uefi=UefiMissing(host="Here").problem))
    wizard.generation.second.click()
    assert wizard.refusal.startswith("Here has no UEFI firmware")
    wizard.generation.first.click()
    assert not wizard.refusal


def test_secure_boot_is_asked_for_with_the_second_generation_alone(opened: Opener) -> None:
    wizard = opened()
    assert not wizard.generation.is_secure.isEnabled()
    wizard.generation.second.click()
    wizard.generation.is_secure.setChecked(True)
    (spec,) = wizard.specs()
    assert (spec.firmware, spec.has_secure_boot) == (Firmware.UEFI, True)
    wizard.generation.first.click()
    (spec,) = wizard.specs()
    assert (spec.firmware, spec.has_secure_boot) == (Firmware.BIOS, False)


def test_dynamic_memory_has_a_maximum(opened: Opener) -> None:
    wizard = opened()
    wizard.memory.is_dynamic.setChecked(True)
    (spec,) = wizard.specs()
    assert (spec.memory_minimum_bytes, spec.memory_maximum_bytes) == (GIB // 2, 4 * GIB)
    wizard.memory.most.setValue(1024)
    assert wizard.refusal == "The maximum is no less than what it starts with."
    wizard.memory.most.setValue(3072)
    wizard.memory.least.setValue(2049)
    assert wizard.refusal == "The minimum is no more than what it starts with."
    wizard.memory.least.setValue(1024)
    (spec,) = wizard.specs()
    assert (spec.memory_minimum_bytes, spec.memory_maximum_bytes) == (GIB, 3 * GIB)
    wizard.memory.is_dynamic.setChecked(False)
    (spec,) = wizard.specs()
    assert (spec.memory_minimum_bytes, spec.memory_maximum_bytes) == (None, None)


def test_a_dvd_is_recognised_and_sets_what_was_left_open(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    system = GuestSystem(
        "http://x/11", "Eleven", 4 * GIB, 4 * GIB, 64 * GIB, 64 * GIB, 2, Firmware.UEFI
    )
    context.engine.answers["systems.recognise"] = system
    wizard = opened()
    wizard.installation.kinds.choose("dvd")
    assert wizard.refusal == "Choose the image of an installation DVD."
    wizard.installation.dvd.path.setText("/isos/eleven.iso")
    settled(wizard, qtbot)
    assert wizard.ok_button.isEnabled()
    (spec,) = wizard.specs()
    assert (spec.source, spec.path) == (SourceKind.DVD_IMAGE, Path("/isos/eleven.iso"))
    assert (spec.memory_bytes, spec.disk_bytes) == (4 * GIB, 64 * GIB)
    assert (spec.firmware, spec.system) == (Firmware.UEFI, "http://x/11")
    wizard.generation.first.click()
    assert wizard.refusal == "Eleven does not start with BIOS. Choose generation 2."
    wizard.generation.second.click()
    wizard.memory.startup.setValue(2048)
    assert "does not install with less than 4 GiB" in wizard.refusal


def test_without_the_database_the_words_say_so(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened()
    wizard.installation.kinds.choose("dvd")
    wizard.installation.dvd.path.setText("/isos/any.iso")
    qtbot.waitUntil(lambda: any(q.operation == "systems.recognise" for q in context.engine.queries))
    context.engine.waiting.settle("systems.recognise", SystemsUnknown())
    settled(wizard, qtbot)
    assert not wizard.refusal
    assert "osinfo-db" in wizard.installation.dvd.remark.text()
    assert wizard.specs()[0].system == ""


def test_an_installer_s_kernel_has_to_be_started(opened: Opener, qtbot: QtBot) -> None:
    wizard = opened()
    wizard.installation.kinds.choose("kernel")
    assert wizard.refusal == "Choose a kernel."
    wizard.installation.kernel.path.setText("/boot/linux")
    wizard.installation.ram_disk.path.setText("/boot/initrd.gz")
    wizard.installation.command_line.setText(" console=ttyS0  quiet ")
    settled(wizard, qtbot)
    (spec,) = wizard.specs()
    kernel = KernelSpec(Path("/boot/linux"), Path("/boot/initrd.gz"), "console=ttyS0 quiet",
                        is_for_installation=True)  # fmt: skip
    assert (spec.source, spec.kernel) == (SourceKind.KERNEL, kernel)
    assert wizard.then is Then.START
    assert not wizard.is_started.isEnabled()
    wizard.installation.is_for_installation.setChecked(False)
    assert wizard.is_started.isEnabled()


def test_a_network_server_needs_a_switch(opened: Opener) -> None:
    wizard = opened()
    wizard.installation.kinds.choose("network")
    assert not wizard.refusal
    wizard.network.switch.setCurrentIndex(wizard.network.switch.findData("user"))
    assert "virtual switch" in wizard.refusal
    assert wizard.specs()[0].source is SourceKind.NETWORK


def test_an_existing_disk_beside_a_dvd(context: LentContext, opened: Opener, qtbot: QtBot) -> None:
    context.engine.answers["systems.recognise"] = None
    wizard = opened()
    wizard.disk.kinds.choose("existing")
    assert wizard.refusal == "Choose the image of a disk."
    wizard.disk.existing.path.setText("/images/old.qcow2")
    wizard.disk.placing.setCurrentIndex(1)
    settled(wizard, qtbot)
    (spec,) = wizard.specs()
    assert (spec.source, spec.path) == (SourceKind.DISK_IMAGE, Path("/images/old.qcow2"))
    assert spec.placing is Placing.IN_PLACE
    wizard.installation.kinds.choose("dvd")
    wizard.installation.dvd.path.setText("/isos/any.iso")
    settled(wizard, qtbot)
    (spec,) = wizard.specs()
    assert (spec.source, spec.path) == (SourceKind.DVD_IMAGE, Path("/isos/any.iso"))
    assert (spec.more_disks, spec.disk_bytes) == ((Path("/images/old.qcow2"),), 0)


def test_a_cloud_image_is_prepared(opened: Opener, qtbot: QtBot) -> None:
    wizard = opened()
    wizard.disk.kinds.choose("cloud")
    assert wizard.installation not in wizard.way()
    wizard.disk.cloud.path.setText("/images/cloud.qcow2")
    settled(wizard, qtbot)
    assert wizard.refusal.startswith("Paste a public SSH key")
    wizard.cloud.keys.setPlainText(f"# mine\n{KEY}\n")
    assert not wizard.refusal
    wizard.cloud.packages.setText("vim, nginx")
    wizard.cloud.way.setCurrentIndex(1)
    wizard.cloud.address.setText("192.0.2.10")
    assert "192.0.2.10/24" in wizard.refusal
    wizard.cloud.address.setText("192.0.2.10/24")
    wizard.cloud.gateway.setText("198.51.100.1")
    assert "not in the network 192.0.2.0/24" in wizard.refusal
    wizard.cloud.gateway.setText("192.0.2.1")
    (spec,) = wizard.specs()
    assert spec.source is SourceKind.CLOUD_IMAGE
    assert spec.seed == CloudSeed(
        "admin", (KEY,), ("vim", "nginx", "qemu-guest-agent"),
        StaticAddress("192.0.2.10/24", "192.0.2.1"),
    )  # fmt: skip


def test_a_private_key_is_not_taken(opened: Opener, qtbot: QtBot) -> None:
    wizard = opened()
    wizard.disk.kinds.choose("cloud")
    wizard.disk.cloud.path.setText("/images/cloud.qcow2")
    settled(wizard, qtbot)
    wizard.cloud.keys.setPlainText("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA")
    assert wizard.refusal == "This is a private key. Paste the public one (.pub)."


def test_the_first_page_is_not_shown_again(context: LentContext, opened: Opener) -> None:
    opened().before.is_skipped.setChecked(True)
    wizard = opened()
    assert wizard.page is wizard.name
    assert wizard.before not in wizard.way()


def test_the_summary_can_be_copied(opened: Opener) -> None:
    wizard = opened()
    while wizard.next_button.isEnabled():
        wizard.next_button.click()
    assert wizard.page is wizard.summary
    copy = next(b for b in wizard.summary.findChildren(QPushButton) if b.text() == "Copy")
    copy.click()
    told = QGuiApplication.clipboard().text()
    assert "Name: New Virtual Machine" in told
    assert "Memory: 2 GiB" in told


def test_why_it_has_to_start_can_be_read(opened: Opener) -> None:
    wizard = opened()
    assert wizard.start_reason.isHidden()
    wizard.installation.kinds.choose("kernel")
    assert not wizard.start_reason.isHidden()
    assert "installer's kernel" in wizard.start_reason.text()
    assert wizard.is_started.accessibleDescription() == wizard.start_reason.text()
    wizard.installation.kinds.choose("later")
    assert wizard.start_reason.isHidden()


def test_a_long_summary_is_scrolled_by_keys(opened: Opener, qtbot: QtBot) -> None:
    wizard = opened()
    wizard.installation.kinds.choose("kernel")
    wizard.installation.command_line.setText("console=ttyS0 " * 80)
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    wizard._show_page(wizard.summary)
    turn()
    wizard._show_page(wizard.summary)
    area = wizard.summary.findChild(TallSheet)
    assert area is not None
    assert wizard.focusWidget() is area
    QTest.keyClick(area, Qt.Key.Key_Down)
    assert area.verticalScrollBar().value() > 0
    assert not wizard.xml_button.visibleRegion().isEmpty(), "what is pressed stays in sight"


def test_escape_asks_until_it_was_handed_in(
    context: LentContext, opened: Opener, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Finish may ask something first; what was typed is nobody else's until then."""
    wizard = opened()
    wizard.name.name.setFocus()
    wizard.name.name.selectAll()
    QTest.keyClicks(wizard.name.name, "web-9")
    asked: Promise[None] = Promise()

    async def settle(_order: object) -> None:
        await asked

    monkeypatch.setattr(wizard.edit, "settle", settle)
    wizard.ok_button.click()
    turn()
    assert wizard.is_busy
    assert wizard.is_typed_in
    context.answers = [1]
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    turn()
    assert len(context.questions) == 1
    assert wizard.isVisible()
    asked.settle(None)
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert not wizard.is_typed_in
