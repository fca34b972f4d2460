"""The usual changes of one device are one change of Settings each."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.fields import Field
from backend.model import DomainState, Kind, Network, Nic, Ref, StorageVolume
from backend.operations.settings.acting import Tray
from backend.settings import NOW, Edit, Setting
from backend.shortages import TrayLocked
from console.snapins.machines.dialogs.quick_change import DiscDialog, GrowDialog, SwitchDialog
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.dialogs.furnished import MAC, furnished
from tests.fakes.turning import turn

GIB = 2**30
WEB = furnished("web", DomainState.RUNNING)


@pytest.fixture
def lent(context: LentContext) -> LentContext:
    for name in ("default", "DMZ"):
        ref = Ref("here", Kind.NETWORK, name)
        context.engine.put(Network(ref, name, "nat", is_active=True))
    return context


def test_an_adapter_is_moved_and_its_cable_pulled(lent: LentContext, qtbot: QtBot) -> None:
    dialog = SwitchDialog(lent, WEB)
    lent.show_dialog(dialog)
    assert dialog.edits() == ()
    dialog.switch.setCurrentIndex(dialog.switch.findData("DMZ"))
    dialog.is_plugged_in.setChecked(False)
    dialog.ok_button.click()
    assert lent.last().operation == "sheet.apply"
    mac = MAC.lower()
    assert lent.last().arguments == (
        NOW,
        (
            Edit(Setting(Field.ADAPTER_SWITCH, mac), "DMZ"),
            Edit(Setting(Field.ADAPTER_LINK, mac), value=False),
        ),
    )


def test_what_stays_as_it_is_is_not_handed_in(lent: LentContext, qtbot: QtBot) -> None:
    dialog = SwitchDialog(lent, WEB)
    lent.show_dialog(dialog)
    dialog.ok_button.click()
    assert lent.submitted() == []


def test_an_adapter_that_cannot_move_now_says_so(lent: LentContext, qtbot: QtBot) -> None:
    assert WEB.live
    odd = replace(WEB, live=replace(WEB.live, nics=(Nic(MAC, "user"), Nic("2", "bridge", "br0"))))
    dialog = SwitchDialog(lent, odd)
    lent.show_dialog(dialog)
    assert "at the next start" in dialog.remark.text()
    assert dialog.switch.currentData() == "user"
    dialog.adapter.setCurrentIndex(1)
    assert dialog.remark.text() == ""
    assert dialog.switch.currentData() == "bridge:br0"


def test_nothing_is_moved_to_open_vswitch_or_from_it_now(lent: LentContext, qtbot: QtBot) -> None:
    ref = Ref("here", Kind.NETWORK, "l")
    lab = Network(ref, "lab", "bridge", is_active=True, virtual_port="openvswitch")
    lent.engine.put(lab)
    qtbot.waitUntil(lambda: lent.lookup.any_record(lab.ref) == lab)
    assert WEB.live
    nics = (Nic(MAC, "network", "default"), Nic("2", "network", "lab"))
    dialog = SwitchDialog(lent, replace(WEB, live=replace(WEB.live, nics=nics)))
    lent.show_dialog(dialog)
    for name, stays in (("DMZ", False), ("lab", True), ("user", True), ("default", False)):
        dialog.switch.setCurrentIndex(dialog.switch.findData(name))
        assert ("at the next start" in dialog.remark.text()) is stays, name
    dialog.adapter.setCurrentIndex(1)
    assert "at the next start" in dialog.remark.text()


def test_a_disc_is_changed_and_taken_out(lent: LentContext, qtbot: QtBot) -> None:
    place = Setting(Field.DRIVE_SOURCE, "sda")
    dialog = DiscDialog(lent, WEB)
    lent.show_dialog(dialog)
    assert dialog.path.text() == "/images/a.iso"
    assert dialog.edits() == ()
    dialog.path.setText(" /images/b.iso ")
    assert dialog.edits() == (Edit(place, "/images/b.iso"),)
    dialog.path.clear()
    dialog.ok_button.click()
    assert lent.last().arguments == (NOW, (Edit(place, None),))


def test_a_disc_that_the_guest_holds_is_torn_from_it_only_if_that_is_chosen(
    lent: LentContext, qtbot: QtBot
) -> None:
    dialog = DiscDialog(lent, WEB)
    lent.show_dialog(dialog)
    assert not dialog.is_forced.isVisible()
    dialog.path.clear()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: len(lent.submitted()) == 1)
    assert dict(lent.last().options) == {}
    lent.engine.fail(lent.last().job_id, TrayLocked(device="sda"))
    qtbot.waitUntil(dialog.is_forced.isVisible)
    assert not dialog.is_forced.isChecked()
    assert "torn" in dialog.warning.text()
    dialog.is_forced.setChecked(True)
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: len(lent.submitted()) == 2)
    assert dict(lent.last().options) == {"tray": Tray.FORCED}


def test_a_disk_only_grows(lent: LentContext, qtbot: QtBot) -> None:
    pool = Ref("here", Kind.STORAGE_POOL, "p")
    ref = Ref("here", Kind.STORAGE_VOLUME, "/images/a.qcow2")
    lent.engine.put(StorageVolume(ref, pool, "a", "/images/a.qcow2", "qcow2", 20 * GIB, 0))
    turn()
    dialog = GrowDialog(lent, WEB)
    lent.show_dialog(dialog)
    assert not dialog.refusal
    assert dialog.size_box.value() == 21
    dialog.size_box.setValue(20)
    assert "It has 20 GiB now" in dialog.refusal
    dialog.size_box.setValue(30)
    dialog.ok_button.click()
    assert lent.last().operation == "sheet.apply"
    assert lent.last().arguments == (NOW, (Edit(Setting(Field.DRIVE_SIZE, "vda"), 30 * GIB),))


def test_a_disk_in_no_pool_says_so(lent: LentContext, qtbot: QtBot) -> None:
    dialog = GrowDialog(lent, WEB)
    lent.show_dialog(dialog)
    assert "no storage location" in dialog.refusal
