"""All fields together: declared once each, found by page, patched in."""

from backend.settings import Edit, Field, Section, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue

DOMAIN = """<domain><name>web</name><devices>
  <disk device='cdrom'><target dev='sda' bus='sata'/></disk>
  <disk device='disk'><source file='/a.qcow2'/><target dev='VDA' bus='virtio'/></disk>
  <interface type='network'><mac address='52:54:00:AA:00:01'/><source network='lan'/></interface>
</devices></domain>"""


def test_each_field_is_declared_once() -> None:
    assert set(catalogue.ALL) == set(Field)


def test_each_device_has_a_page_in_the_order_of_the_description() -> None:
    places = [place for place, _element in catalogue.places(tree.read(DOMAIN))]
    assert [p.device for p in places if p.section is Section.DRIVE] == ["sda", "vda"]
    assert [p.device for p in places if p.section is Section.ADAPTER] == ["52:54:00:aa:00:01"]
    assert [p.section for p in places] == sorted(
        (p.section for p in places), key=list(Section).index
    )


def test_what_only_a_command_sets_is_not_patched_in() -> None:
    root = tree.read(DOMAIN)
    catalogue.write(root, [Edit(Setting(Field.NAME), "x"), Edit(Setting(Field.NAME_TITLE), "t")])
    assert tree.text_of(root, "name") == "web"
    assert tree.text_of(root, "title") == "t"


def test_what_has_no_place_is_left_out() -> None:
    root = tree.read(DOMAIN)
    catalogue.write(root, [Edit(Setting(Field.NAME_TITLE, "nowhere"), "t")])
    assert tree.write(root) == tree.write(tree.read(DOMAIN))
