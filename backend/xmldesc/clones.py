"""The description of a machine that is like another one. Everything else in it stays as it was."""

from collections.abc import Mapping

from backend.xmldesc import firmware, metadata, tree


def dump(
    text: str,
    uuid: str,
    name: str,
    files: Mapping[str, str],
    created_at: float,
    memory: str = "",
) -> str:
    """Return the <domain> under a name and a UUID of its own, with these files for its old ones.

    Its adapters get addresses when it is defined. `memory` is the file of its firmware's memory; ""
    has libvirt make that anew from what the firmware came with.
    """
    root = tree.read(text)
    for path, value in (("name", name), ("uuid", uuid)):
        found = root.find(path)
        if found is not None:
            found.text = value
    for source in root.iterfind("devices/disk/source"):
        _replace(source, files)
    _forget(root, "genid", "devices/interface/mac", "devices/interface/target")
    _forget(root, "devices/disk/backingStore")
    firmware.put_memory(root, memory)
    _renote(root, created_at)
    return tree.write(root)


def _replace(source: tree.Element, files: Mapping[str, str]) -> None:
    path = str(source.get("file", ""))
    if path not in files:
        return
    source.set("file", files[path])
    driver = source.find("../driver")
    if driver is not None:
        driver.set("type", "qcow2")


def _forget(root: tree.Element, *paths: str) -> None:
    for path in paths:
        for found in root.findall(path):
            parent = found.getparent()
            if parent is not None:
                parent.remove(found)


def _renote(root: tree.Element, created_at: float) -> None:
    """Say when it was made; what was made for the other one is not its own."""
    about = root.find("metadata")
    if about is None:
        about = tree.add(root, "metadata")
    note = about.find(f"{{{metadata.NAMESPACE}}}machine")
    if note is None:
        about.append(metadata.dump(metadata.MachineNote(created_at)))
        return
    # What else is kept there is as it was: when it starts, what the balloon leaves it.
    note.set("created", f"{created_at:.0f}")
    for file in note.findall(f"{{{metadata.NAMESPACE}}}file"):
        note.remove(file)
