"""Where a firmware's memory lies: as the definition says, or as QEMU would be told."""

import pytest

from backend.xmldesc import firmware, tree

AUTO = "<domain type='kvm'><name>a b</name><os firmware='efi'><type>hvm</type></os></domain>"
NAMED = (
    "<domain><os><loader>/code.fd</loader><nvram template='/t'>/n/a_VARS.fd</nvram></os></domain>"
)
BY_SOURCE = "<domain><os><nvram type='file'><source file='/n/b.fd'/></nvram></os></domain>"
BY_HAND = "<domain><os><loader type='pflash'>/code.fd</loader></os></domain>"
BIOS = "<domain><os><type>hvm</type></os></domain>"
COMMAND_LINE = (
    "LC_ALL=C /usr/bin/qemu -blockdev "
    """'{"driver":"file","filename":"/c.fd","node-name":"libvirt-pflash0-storage"}' -blockdev """
    """'{"driver":"file","filename":"/n/a b_VARS.fd","node-name":"libvirt-pflash1-storage"}' """
    """-blockdev '{"node-name":"libvirt-pflash1-format","file":"libvirt-pflash1-storage"}'"""
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (AUTO, ""),
        (NAMED, "/n/a_VARS.fd"),
        (BY_SOURCE, "/n/b.fd"),
        (BY_HAND, ""),
        (BIOS, None),
    ],
)
def test_what_a_definition_names(text: str, path: str | None) -> None:
    assert firmware.memory_of(text) == path


def test_what_qemu_would_be_told() -> None:
    assert firmware.memory_in(COMMAND_LINE) == "/n/a b_VARS.fd"
    assert firmware.memory_in("/usr/bin/qemu -m 128") == ""


def test_nothing_but_what_decides_the_place_is_asked_about() -> None:
    text = "<domain><name>a</name><os/><devices><hostdev/></devices><metadata/></domain>"
    assert [child.tag for child in tree.read(firmware.skeleton(text))] == ["name", "os"]


@pytest.mark.parametrize("text", [AUTO, NAMED, BY_SOURCE])
def test_a_machine_gets_a_file_of_its_own_or_one_that_libvirt_makes(text: str) -> None:
    root = tree.read(text)
    firmware.put_memory(root, "/n/own.fd")
    assert firmware.memory_of(tree.write(root)) == "/n/own.fd"
    firmware.put_memory(root, "")
    assert not firmware.memory_of(tree.write(root))
    assert not tree.text_of(root, "os/nvram")
    assert root.find("os/nvram/source") is None


def test_what_libvirt_makes_it_from_stays_said() -> None:
    root = tree.read(NAMED)
    firmware.put_memory(root, "")
    assert tree.attribute(root, "os/nvram", "template") == "/t"
    firmware.put_memory(root, "/n/own.fd")
    assert tree.attribute(root, "os/nvram", "template") == "/t"
    plain = tree.read("<domain><os firmware='efi'><nvram>/n/a.fd</nvram></os></domain>")
    firmware.put_memory(plain, "")
    assert plain.find("os/nvram") is None


def test_one_without_a_boot_part_stays_as_it_is() -> None:
    root = tree.read("<domain><name>a</name></domain>")
    firmware.put_memory(root, "/n/own.fd")
    assert len(root) == 1
