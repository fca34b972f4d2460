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
    rename(root, name, uuid)
    for source in root.iterfind("devices/disk/source"):
        _replace(source, files)
    forget(root, "genid", "devices/interface/mac", "devices/interface/target")
    forget(root, "devices/disk/backingStore")
    firmware.put_memory(root, memory)
    # What was made for the other one is not its own.
    note(root, metadata.MachineNote(created_at, metadata.parse(root).source))
    return tree.write(root)


def rename(root: tree.Element, name: str, uuid: str) -> None:
    """Have a <domain> called so."""
    for path, value in (("name", name), ("uuid", uuid)):
        found = root.find(path)
        if found is None:
            found = tree.add(root, path)
        found.text = value


def _replace(source: tree.Element, files: Mapping[str, str]) -> None:
    path = str(source.get("file", ""))
    if path not in files:
        return
    source.set("file", files[path])
    driver = source.find("../driver")
    if driver is not None:
        driver.set("type", "qcow2")


def forget(root: tree.Element, *paths: str) -> None:
    """Have nothing at these paths."""
    for path in paths:
        for found in root.findall(path):
            tree.drop(found)


def note(root: tree.Element, about_it: metadata.MachineNote) -> None:
    """Have this said of how a machine was made; what else we keep of it stays."""
    about = root.find("metadata")
    if about is None:
        about = tree.add(root, "metadata")
    made = metadata.dump(about_it)
    for found in about.findall(f"{{{metadata.NAMESPACE}}}machine"):
        for name, value in found.attrib.items():
            made.set(name, made.get(name, value))
        about.remove(found)
    about.append(made)
