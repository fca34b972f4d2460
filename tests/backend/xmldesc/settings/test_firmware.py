"""What a machine starts with, and from what."""

import pytest

from backend.settings import Field
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.pages import Machine

DISKS = """<devices><disk device='cdrom'><target dev='sda'/></disk>
<disk device='disk'><target dev='vda'/></disk><disk device='disk'><target dev='vdb'/></disk>
<interface><mac address='52:54:00:00:00:01'/></interface></devices>"""
ORDER = Field.FIRMWARE_BOOT_ORDER


def test_another_firmware_has_other_files() -> None:
    machine = Machine(
        "<os firmware='efi'><type>hvm</type><firmware><feature name='secure-boot' enabled='yes'/>"
        "</firmware><loader type='pflash'>/a</loader><nvram>/b</nvram></os>"
    )
    assert machine.get(Field.FIRMWARE_KIND) == "uefi"
    assert machine.set(Field.FIRMWARE_KIND, "uefi").text().count("/a") == 1
    assert machine.set(Field.FIRMWARE_KIND, "bios").text() == "<os><type>hvm</type></os>"
    again = machine.set(Field.FIRMWARE_KIND, "uefi").text()
    assert again == "<os firmware='efi'><type>hvm</type></os>"


def test_a_loader_that_somebody_chose_is_uefi_too() -> None:
    assert Machine("<os><loader type='pflash'>/a</loader></os>").get(Field.FIRMWARE_KIND) == "uefi"
    assert Machine("<os><loader type='rom'>/a</loader></os>").get(Field.FIRMWARE_KIND) == "bios"


def test_a_host_without_uefi_says_so() -> None:
    machine = Machine("<os/>", Facts(offers={"os/firmware": frozenset()}))
    assert machine.offers(Field.FIRMWARE_KIND) == {"bios": "", "uefi": "HostLacks"}


@pytest.mark.parametrize(
    ("boot", "order"),
    [
        ("<boot dev='hd'/><boot dev='cdrom'/>", ("drive:vda", "drive:sda")),
        ("<boot dev='network'/><boot dev='fd'/>", ("adapter:52:54:00:00:00:01",)),
        ("", None),
    ],
)
def test_an_order_by_kinds_is_the_first_of_each(boot: str, order: object) -> None:
    assert Machine(f"<os>{boot}</os>{DISKS}").get(ORDER) == order


def test_an_order_stands_with_the_devices() -> None:
    machine = Machine(f"<os><type>hvm</type><boot dev='hd'/></os>{DISKS}")
    wanted = ("adapter:52:54:00:00:00:01", "drive:vdb")
    assert machine.set(ORDER, wanted).get(ORDER) == wanted
    assert "<boot dev=" not in machine.text()
    assert machine.set(ORDER, ("drive:vda",)).get(ORDER) == ("drive:vda",)
    assert machine.text().count("<boot") == 1
    assert set(machine.offers(ORDER)) == {
        "drive:sda", "drive:vda", "drive:vdb", "adapter:52:54:00:00:00:01",
    }  # fmt: skip


def test_only_versions_of_the_same_machine_are_offered() -> None:
    facts = Facts(machines=("pc-q35-7.1", "pc-i440fx-7.1", "pc-q35-7.2"))
    machine = Machine("<os><type machine='pc-q35-7.2'>hvm</type></os>", facts)
    assert set(machine.offers(Field.FIRMWARE_MACHINE)) == {"pc-q35-7.1", "pc-q35-7.2"}
