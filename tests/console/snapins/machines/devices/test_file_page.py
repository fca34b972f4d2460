"""Files that are there: those in use come last and are refused, an empty drive needs none."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backend.devices import DvdSpec, ExistingDiskSpec
from backend.model import Disk, Domain
from backend.operations import uses
from console.snapins.machines.devices import file_page, kinds
from console.snapins.machines.devices.file_page import FilePage, lines
from console.snapins.machines.devices.what import What
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.conftest import Ask
from tests.console.snapins.machines.devices.offers import running


@pytest.fixture
def other(context: LentContext, web: Domain, qtbot: QtBot) -> Domain:
    """Return a machine that uses one of the disks."""
    other = running("web-02")
    assert other.live
    disk = Disk("vda", "virtio", source="/images/data.qcow2", format="qcow2")
    other = replace(other, live=replace(other.live, disks=(disk,)))
    context.engine.put(other)
    qtbot.waitUntil(lambda: context.lookup.any_record(other.ref) == other)
    return other


def made(what: What, context: LentContext, ask: Ask, qtbot: QtBot, *domains: Domain) -> FilePage:
    kind = ask(*domains)
    kind.kinds.choose(what.key)
    page = FilePage(context, kind, what)
    qtbot.addWidget(page)
    page.enter()
    return page


def test_disks_in_use_come_last_and_name_their_users(context: LentContext, other: Domain) -> None:
    found = list(lines(kinds.EXISTING_DISK, context.lookup, "here"))
    assert [line.key for line in found] == ["/images/web-02.qcow2", "/images/data.qcow2"]
    assert [line.cells[3].text for line in found] == ["", "web-02"]
    (image,) = lines(kinds.DVD_DRIVE, context.lookup, "here")
    assert image.cells[0].text == "debian-12.iso"


def test_all_machines_are_looked_through_once(
    context: LentContext, other: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    places = uses.disk_places

    def counted(domain: Domain, volumes: uses.Volumes) -> set[str]:
        looked.append(domain.name)
        return places(domain, volumes)

    monkeypatch.setattr(uses, "disk_places", counted)
    assert len(list(lines(kinds.EXISTING_DISK, context.lookup, "here"))) == 2
    assert sorted(looked) == sorted(one.name for one in context.lookup.records(Domain, "here"))


def test_a_page_that_is_not_asked_for_looks_for_nothing(
    context: LentContext, ask: Ask, other: Domain, qtbot: QtBot
) -> None:
    kind = ask()
    kind.kinds.choose(kinds.DVD_DRIVE.key)
    page = FilePage(context, kind, kinds.EXISTING_DISK)
    qtbot.addWidget(page)
    kind.edited.emit()
    page.table.choose("/images/data.qcow2")
    assert page.table.current_key() is None
    kind.kinds.choose(kinds.EXISTING_DISK.key)
    page.table.choose("/images/data.qcow2")
    assert page.table.current_key() == "/images/data.qcow2"


def test_a_disk_is_chosen_from_the_table_or_typed(
    context: LentContext, ask: Ask, other: Domain, qtbot: QtBot
) -> None:
    page = made(kinds.EXISTING_DISK, context, ask, qtbot)
    assert page.judge() == ("Choose a disk, or type the path of its file.", page.path_remark)
    page.table.choose("/images/web-02.qcow2")
    assert page.spec() == ExistingDiskSpec("/images/web-02.qcow2", "virtio")
    assert page.judge()[0] == ""
    page.path.setText("relative.qcow2")
    assert page.judge()[0] == "Type the whole path of a file on the server."


def test_a_disk_in_use_is_refused(
    context: LentContext, ask: Ask, other: Domain, qtbot: QtBot
) -> None:
    page = made(kinds.EXISTING_DISK, context, ask, qtbot)
    page.table.choose("/images/data.qcow2")
    assert page.judge()[0].startswith("web-02 uses it")


def test_one_disk_does_not_go_into_two_machines(
    context: LentContext, ask: Ask, web: Domain, qtbot: QtBot
) -> None:
    page = made(kinds.EXISTING_DISK, context, ask, qtbot, web, running("db"))
    page.path.setText("/images/web-02.qcow2")
    assert page.judge()[0].startswith("A disk can be in one machine only.")


def test_a_drive_may_be_empty_and_images_may_be_shared(
    context: LentContext, ask: Ask, web: Domain, qtbot: QtBot
) -> None:
    page = made(kinds.DVD_DRIVE, context, ask, qtbot, web, running("db"))
    assert page.judge()[0] == ""
    assert page.spec() == DvdSpec("", "scsi")
    assert page.facts()[0].value == "None: the drive is empty"
    page.table.choose("/images/debian-12.iso")
    assert page.judge()[0] == ""
    assert page.spec() == DvdSpec("/images/debian-12.iso", "scsi")


def test_a_file_of_this_computer_is_browsed_for_without_a_loop_of_its_own(
    context: LentContext, ask: Ask, web: Domain, qtbot: QtBot
) -> None:
    page = made(kinds.DVD_DRIVE, context, ask, qtbot)
    page.browse.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit("/somewhere/else.iso")
    assert page.path.text() == "/somewhere/else.iso"
    dialog.reject()


def test_several_disks_can_be_taken_at_once(context: LentContext, ask: Ask, qtbot: QtBot) -> None:
    page = made(kinds.EXISTING_DISK, context, ask, qtbot)
    page.table.selectAll()
    assert page.path.text() == "/images/data.qcow2 /images/web-02.qcow2"
    assert page.specs() == (
        ExistingDiskSpec("/images/data.qcow2", "virtio"),
        ExistingDiskSpec("/images/web-02.qcow2", "virtio"),
    )
    assert page.judge()[0] == ""
    page.path.setText("/images/data.qcow2 /images/data.qcow2")
    assert "twice" in page.judge()[0]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", ()),
        ("/a b.qcow2", ("/a b.qcow2",)),
        ("/a /b", ("/a", "/b")),
        ("'/a b' /c", ("/a b", "/c")),
        ("'/a", ("'/a",)),
    ],
)
def test_paths_are_read_as_they_are_written(text: str, paths: tuple[str, ...]) -> None:
    assert file_page.paths_in(text) == paths
    if paths:
        assert file_page.paths_in(file_page.written(paths)) == paths
