"""What a device is named by, and what one knows it by."""

from backend.settings import Section
from backend.xmldesc import tree
from backend.xmldesc.settings.devices import SHELVES


def test_a_drive_is_named_by_its_target_and_an_adapter_by_its_address() -> None:
    drive, adapter = SHELVES[Section.DRIVE], SHELVES[Section.ADAPTER]
    element = tree.read(
        "<disk device='disk'><source file='/a'/><target dev='vda' bus='ide'/></disk>"
    )
    assert drive.key(element, 3) == "vda"
    assert drive.detail(element) == ("disk", "ide", "/a")
    assert adapter.key(tree.read("<interface><mac address='AA:00'/></interface>"), 0) == "aa:00"


def test_one_without_a_name_has_its_number() -> None:
    assert SHELVES[Section.ADAPTER].key(tree.read("<interface/>"), 2) == "2"
