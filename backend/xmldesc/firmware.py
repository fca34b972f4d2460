"""The memory of a machine's firmware (NVRAM) in its description, and where libvirt keeps it."""

import json
import shlex
from typing import Final

from backend.xmldesc import tree

_DRIVE: Final = "libvirt-pflash1-storage"
_KEPT: Final = frozenset({"name", "memory", "vcpu", "os", "features"})


def memory_of(text: str) -> str | None:
    """Return the file that a <domain> names for its firmware's memory, "" if it names none.

    None: its firmware has no such memory.
    """
    root = tree.read(text)
    named = tree.text_of(root, "os/nvram") or tree.attribute(root, "os/nvram/source", "file")
    if named:
        return named
    is_uefi = (
        tree.attribute(root, "os", "firmware") == "efi"
        or root.find("os/nvram") is not None
        or root.find("os/loader[@type='pflash']") is not None  # chosen by hand: libvirt makes one
    )
    return "" if is_uefi else None


def skeleton(text: str) -> str:
    """Return as much of a <domain> as libvirt needs to say where the memory lies."""
    root = tree.read(text)
    for child in list(root):
        if child.tag not in _KEPT:
            root.remove(child)
    return tree.write(root)


def memory_in(command_line: str) -> str:
    """Return the file that QEMU's command line has for that memory, "" if it has none."""
    for word in shlex.split(command_line):
        if _DRIVE in word and word.startswith("{"):
            told = json.loads(word)
            if told.get("node-name") == _DRIVE:
                return str(told.get("filename", ""))
    return ""


def put_memory(root: tree.Element, path: str) -> None:
    """Have a <domain> use this file; "" has libvirt make one from what the firmware came with.

    Which template that is made from stays said: of firmware that was chosen by hand libvirt may
    know none.
    """
    boot = root.find("os")
    found = root.find("os/nvram")
    if boot is None:
        return
    if found is None and path:
        found = tree.add(boot, "nvram")
    if found is None:
        return
    source = found.find("source")
    if path and source is not None:
        source.set("file", path)
    elif path:
        found.text = path
    else:
        _forget_file(found)


def _forget_file(memory: tree.Element) -> None:
    for child in list(memory):
        memory.remove(child)
    memory.text = None
    memory.attrib.pop("type", "")
    if not memory.attrib:
        tree.drop(memory)
