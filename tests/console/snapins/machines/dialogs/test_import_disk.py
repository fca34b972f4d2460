"""Import Existing Disk: what the disk is decides what is proposed; a failure loses nothing."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.errors import NameTaken
from backend.model import Firmware, Kind, Ref
from backend.operations.images import ImageFacts
from backend.refusals import ImageNeedsCopy
from backend.specs import MachineSpec, Placing, SourceKind
from console.snapins.machines.dialogs.import_disk import ImportDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, HOST, host
from tests.fakes.turning import turn

MADE = Ref("here", Kind.DOMAIN, "uuid-new")
FACTS = ImageFacts(Path("/x.vmdk"), "vmdk", 10 * GIB, Firmware.UEFI)


def opened(context: LentContext, spec: MachineSpec | None = None) -> ImportDialog:
    dialog = ImportDialog(context, host(), spec=spec)
    context.show_dialog(dialog)
    return dialog


def ready(context: LentContext, qtbot: QtBot) -> ImportDialog:
    context.engine.answers["machine.check_image"] = FACTS
    dialog = opened(context)
    dialog.path.setText("/x.vmdk")
    qtbot.waitUntil(lambda: dialog.refusal == "")
    return dialog


def test_the_disk_is_looked_at_and_proposes_its_generation_and_name(
    context: LentContext, qtbot: QtBot
) -> None:
    dialog = opened(context)
    assert "Choose the disk" in dialog.refusal
    dialog = ready(context, qtbot)
    assert dialog.image_remark.text() == "vmdk, 10 GiB"
    assert dialog.spec() == MachineSpec(
        "x", SourceKind.DISK_IMAGE, path=Path("/x.vmdk"),
        memory_bytes=2 * GIB, vcpus=2, network="user", firmware=Firmware.UEFI,
    )  # fmt: skip


def test_a_name_that_was_typed_stays(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    unfit = "n" * 300
    for path, name in (("/web-01.raw", "web-01 2"), (f"/{unfit}.raw", "New Virtual Machine")):
        dialog.path.setText(path)
        qtbot.waitUntil(lambda: dialog.refusal == "")
        assert dialog.name.text() == name
    dialog.name.setText("shop")
    dialog.path.setText("/y.vmdk")
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert dialog.name.text() == "shop"


def test_why_a_disk_will_not_do_in_place(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    why = ImageNeedsCopy(path="/x.vmdk", format="vmdk")
    context.engine.answers["machine.check_image"] = why
    dialog.placing.setCurrentIndex(dialog.placing.findData(Placing.IN_PLACE.value))
    assert "Looking" in dialog.refusal
    qtbot.waitUntil(lambda: "does not run a machine well from vmdk" in dialog.refusal)
    assert dialog.spec().placing is Placing.IN_PLACE


def test_further_disks_are_looked_at_too(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    dialog.more.setText(" /y.qcow2;/z.raw ; ")
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert dialog.spec().more_disks == (Path("/y.qcow2"), Path("/z.raw"))
    dialog.more.setText("/x.vmdk")
    assert "twice" in dialog.refusal


def test_names_are_refused_as_elsewhere(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    dialog.name.setText("web-01")
    assert "already" in dialog.refusal
    assert dialog.name_remark.text() == dialog.refusal


def test_the_disk_is_chosen_from_files(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["machine.check_image"] = FACTS
    dialog = opened(context)
    dialog.browse.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit("/x.vmdk")
    assert dialog.path.text() == "/x.vmdk"
    chooser.close()


def test_it_makes_shows_and_starts(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    dialog.is_started.setChecked(True)
    dialog.ok_button.click()
    assert context.submitted() == [("machine.create", HOST.key)]
    context.engine.finish(1, MADE)
    qtbot.waitUntil(lambda: len(context.engine.submissions) == 2)
    assert context.submitted()[1] == ("domain.start", "uuid-new")
    assert context.places == [("machines:here", MADE)]


def test_a_failure_brings_it_back_as_it_was(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    dialog.name.setText("shop")
    dialog.bus.setCurrentIndex(dialog.bus.findData("virtio"))
    wanted = dialog.spec()
    dialog.ok_button.click()
    turn()
    context.engine.fail(1, NameTaken(name="shop"))
    qtbot.waitUntil(lambda: len(context.dialogs) == 2)
    again = context.dialogs[1]
    assert isinstance(again, ImportDialog)
    qtbot.waitUntil(lambda: again.refusal == "")
    assert again.spec() == wanted
    assert "already" in again._reason.text()


def test_it_has_a_script(context: LentContext, qtbot: QtBot) -> None:
    dialog = ready(context, qtbot)
    dialog.script_button.click()
    turn()
    ((_title, (request,)),) = context.scripts
    assert request.verb == "machine.create"
    assert context.submitted() == []


def test_every_field_has_a_name_for_those_who_hear_it(context: LentContext) -> None:
    dialog = opened(context)
    fields = (
        dialog.path, dialog.browse, dialog.more, dialog.placing, dialog.name, dialog.generation,
        dialog.memory, dialog.processors, dialog.bus, dialog.switch,
    )  # fmt: skip
    assert all(QWidget.accessibleName(field) for field in fields)
