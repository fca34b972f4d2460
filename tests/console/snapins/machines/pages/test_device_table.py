"""Below a table of devices: what adds one, what removes the chosen one, and the room for more."""

from pytestqt.qtbot import QtBot

from backend.devices import Device, DeviceKind
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.pages.networking import NetworkingPage
from console.snapins.machines.pages.storage import StoragePage
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import prospects, running
from tests.fakes.machines import domain


def test_the_room_is_told_and_both_wizards_are_a_click_away(
    context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["device.look"] = prospects()
    web = running()
    context.engine.put(web)
    page = NetworkingPage(context)
    qtbot.addWidget(page)
    page.set_record(web)
    page.wake()
    assert page.slots_label.text() == "6 of 8 hot-plug slots free"
    page.add.click()
    page.table.setCurrentIndex(page.table.lines_model.index(0, 0))
    page.remove.click()
    add, remove = context.dialogs
    assert isinstance(add, AddDeviceWizard)
    assert add.kind.what is kinds.ADAPTER
    assert isinstance(remove, RemoveDeviceWizard)
    assert web.live
    nic = Device(DeviceKind.NETWORK_ADAPTER, web.live.nics[0].mac)
    assert remove.choice._wanted == f"{nic.kind.value}:{nic.key}"
    page.sleep()


def test_storage_proposes_a_disk_and_a_saved_machine_says_why_not(
    context: LentContext, qtbot: QtBot
) -> None:
    page = StoragePage(context)
    qtbot.addWidget(page)
    page.set_record(running())
    page.wake()
    page.add.click()
    (wizard,) = context.dialogs
    assert isinstance(wizard, AddDeviceWizard)
    assert wizard.kind.what is kinds.NEW_DISK
    page.set_record(domain("saved", has_saved_state=True))
    assert not page.add.isEnabled()
    assert "saved state" in page.add.toolTip()
    page.sleep()
