"""Import: what is in the package decides what is asked, and it stays until the machine is there."""

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.devices import Choice, PoolChoice
from backend.errors import Problem
from backend.model import Firmware, Kind, Nic, Ref
from backend.operations.package.arrival import Identity, ImportSpec, Outlook
from backend.operations.package.contents import Contents, Maker, PackedDisk
from backend.packages import PackageDamaged, PackageMissing
from backend.specs import Then
from console.snapins.machines.packages.import_dialog import ImportMachineDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import host

GIB = 2**30
LISTED = Path("/out/web/machine.json")
CONTENTS = Contents(
    LISTED, Maker.CELADON, "web", "uuid", 2 * GIB, 2, Firmware.UEFI,
    (PackedDisk("vda.qcow2", "vda", GIB, 20 * GIB),), (Nic("52:54:00:00:00:01", "network", "lan"),),
    made_at=1_700_000_000.0,
)  # fmt: skip
POOL = PoolChoice(Ref("here", Kind.STORAGE_POOL, "p"), "default", "/images", 50 * GIB)
OUTLOOK = Outlook(
    CONTENTS, "", ("",), (Choice("nat"), Choice("user")), (POOL,),
    (Problem("PackageWithoutSwitch", (("name", "lan"),)),),
)  # fmt: skip


def opened(context: LentContext, answer: object = OUTLOOK) -> ImportMachineDialog:
    context.engine.answers["incoming.look"] = answer
    dialog = ImportMachineDialog(context, host())
    context.show_dialog(dialog)
    assert "Choose the package" in dialog.refusal
    dialog.package.path.setText("/out/web")
    return dialog


def test_it_says_what_is_in_it(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    qtbot.waitUntil(lambda: dialog.refusal == "")
    told = dialog.package.remark.text()
    assert "web: 2 processors, 2 GiB, generation 2 (UEFI)" in told
    assert "one disk of 20 GiB, 1 GiB in the package" in told
    assert "14 Nov 2023" in told
    assert "no virtual switch lan here" in dialog.remarks.item(0).text()
    assert dialog.name.text() == "web"


def test_it_is_handed_in_as_chosen(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    qtbot.waitUntil(lambda: dialog.refusal == "")
    dialog.name.setText("db")
    dialog.identity.setCurrentIndex(1)
    assert "must not run any more" in dialog.identity_hint.text()
    (box,) = dialog.connections.boxes
    box.setCurrentIndex(box.findData("nat"))
    dialog.is_started.setChecked(True)
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert context.last().operation == "incoming.bring_in"
    assert context.last().arguments == (
        ImportSpec(LISTED, "db", ("nat",), Identity.KEPT, "default", Then.START),
    )
    context.engine.fail(context.last().job_id, PackageDamaged(name="vda.qcow2"))
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.isVisible()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: len(context.submitted()) == 2)
    made = Ref("here", Kind.DOMAIN, "new")
    context.engine.finish(context.last().job_id, made)
    qtbot.waitUntil(lambda: bool(context.places))
    assert context.places[-1][1] == made
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_who_has_its_identity_here_keeps_it(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, replace(OUTLOOK, twin="old web"))
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert dialog.identity.count() == 1
    assert "“old web” has its identity here" in dialog.identity_hint.text()


def test_a_name_that_is_taken(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context, replace(OUTLOOK, contents=replace(CONTENTS, name="web-01")))
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert dialog.name.text() == "web-01 2"
    dialog.name.setText("web-01")
    assert dialog.refusal
    assert not dialog.ok_button.isEnabled()


def test_a_location_without_the_room(context: LentContext, qtbot: QtBot) -> None:
    full = replace(OUTLOOK, pools=(replace(POOL, available_bytes=5),))
    dialog = opened(context, full)
    qtbot.waitUntil(lambda: "Its disks hold 1 GiB" in dialog.refusal)
    dialog = opened(context, replace(OUTLOOK, pools=()))
    qtbot.waitUntil(lambda: "no storage location" in dialog.refusal)


def test_what_is_no_package_is_told_and_offers_nothing(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    qtbot.waitUntil(lambda: dialog.refusal == "")
    context.engine.answers["incoming.look"] = PackageMissing(path="/elsewhere")
    dialog.package.path.setText("/elsewhere")
    qtbot.waitUntil(lambda: "At /elsewhere is no exported" in dialog.refusal)
    assert dialog.connections.boxes == []
    assert not dialog.name.isEnabled()
    assert dialog.remarks.empty_words.startswith("Here stands")


def test_what_the_server_would_object_to_is_told_before(context: LentContext, qtbot: QtBot) -> None:
    doubt = Problem("HypervisorDoubts", detail=("unsupported configuration: no such CPU",))
    context.engine.answers["incoming.doubts"] = (doubt,)
    dialog = opened(context)
    qtbot.waitUntil(lambda: dialog.remarks.count() == 2)
    assert "no virtual switch lan here" in dialog.remarks.item(0).text()
    assert "no such CPU" in dialog.remarks.item(1).text()
    context.engine.answers["incoming.doubts"] = ()
    (box,) = dialog.connections.boxes
    box.setCurrentIndex(box.findData("nat"))
    qtbot.waitUntil(lambda: dialog.remarks.count() == 1)
