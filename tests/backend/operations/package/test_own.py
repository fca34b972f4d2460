"""What a package of ours holds; one that is not whole is refused before anything is made of it."""

from pathlib import Path

import pytest

from backend.errors import Problem
from backend.model import Firmware
from backend.operations.package import own
from backend.operations.package.contents import Maker
from backend.packages import PackageBroken, PackageDamaged, PackageMissing, PackageTooNew
from backend.refusals import XmlForbidden
from tests.backend.operations.package.packed import TEXT, UUID, package


def test_it_says_what_the_machine_is(tmp_path: Path) -> None:
    found = own.read(package(tmp_path / "web")).contents
    assert (found.name, found.uuid, found.maker) == ("web", UUID, Maker.CELADON)
    assert (found.memory_bytes, found.vcpus, found.firmware) == (2**30, 2, Firmware.BIOS)
    assert [(disk.target, disk.capacity_bytes) for disk in found.disks] == [("vda", 2**20)]
    assert [nic.source for nic in found.adapters] == ["office"]
    assert found.file_bytes == (tmp_path / "web" / "vda.qcow2").stat().st_size


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("<filesystem type='mount'><source dir='/'/></filesystem>", "<filesystem>"),
        ("<hostdev mode='subsystem' type='usb'/>", "<hostdev>"),
        ("<serial type='file'><source path='/etc/x'/></serial>", '<serial type="file">'),
        ("<tpm><backend type='passthrough'/></tpm>", "<tpm>"),
    ],
)
def test_what_reaches_into_the_server_is_told(tmp_path: Path, text: str, part: str) -> None:
    listed = package(tmp_path / "web", TEXT.replace("</devices>", f"{text}</devices>"))
    assert Problem("PackageReaches", (("part", part),)) in own.read(listed).contents.remarks


def test_so_are_words_for_qemu_itself(tmp_path: Path) -> None:
    space = "xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'"
    text = TEXT.replace("<name>", f"<q:commandline {space}/><name>")
    (remark,) = own.read(package(tmp_path / "web", text)).contents.remarks
    assert remark["part"] == "qemu:commandline"


def test_a_disk_that_is_not_in_it_is_never_taken_from_the_server(tmp_path: Path) -> None:
    more = "<disk device='disk'><source file='/etc/shadow'/><target dev='vdb'/></disk></devices>"
    listed = package(tmp_path / "web", TEXT.replace("</devices>", more))
    with pytest.raises(PackageBroken) as caught:
        own.read(listed)
    assert caught.value.detail == ("vdb",)


def test_a_kernel_that_is_not_in_it_neither(tmp_path: Path) -> None:
    listed = package(tmp_path / "web", TEXT.replace("</os>", "<kernel>/boot/k</kernel></os>"))
    with pytest.raises(PackageBroken):
        own.read(listed)


def test_what_is_missing_or_cut_off_is_told(tmp_path: Path) -> None:
    listed = package(tmp_path / "web")
    disk = tmp_path / "web" / "vda.qcow2"
    with disk.open("r+b") as file:
        file.truncate(100)
    with pytest.raises(PackageDamaged):
        own.read(listed)
    disk.unlink()
    with pytest.raises(PackageMissing):
        own.read(listed)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<!DOCTYPE domain [<!ENTITY a 'b'>]><domain/>", XmlForbidden),
        (TEXT.replace("<vcpu>2", "<vcpu>two"), PackageBroken),
    ],
)
def test_a_description_is_not_taken_at_its_word(
    tmp_path: Path, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        own.read(package(tmp_path / "web", text))


def test_a_list_of_later_times_or_of_none(tmp_path: Path) -> None:
    listed = package(tmp_path / "web")
    text = listed.read_text()
    listed.write_text(text.replace('"version": 1', '"version": 9'))
    with pytest.raises(PackageTooNew):
        own.read(listed)
    listed.write_text("{}")
    with pytest.raises(PackageBroken):
        own.read(listed)
