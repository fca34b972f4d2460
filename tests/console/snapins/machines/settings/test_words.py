"""Words for settings: each field has its own, and values are told as users know them."""

import pytest

from backend.settings import Effect, Field, Place, Section, Setting, ValueKind
from console.sdk.nodes import Tone
from console.snapins.machines.settings import fields, values, words
from tests.console.snapins.machines.settings.sheets import RUNS


@pytest.mark.parametrize("section", Section)
def test_each_page_has_a_name_and_a_picture(section: Section) -> None:
    assert words.section(section)
    assert words.place_icon(Place(section)).startswith("ph.")


def test_each_word_is_of_a_field_that_there_is() -> None:
    ids = {field.value for field in Field}
    tables = (fields.NAMES, values.SWITCHES, values.ABOUT, values.UNITS, values.UNSET)
    for table in (*tables, fields.GROUPS, values.VALUES, fields.HEADLINE_SWITCHES):
        assert set(table) <= ids


def test_each_field_has_a_name() -> None:
    assert {field.value for field in Field} <= set(fields.NAMES)


def test_a_drive_is_told_by_its_target() -> None:
    assert words.place_title(Place(Section.DRIVE, "vda", ("disk",))) == "Hard drive vda"
    assert words.place_title(Place(Section.DRIVE, "sda", ("cdrom",))) == "DVD drive sda"
    place = Place(Section.DRIVE, "vda", ("disk",))
    assert words.full_name(Setting(Field.MEMORY_STARTUP, "vda"), place).startswith("Hard drive vda")


def test_values_are_told_as_users_know_them() -> None:
    assert words.value(Field.MEMORY_STARTUP, 2**31, ValueKind.BYTES) == "2 GiB"
    assert words.value(Field.AUTOSTART, told=True) == "on"
    assert words.value(Field.NAME_TITLE, None) == "none"
    assert words.brief(Field.NAME_TITLE, "x" * 200).endswith("…")


def test_a_chip_says_when() -> None:
    assert words.effect(Effect.NOW, None) == ("now", Tone.GOOD)
    assert words.effect(Effect.NEXT_START, None) == ("next start", Tone.WARNING)
    assert words.effect(Effect.REFUSED, None) == ("not on this server", Tone.BAD)
    assert words.effect(Effect.REFUSED, RUNS) == ("not now", Tone.BAD)


def test_why_a_running_machine_keeps_its_name_says_what_to_do() -> None:
    assert words.sentence(RUNS, Field.NAME).startswith("Shut it down first")


def test_what_libvirt_calls_a_device_is_told_as_people_write_it() -> None:
    stick = Place(Section.HOST_DEVICE, "0", ("usb", "046d:c52b"))
    assert words.page_sentence(stick) == "USB · 046d:c52b"
    disc = Place(Section.DRIVE, "sda", ("cdrom", "sata", "/isos/a.iso"))
    assert words.page_sentence(disc) == "SATA · /isos/a.iso"
    assert words.place_title(Place(Section.CONTROLLER, "scsi:0", ("scsi",))) == "SCSI controller"
    assert words.value(Field.FIRMWARE_BOOT_ORDER, ("host_device:1",)) == "Passed-through device 2"


def test_below_the_name_of_a_page_it_is_short() -> None:
    order = ("drive:vda", "adapter:52:54:00:00:00:01", "drive:sda")
    in_short = words.IN_SHORT[Field.FIRMWARE_BOOT_ORDER]
    assert in_short(order) == "boots from vda, then network"
    plugged = words.IN_SHORT[Field.ADAPTER_SWITCH]
    assert [plugged(key) for key in ("nat", "bridge:br0", "direct:eth0", "user")] == [
        "nat", "Bridge br0", "Card eth0", "User-mode networking",
    ]  # fmt: skip
