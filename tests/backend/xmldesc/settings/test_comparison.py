"""What differs between two definitions: settings, devices, and the ways to all else."""

import pytest

from backend.settings import Comparison, Field, Section, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings.comparison import compare
from tests.backend.xmldesc.settings.foreign import CORPUS

ADAPTER = """<interface type='network'><mac address='52:54:00:00:00:01'/>
  <source network='default'/></interface>"""
TEXT = f"""<domain type='kvm'><name>a</name><memory unit='KiB'>2097152</memory>
<currentMemory unit='KiB'>2097152</currentMemory><vcpu>1</vcpu><os><type>hvm</type></os>
<clock offset='utc'/><devices>
<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/>
  <source file='/a'/><target dev='vda' bus='virtio'/></disk>
{ADAPTER}
</devices></domain>"""


def of(*changes: tuple[str, str]) -> Comparison:
    other = TEXT
    for old, new in changes:
        assert old in other
        other = other.replace(old, new)
    return compare(tree.read(TEXT), tree.read(other))


def test_a_setting_is_told_by_its_values_alone() -> None:
    found = of(("2097152", "4194304"), ("cache='none'", "cache='unsafe'"))
    told = {change.setting: (change.before, change.after) for change in found.values}
    assert told[Setting(Field.MEMORY_STARTUP)] == (2 * 2**30, 4 * 2**30)
    assert told[Setting(Field.DRIVE_CACHE, "vda")] == ("none", "unsafe")
    assert (found.came, found.went, found.parts) == ((), (), ())


def test_a_device_comes_and_goes_as_a_whole() -> None:
    found = of(
        (ADAPTER, "<disk type='file'><target dev='vdb' bus='virtio'/></disk>"),
    )
    assert [(place.section, place.device) for place in found.came] == [(Section.DRIVE, "vdb")]
    assert [(p.section, p.device) for p in found.went] == [(Section.ADAPTER, "52:54:00:00:00:01")]
    assert (found.values, found.parts) == ((), ())


def test_what_no_setting_tells_is_told_by_the_way_to_it() -> None:
    found = of(
        ("<clock offset='utc'/>", "<clock offset='utc'><timer name='hpet' present='no'/></clock>"),
        ("</devices>", "<hub type='usb'/></devices>"),
        ("<vcpu>1", "<vcpu>3"),
    )
    assert found.parts == ("+clock/timer[hpet]", "+devices/hub")
    assert {change.after for change in found.values} == {3}


def test_what_we_would_write_elsewhere_is_no_difference() -> None:
    found = of(("<os><type>hvm</type></os>", "<os><type>hvm</type><boot dev='hd'/></os>"))
    assert Setting(Field.FIRMWARE_BOOT_ORDER) in [change.setting for change in found.values]
    assert not any("devices" in part for part in found.parts)


def test_a_number_that_stands_in_two_places_is_told_once() -> None:
    found = of(("<vcpu>1", "<vcpu current='1'>4"))
    assert found.parts == ()
    assert Setting(Field.PROCESSOR_MAXIMUM) in [change.setting for change in found.values]


@pytest.mark.parametrize("text", CORPUS)
def test_nothing_differs_from_itself(text: str) -> None:
    assert not compare(tree.read(text), tree.read(text))
