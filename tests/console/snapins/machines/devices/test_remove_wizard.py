"""Remove Device: gone only when the guest let it go, and ways on if it did not."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.devices import Device, DeviceKind, Prospects, When
from backend.errors import Problem
from backend.jobs import JobState, Step
from backend.model import Domain
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import MAC, prospects, seen

NIC, DISK = Device(DeviceKind.NETWORK_ADAPTER, MAC), Device(DeviceKind.DISK, "vdb")
DVD = Device(DeviceKind.DVD_DRIVE, "sda")


def opened(
    context: LentContext,
    qtbot: QtBot,
    web: Domain,
    device: Device | None = None,
    found: Prospects | None = None,
) -> RemoveDeviceWizard:
    context.engine.answers["device.look"] = found or prospects()
    wizard = RemoveDeviceWizard(context, web, device)
    context.show_dialog(wizard)
    qtbot.waitUntil(lambda: not wizard.choice.is_looking)
    return wizard


def tell(context: LentContext, **fields: object) -> None:
    job = context.engine.jobs[context.last().job_id]
    context.engine.tell(replace(job, **fields))  # type: ignore[arg-type]


def test_what_it_was_opened_for_is_chosen(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    wizard = opened(context, qtbot, web, DISK)
    assert wizard.choice.device == DISK
    assert "Unmount it" in wizard.choice.warning.text()
    option = wizard.choice.devices.option
    assert option
    assert (option.title, option.sentence) == ("Disk vdb", "virtio, web-01-data.qcow2")
    wizard.choice.devices.setCurrentRow(0)
    assert wizard.choice.device == NIC
    assert wizard.choice.warning.text() == ""


def test_what_cannot_go_now_says_why(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    wizard = opened(context, qtbot, web, DVD)
    assert "“sata”" in wizard.refusal
    assert not wizard.ok_button.isEnabled()
    wizard.choice.when.next_start.setChecked(True)
    assert wizard.ok_button.isEnabled()


def test_a_machine_without_devices_says_so(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    wizard = opened(context, qtbot, web, found=replace(prospects(), removables=()))
    assert wizard.refusal == "This machine has nothing that can be removed."
    assert wizard.choice.device is None


def test_it_is_gone_when_the_guest_let_it_go(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = opened(context, qtbot, web)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert context.last().operation == "device.remove"
    assert context.last().arguments == ((NIC,), When.NOW)
    tell(context, steps=(seen("asked", 0.1), Step("removed", MAC)))
    qtbot.waitUntil(lambda: wizard.course.steps.lines[-1:] != ())
    assert wizard.course.steps.lines[-1].told == "waiting..."
    assert wizard._title.text().startswith("Removing network adapter")
    tell(context, steps=(seen("asked", 0.1), seen("removed", 0.4)), state=JobState.DONE)
    qtbot.waitUntil(lambda: "no longer has network adapter" in wizard._title.text())
    assert not wizard.again.isVisible()


def test_a_guest_that_keeps_it_can_be_asked_again_or_overruled_at_the_next_start(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = opened(context, qtbot, web)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    kept = Problem("GuestKeepsDevice", (("device", MAC), ("seconds", 20)))
    tell(context, state=JobState.FAILED, problem=kept)
    qtbot.waitUntil(wizard.again.isVisible)
    assert wizard._title.text().startswith("web-01 still has network adapter")
    wizard.again.click()
    assert not wizard.again.isVisible()
    assert context.last().arguments == ((NIC,), When.NOW)
    tell(context, state=JobState.FAILED, problem=kept)
    qtbot.waitUntil(wizard.at_next_start.isVisible)
    wizard.at_next_start.click()
    assert context.last().arguments == ((NIC,), When.NEXT_START)
    tell(context, state=JobState.DONE)
    qtbot.waitUntil(lambda: wizard._title.text().endswith("is gone from the next start on"))


def test_any_other_failure_offers_no_such_way(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = opened(context, qtbot, web)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    tell(context, state=JobState.FAILED, problem=Problem("MachineStopped", (("name", "web-01"),)))
    qtbot.waitUntil(lambda: "stopped" in wizard._sentence.text())
    assert not wizard.again.isVisible()
