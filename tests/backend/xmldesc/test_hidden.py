"""What libvirt hides is taken out as it does, and put back where both have the place."""

import libvirt
import pytest

from backend.xmldesc import hidden, tree, verbatim

TEXT = """<domain type='test'><name>secretive</name><memory>65536</memory>
<os><type>hvm</type></os><devices>
<disk type='network' device='disk'><driver name='qemu' type='raw'/>
  <source protocol='https' name='x.iso'><host name='h' port='443'/>
  <cookies><cookie name='c'>crumbs</cookie></cookies></source>
  <target dev='vda' bus='virtio'/></disk>
<graphics type='vnc' port='-1' autoport='yes' passwd='pencil' passwdValidTo='2030-01-01T00:00:00'/>
<graphics type='spice' autoport='yes' passwd='rubber'/></devices></domain>"""


@pytest.fixture(scope="module")
def told() -> tuple[str, str]:
    """What libvirt tells of it: to those who ask for secrets, and to everybody."""
    connect = libvirt.open("test:///default")
    try:
        domain = connect.defineXML(TEXT)
        inactive = libvirt.VIR_DOMAIN_XML_INACTIVE
        return domain.XMLDesc(inactive | libvirt.VIR_DOMAIN_XML_SECURE), domain.XMLDesc(inactive)
    finally:
        connect.close()


def lines(root: tree.Element) -> list[str]:
    return verbatim.lines(root)


def test_what_is_left_is_what_libvirt_tells_everybody(told: tuple[str, str]) -> None:
    whole, public = told
    assert "pencil" in whole
    assert "crumbs" in whole
    assert lines(hidden.without(tree.read(whole))) == lines(tree.read(public))


def test_put_back_it_is_the_very_same(told: tuple[str, str]) -> None:
    whole, public = (tree.read(text) for text in told)
    hidden.put_back(public, whole)
    assert lines(public) == lines(whole)


def test_a_password_goes_to_no_other_display_and_a_cookie_to_no_other_host(
    told: tuple[str, str],
) -> None:
    whole = tree.read(told[0])
    other = tree.read(
        told[1].replace("type='vnc'", "type='rdp'").replace("name='h'", "name='evil'")
    )
    hidden.put_back(other, whole)
    text = tree.write(other)
    assert "pencil" not in text
    assert "crumbs" not in text
    assert "rubber" in text


def test_of_a_display_that_is_not_there_nobody_knows_whether_it_had_a_password(
    told: tuple[str, str],
) -> None:
    without = tree.read(told[0])
    devices = without.find("devices")
    assert devices is not None
    devices.remove(devices.findall("graphics")[0])
    assert hidden.lost(tree.read(told[1]), without) == ("vnc",)
    assert hidden.lost(tree.read(told[1]), tree.read(told[0])) == ()
