"""Quick Create judges while one types, and hands in a spec."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.errors import ImageMissing, NameTaken
from backend.model import Kind, Network, Record, Ref
from backend.operations.images import ImageFacts
from backend.specs import MachineSpec, SourceKind
from console.snapins.machines.dialogs.quick_create import QuickCreateDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, HOST, domain, host
from tests.fakes.turning import turn

MADE = Ref("here", Kind.DOMAIN, "uuid-new")


def opened(context: LentContext, *, is_embedded: bool = True) -> QuickCreateDialog:
    dialog = QuickCreateDialog(context, replace(host(), is_embedded=is_embedded))
    context.show_dialog(dialog)
    return dialog


def choose(dialog: QuickCreateDialog, kind: SourceKind) -> None:
    dialog.source.setCurrentIndex(dialog.source.findData(kind.value))


def test_it_can_create_at_once(context: LentContext) -> None:
    dialog = opened(context)
    assert dialog.ok_button.isEnabled()
    assert dialog.spec() == MachineSpec(
        "New Virtual Machine", SourceKind.SAMPLE_GUEST, network="user"
    )
    assert not dialog.path.isVisible()


def test_an_image_is_chosen_in_a_dialog_that_stops_nothing(context: LentContext) -> None:
    dialog = opened(context)
    choose(dialog, SourceKind.DISK_IMAGE)
    found = [dialog.is_typed_in]
    dialog.browse.click()
    (files,) = dialog.findChildren(QFileDialog)
    files.fileSelected.emit("/images/a.qcow2")
    files.close()
    assert dialog.path.text() == "/images/a.qcow2"
    assert [*found, dialog.is_typed_in] == [False, True]


def test_the_sample_guest_is_for_this_computer(context: LentContext) -> None:
    dialog = opened(context, is_embedded=False)
    assert dialog.source.findData(SourceKind.SAMPLE_GUEST.value) == -1


@pytest.mark.parametrize(("name", "part"), [("", "Type"), ("web-01", "already"), ("a/b", "slash")])
def test_a_name_is_refused_with_its_reason(context: LentContext, name: str, part: str) -> None:
    dialog = opened(context)
    dialog.name.setText(name)
    assert part in dialog.refusal
    assert not dialog.ok_button.isEnabled()


def test_a_name_taken_meanwhile_is_refused(
    context: LentContext, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    dialog = opened(context)
    until(domain("New Virtual Machine"))
    qtbot.waitUntil(lambda: "already" in dialog.refusal)


def test_an_image_is_looked_at(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    choose(dialog, SourceKind.DISK_IMAGE)
    assert dialog.path.isVisible()
    assert "Choose" in dialog.refusal
    context.engine.answers["machine.check_image"] = ImageMissing(path="/x.qcow2")
    dialog.path.setText("/x.qcow2")
    assert "Looking" in dialog.refusal
    qtbot.waitUntil(lambda: "no file at /x.qcow2" in dialog.refusal)
    facts = ImageFacts(Path("/y.qcow2"), "qcow2", 10 * GIB)
    context.engine.answers["machine.check_image"] = facts
    dialog.path.setText("/y.qcow2")
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert dialog.image_remark.text() == "qcow2, 10 GiB"
    assert dialog.spec().path == Path("/y.qcow2")
    choose(dialog, SourceKind.SAMPLE_GUEST)
    assert dialog.refusal == ""
    assert dialog.spec().path is None


def test_memory_has_a_least(context: LentContext) -> None:
    dialog = opened(context)
    dialog.memory.setValue(16)
    assert "64 MiB" in dialog.refusal
    dialog.memory.setValue(512)
    assert dialog.spec().memory_bytes == GIB // 2


def test_switches_are_the_host_s_with_the_usual_one_first(
    context: LentContext, until: Callable[[Record], None]
) -> None:
    for name, is_active in (("lan", True), ("default", True), ("dead", False)):
        until(Network(Ref("here", Kind.NETWORK, name), name, "nat", is_active))
    dialog = opened(context)
    names = [dialog.switch.itemText(i) for i in range(dialog.switch.count())]
    assert names == ["default", "lan", "User-mode networking", "Not connected"]
    assert dialog.spec().network == "default"
    dialog.switch.setCurrentIndex(3)
    assert dialog.spec().network == ""


def test_it_creates_shows_and_starts(context: LentContext, qtbot: QtBot) -> None:
    opened(context).ok_button.click()
    assert context.submitted() == [("machine.create", HOST.key)]
    context.engine.finish(1, MADE)
    qtbot.waitUntil(lambda: len(context.engine.submissions) == 2)
    assert context.submitted()[1] == ("domain.start", "uuid-new")
    assert context.places == [("machines:here", MADE)]


def test_it_starts_only_if_wanted(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    dialog.is_started.setChecked(False)
    dialog.ok_button.click()
    turn()
    context.engine.finish(1, MADE)
    qtbot.waitUntil(lambda: bool(context.places))
    assert context.submitted() == [("machine.create", HOST.key)]


def test_a_failure_brings_it_back_as_it_was(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    dialog.name.setText("shop")
    dialog.memory.setValue(512)
    dialog.ok_button.click()
    turn()
    context.engine.fail(1, NameTaken(name="shop"))
    qtbot.waitUntil(lambda: len(context.dialogs) == 2)
    again = context.dialogs[1]
    assert isinstance(again, QuickCreateDialog)
    assert again.spec().name == "shop"
    assert again.spec().memory_bytes == GIB // 2
    assert "already" in again._reason.text()
    assert again.ok_button.isEnabled(), "the reason may be gone: it can be tried again"


def test_every_field_has_a_name_for_those_who_hear_it(context: LentContext) -> None:
    dialog = opened(context)
    fields = (dialog.name, dialog.source, dialog.path, dialog.memory, dialog.disk, dialog.switch)
    assert all(QWidget.accessibleName(field) for field in fields)
