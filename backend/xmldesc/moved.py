"""The description of a machine that goes from one host to another. Pure.

What it says of files, switches and identity is put right; everything else stays as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from backend.xmldesc import clones, firmware, metadata, tree

NOT_CONNECTED: Final = ""
USER: Final = "user"
_QEMU: Final = "http://libvirt.org/schemas/domain/qemu/1.0"
_REACHING: Final = ("filesystem", "hostdev", "shmem", "smartcard", "lease")
_REACHING_KINDS: Final = frozenset(
    {("interface", "hostdev"), ("interface", "vhostuser"), ("input", "passthrough"),
     ("input", "evdev"), ("audio", "file"), ("redirdev", "tcp")}
)  # fmt: skip
_READ_FILES: Final = (
    ("os/dtb", ""),
    ("os/shim", ""),
    ("os/acpi/table", ""),
    ("sysinfo/entry", "file"),
)
"""What QEMU reads from the host and hands to its guest."""
_RANDOM: Final = frozenset({"", "/dev/random", "/dev/urandom", "/dev/hwrng"})
_SOCKETS: Final = ("/var/lib/libvirt/qemu/", "/run/libvirt/qemu/", "/var/run/libvirt/qemu/")
_PLAIN_PORTS: Final = frozenset({"pty", "unix", "null", "spicevmc", "vc", "stdio", "dbus"})


@dataclass(frozen=True, slots=True)
class Belongings:
    """What of a machine lies outside its description, or reaches beyond it.

    `reaches` are parts that lead into the host itself; the paths are "" for what it has not.
    """

    kernel: str
    ram_disk: str
    has_tpm_state: bool
    is_encrypted: bool
    reaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """What a machine is where it comes to.

    `files` are the files of its drives by target; a drive that is not there is empty, and
    `disk_format` is that of its disks. `networks` is a switch an adapter, USER for QEMU's own,
    NOT_CONNECTED. `kernel` and `ram_disk` are files, "" for none.
    """

    name: str
    uuid: str
    keeps_identity: bool
    created_at: float
    files: Mapping[str, str]
    networks: Sequence[str]
    accelerator: str
    kernel: str = ""
    ram_disk: str = ""
    made_files: tuple[str, ...] = ()
    has_dbus_display: bool = False


def belongings(text: str) -> Belongings:
    """Return what a <domain> has and needs. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    return Belongings(
        kernel=tree.text_of(root, "os/kernel"),
        ram_disk=tree.text_of(root, "os/initrd"),
        has_tpm_state=root.find("devices/tpm/backend[@type='emulator']") is not None,
        is_encrypted=root.find("devices/disk//encryption") is not None,
        reaches=tuple(_reaches(root)),
    )


def _reaches(root: tree.Element) -> Iterator[str]:
    for element in root:
        if isinstance(element.tag, str) and element.tag.startswith(f"{{{_QEMU}}}"):
            yield f"qemu:{element.tag.rpartition('}')[2]}"
    if root.find("seclabel") is not None:
        yield "<seclabel>"  # QEMU could be told to run as root
    yield from _files_read(root)
    if not tree.attribute(root, "os", "firmware"):
        firmware_files = {
            "<loader>": tree.text_of(root, "os/loader"),
            "<nvram template>": tree.attribute(root, "os/nvram", "template"),
        }
        yield from (part for part, path in firmware_files.items() if path and not _is_usual(path))
    for element in root.iterfind("devices/*"):
        if part := _reach_of(element):
            yield part


def _files_read(root: tree.Element) -> Iterator[str]:
    for path, attribute in _READ_FILES:
        if any(found.get(attribute) if attribute else found.text for found in root.iterfind(path)):
            yield f"<{path.rpartition('/')[2]}>"


def _is_usual(path: str) -> bool:
    """Return whether a firmware's file is where distributions have theirs."""
    return path.startswith("/usr/share/") and ".." not in path


def _reach_of(element: tree.Element) -> str:
    """Return the words for a device that leads into the host, "" for one that does not."""
    tag, kind = str(element.tag), str(element.get("type", ""))
    if tag in _REACHING or (tag, kind) in _REACHING_KINDS:
        return f"<{tag}>"
    if tag in ("serial", "parallel", "console", "channel"):
        is_plain = kind in _PLAIN_PORTS and element.find("log") is None and _has_own_socket(element)
        return "" if is_plain else f'<{tag} type="{kind}">'
    if tag == "memory" and element.find("source/path") is not None:
        return "<memory>"  # a file, or a whole disk, that its guest writes to
    backend = element.find("backend")
    if tag == "tpm" and backend is not None and backend.get("type") != "emulator":
        return "<tpm>"
    if tag == "rng" and backend is not None and not _is_random(backend):
        return "<rng>"
    return ""


def _has_own_socket(port: tree.Element) -> bool:
    """Return whether a port's socket, if it has one, lies where libvirt has them.

    libvirt deletes what is in its place, or gives it to QEMU's user.
    """
    path = tree.attribute(port, "source", "path") if port.get("type") == "unix" else ""
    return not path or (path.startswith(_SOCKETS) and ".." not in path)


def _is_random(backend: tree.Element) -> bool:
    return backend.get("model") != "egd" and (backend.text or "").strip() in _RANDOM


def dump(text: str, to: Destination) -> str:
    """Return the <domain> as it is where it comes to."""
    root = tree.read(text)
    clones.rename(root, to.name, to.uuid)
    for drive in root.findall("devices/disk"):
        _fill(drive, to.files.get(tree.attribute(drive, "target", "dev"), ""))
    for adapter, network in zip(root.findall("devices/interface"), to.networks, strict=True):
        _connect(adapter, network)
    clones.forget(root, "devices/emulator", "devices/interface/target", "devices/interface/backend")
    if not to.has_dbus_display:
        clones.forget(root, "devices/graphics[@type='dbus']")
    if not to.keeps_identity:
        clones.forget(root, "genid", "devices/interface/mac")
    _boot(root, to)
    _run_by(root, to.accelerator)
    note = metadata.parse(root)
    clones.note(root, metadata.MachineNote(to.created_at, note.source, to.made_files))
    return tree.write(root)


def with_memory(text: str, path: str) -> str:
    """Return the <domain> with this file for its firmware's memory."""
    root = tree.read(text)
    firmware.put_memory(root, path)
    return tree.write(root)


def with_networks(text: str, networks: Sequence[str]) -> str:
    """Return the <domain> with each of its adapters connected as in a Destination."""
    root = tree.read(text)
    for adapter, network in zip(root.findall("devices/interface"), networks, strict=True):
        _connect(adapter, network)
    return tree.write(root)


def _fill(drive: tree.Element, path: str) -> None:
    """Have a drive hold this file and nothing of what was said of the one before."""
    for tag in ("source", "backingStore", "mirror", "encryption", "auth"):
        for found in drive.findall(tag):
            drive.remove(found)
    drive.set("type", "file")
    if drive.get("device", "disk") == "disk":
        driver = drive.find("driver")
        if driver is None:
            driver = tree.add(drive, "driver", name="qemu")
        driver.set("type", "qcow2")
    if path:
        tree.add(drive, "source", file=path)


def _connect(adapter: tree.Element, network: str) -> None:
    is_as_it_was = adapter.get("type") == "network" and network == tree.attribute(
        adapter, "source", "network"
    )
    if is_as_it_was:
        return
    for tag in ("source", "virtualport", "vlan", "link", "filterref"):
        for found in adapter.findall(tag):
            adapter.remove(found)
    adapter.set("type", USER if network in (USER, NOT_CONNECTED) else "network")
    if network == NOT_CONNECTED:
        tree.add(adapter, "link", state="down")
    elif network != USER:
        tree.add(adapter, "source", network=network)


def _boot(root: tree.Element, to: Destination) -> None:
    for path, file in (("os/kernel", to.kernel), ("os/initrd", to.ram_disk)):
        found = root.find(path)
        if found is not None:
            found.text = file
    firmware.put_memory(root, "")
    if tree.attribute(root, "os", "firmware"):
        # The host chooses: where its firmware lies, and how it begins, is its own.
        for element in (root.find("os/loader"), root.find("os/nvram")):
            if element is not None:
                _keep_choice(element)
    elif not _is_usual(tree.attribute(root, "os/nvram", "template")):
        # A guest would read in its firmware's memory whatever file of the host is named there.
        for memory in root.findall("os/nvram[@template]"):
            memory.attrib.pop("template")
            memory.attrib.pop("templateFormat", "")


def _keep_choice(element: tree.Element) -> None:
    for name in ("readonly", "type", "template", "templateFormat", "format", "stateless"):
        element.attrib.pop(name, "")
    element.text = None
    if not element.attrib:
        tree.drop(element)


def _run_by(root: tree.Element, accelerator: str) -> None:
    """Have it run by what the host has: emulation knows no processor that is passed through."""
    root.set("type", accelerator)
    cpu = root.find("cpu")
    if cpu is not None and accelerator == "qemu" and cpu.get("mode") == "host-passthrough":
        cpu.set("mode", "maximum")
        cpu.attrib.pop("migratable", "")
