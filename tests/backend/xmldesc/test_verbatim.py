"""What is written is as libvirt writes it, so that a difference applies to what virsh shows."""

import libvirt

from backend.xmldesc import tree, verbatim

DOMAIN = """<domain type='test' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>a&lt;b</name>
  <title>it&apos;s</title>
  <metadata>
    <other:thing xmlns:other="urn:other" a="1">
      <other:part/>
    </other:thing>
  </metadata>
  <memory unit='KiB'>1024</memory>
  <os>
    <boot dev='hd'/>
  </os>
  <qemu:commandline>
    <qemu:arg value='-name'/>
  </qemu:commandline>
</domain>"""


def test_it_is_as_it_was() -> None:
    assert "\n".join(verbatim.lines(tree.read(DOMAIN))) == DOMAIN


def test_it_is_as_libvirt_writes_it() -> None:
    connect = libvirt.open("test:///default")
    text = connect.lookupByName("test").XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    connect.close()
    assert verbatim.lines(tree.read(text)) == text.rstrip("\n").split("\n")


def test_what_is_no_element_is_left_out() -> None:
    assert verbatim.lines(tree.read("<a><!-- x --><b/></a>")) == ["<a>", "  <b/>", "</a>"]
