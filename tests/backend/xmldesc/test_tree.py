import pytest

from backend.errors import DescriptionRefused
from backend.xmldesc import tree


def test_what_is_no_xml_is_refused_in_words() -> None:
    with pytest.raises(DescriptionRefused) as raised:
        tree.read("<domain>")
    assert raised.value.detail


def test_a_hostile_description_reads_no_file() -> None:
    hostile = (
        '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/hostname">]><d><name>&secret;</name></d>'
    )
    assert tree.text_of(tree.read(hostile), "name") == ""


def test_an_edit_keeps_what_it_does_not_understand() -> None:
    text = (
        '<domain xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0"><!-- kept -->'
        "<name>old</name><odd a='1'><b/></odd>"
        '<qemu:commandline><qemu:arg value="-x"/></qemu:commandline></domain>'
    )
    root = tree.read(text)
    root.find("name").text = "new"  # type: ignore[union-attr]
    edited = tree.write(root)
    assert "<name>new</name>" in edited
    for kept in ("<!-- kept -->", '<odd a="1">', '<qemu:arg value="-x"/>'):
        assert kept in edited


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("<m>1</m>", 1024),
        ("<m unit='b'>5</m>", 5),
        ("<m unit='MiB'>2</m>", 2 * 2**20),
        ("<m unit='GB'>1</m>", 10**9),
        ("<m>much</m>", 0),
    ],
)
def test_sizes_come_in_libvirts_units(text: str, size: int) -> None:
    assert tree.bytes_at(tree.read(f"<d>{text}</d>"), "m") == size
