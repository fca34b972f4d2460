"""Each lens reads back what it writes, and takes away what it made."""

import pytest

from backend.settings import Value
from backend.xmldesc import tree
from backend.xmldesc.settings.lens import (
    NUMBER,
    ON_OFF,
    YES_NO,
    Attribute,
    Content,
    Lens,
    Presence,
    Size,
    reach,
)

NOTHING = "<domain><name>x</name></domain>"


@pytest.mark.parametrize(
    ("lens", "value", "written"),
    [
        (Attribute("a/b", "c", NUMBER), 3, '<a><b c="3"/></a>'),
        (Attribute("a/b", "c", YES_NO), False, '<a><b c="no"/></a>'),
        (Attribute("a", "c", ON_OFF), True, '<a c="on"/>'),
        (Content("a/b"), "text", "<a><b>text</b></a>"),
        (Size("a"), 2**20, '<a unit="KiB">1024</a>'),
    ],
)
def test_what_is_written_is_read_and_goes_without_a_trace(
    lens: Lens, value: Value, written: str
) -> None:
    root = tree.read(NOTHING)
    assert lens.read(root) is None
    lens.write(root, value)
    assert lens.read(root) == value
    assert written in "".join(line.strip() for line in tree.write(root).splitlines())
    lens.write(root, None)
    assert tree.write(root) == tree.write(tree.read(NOTHING))


def test_what_is_beside_it_stays() -> None:
    root = tree.read("<domain><a b='1' c='2'/><d><e/><f/></d></domain>")
    Attribute("a", "b").write(root, None)
    Presence("d/e").write(root, None)
    assert tree.write(root) == tree.write(tree.read("<domain><a c='2'/><d><f/></d></domain>"))
    Presence("d/f").write(root, value=False)
    assert root.find("d") is None
    assert Presence("d/f").read(root) is False


def test_a_device_itself_is_never_taken_away() -> None:
    device = tree.read("<disk a='1'/>")
    Attribute(".", "a").write(device, None)
    assert device.tag == "disk"


def test_what_is_no_number_is_none() -> None:
    assert Attribute(".", "a", NUMBER).read(tree.read("<x a='many'/>")) is None
    assert Attribute(".", "a", NUMBER).read(tree.read("<x a='0x10'/>")) == 16


def test_a_namespace_is_one_step() -> None:
    root = tree.read("<domain/>")
    assert reach(root, "a[@name='q']/b") is root.find("a/b")
    found = reach(root, "metadata/{urn:a/b}machine")
    assert found.tag == "{urn:a/b}machine"
    assert reach(root, "metadata/{urn:a/b}machine") is found
