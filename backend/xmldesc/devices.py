"""Single devices of a <domain>: written for hot-plug, found as they stand, and room for more.

https://libvirt.org/formatdomain.html
"""

from collections.abc import Iterator

from backend.devices import VIRTIO_MEM, Device, DeviceKind
from backend.kinds import catalogue
from backend.kinds.moment import Room
from backend.memory import MemoryModule
from backend.model import Disk, Nic
from backend.parts import Part
from backend.xmldesc import parts, slots, tree

# QEMU wants blocks as large as the host's transparent huge pages.
_BLOCK_BYTES = 2 * 2**20
_REMOVABLE = ("cdrom", "floppy")
_PLACES = ("file", "dev", "dir", "protocol", "pool", "volume", "name", "path")


def read_room(text: str) -> Room:
    """Return what there is to plug into. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    there, free = slots.count(root)
    controllers = frozenset(
        (str(c.get("type", "")), str(c.get("model", "")))
        for c in root.iterfind("devices/controller")
    )
    return Room(
        there,
        free,
        controllers,
        slots.count_free_old(root),
        frozenset(_used_controllers(root)),
        is_memory_shared=tree.attribute(root, "memoryBacking/access", "mode") == "shared",
        has_spice=root.find("devices/graphics[@type='spice']") is not None,
        has_ram_disk=bool(tree.text_of(root, "os/initrd")),
    )


def _used_controllers(root: tree.Element) -> Iterator[tuple[str, str]]:
    for address in root.iterfind("devices/*/address"):
        kind, device = address.get("type"), address.getparent()
        if kind == "drive" and device is not None:
            bus = tree.attribute(device, "target", "bus", "scsi")
            yield bus, str(address.get("controller", "0"))
        elif kind == "usb":
            yield "usb", str(address.get("bus", "0"))
        elif kind == "virtio-serial":
            yield "virtio-serial", str(address.get("controller", "0"))


def dump_nic(nic: Nic) -> str:
    """Return the <interface> to be added."""
    return tree.write(_alias(add_nic(tree.new("devices"), nic), nic.alias))


def dump_disk(disk: Disk) -> str:
    """Return the <disk> to be added."""
    return tree.write(_alias(add_disk(tree.new("devices"), disk), disk.alias))


def dump_memory(module: MemoryModule) -> str:
    """Return the <memory> device to be added, on the first NUMA node."""
    element = tree.new("memory", model=module.model)
    target = tree.add(element, "target")
    tree.add(target, "size", str(module.size_bytes // 1024), unit="KiB")
    tree.add(target, "node", "0")
    if module.model == VIRTIO_MEM:
        tree.add(target, "block", str(_BLOCK_BYTES // 1024), unit="KiB")
        tree.add(target, "requested", str(module.requested_bytes // 1024), unit="KiB")
    return tree.write(_alias(element, module.alias))


def memory_in_modules(root: tree.Element) -> int:
    """Return how many of a machine's bytes are in memory devices."""
    return sum(tree.bytes_at(m, "target/size") for m in root.iterfind("devices/memory"))


def dump_part(part: Part) -> str:
    """Return the element of any other device."""
    return parts.dump(part)


def with_parts(text: str, added: tuple[Part, ...], needs: tuple[tuple[str, str], ...] = ()) -> str:
    """Return a <domain> that has these parts as well, and at the paths `needs` what they need.

    Of what a machine has once ("memballoon") the one that was there gives way.
    """
    root = tree.read(text)
    devices = root.find("devices")
    if devices is None:
        devices = tree.add(root, "devices")
    for part in added:
        found = catalogue.kind_of(part)
        for old in devices.findall(part.tag) if found and found.is_single else ():
            devices.remove(old)
        parts.add(devices, part)
    for path, value in needs:
        parts.write(root, path, value)
    return tree.write(root)


def without(text: str, device: Device) -> str:
    """Return a <domain> that has a device no more."""
    root = tree.read(text)
    found, kind = _element(root, device), catalogue.find(device.kind)
    if found is None:
        return text
    above = found.getparent()
    if above is not None:
        if kind and kind.absent:
            above.replace(found, parts.add(tree.new("devices"), kind.absent))
        else:
            above.remove(found)
    return tree.write(root)


def add_nic(devices: tree.Element, nic: Nic) -> tree.Element:
    """Append an adapter to a description."""
    element = tree.add(devices, "interface", type=nic.source_kind)
    tree.add(element, "mac", address=nic.mac)
    if nic.source:
        tree.add(element, "source", **{nic.source_kind: nic.source})
    if nic.vlan:
        tree.add(tree.add(element, "vlan"), "tag", id=str(nic.vlan))
    tree.add(element, "model", type=nic.model)
    return element


def add_disk(devices: tree.Element, disk: Disk) -> tree.Element:
    """Append a drive to a description."""
    is_device = disk.source.startswith("/dev/")
    kind = "block" if is_device else "file"
    element = tree.add(devices, "disk", type=kind, device=disk.device)
    options = {} if disk.device == "cdrom" else {"discard": "unmap"}
    tree.add(element, "driver", name="qemu", type=disk.format, **options)
    if disk.source:
        source = tree.add(element, "source", **{"dev" if is_device else "file": disk.source})
        if disk.keeps_owner:
            # libvirt would make QEMU's user the owner of somebody else's image, and leave it so.
            tree.add(source, "seclabel", model="dac", relabel="no")
    tree.add(element, "target", dev=disk.target, bus=disk.bus)
    if disk.is_read_only:
        tree.add(element, "readonly")
    return element


def _alias(element: tree.Element, alias: str) -> tree.Element:
    if alias:
        tree.add(element, "alias", name=alias)
    return element


def find(text: str, device: Device) -> str:
    """Return a device as it stands in a description, with all that is in it; "" if it does not."""
    element = _element(tree.read(text), device)
    return "" if element is None else tree.write(element)


def alias_of(element: str) -> str:
    """Return the alias of a device, "" if it has none."""
    return tree.attribute(tree.read(element), "alias", "name")


def is_same(running: str, defined: str) -> bool:
    """Return whether a device as it ran and one of that name in the definition are one.

    A disk is known by what it holds. As it runs that may lie on top of what is defined: until the
    machine is off, or since somebody took a snapshot. An adapter is known by its name alone.
    """
    ran, found = tree.read(running), tree.read(defined)
    if ran.tag != "disk":
        return True
    if ran.get("device", "disk") != found.get("device", "disk"):
        return False
    layers = [_place(element) for element in (ran, *ran.iter("backingStore"))]
    return ran.get("device") in _REMOVABLE or _place(found) in layers


def _place(disk: tree.Element) -> tuple[str, ...]:
    return tuple(tree.attribute(disk, "source", name) for name in _PLACES)


def device_of(element: tree.Element) -> Device | None:
    """Return what a device's element is named by; None for what neither comes nor goes."""
    if element.tag == "disk":
        is_dvd = element.get("device") == "cdrom"
        kind = DeviceKind.DVD_DRIVE if is_dvd else DeviceKind.DISK
        return Device(kind, tree.attribute(element, "target", "dev").lower())
    if element.tag == "interface":
        mac = tree.attribute(element, "mac", "address").lower()
        return Device(DeviceKind.NETWORK_ADAPTER, mac)
    return catalogue.device_of(parts.part_of(element))


def _element(root: tree.Element, device: Device) -> tree.Element | None:
    if catalogue.find(device.kind):
        found = parts.elements(root)
        return next((e for e in found if catalogue.device_of(parts.part_of(e)) == device), None)
    if device.kind is DeviceKind.NETWORK_ADAPTER:
        path, child, name = "devices/interface", "mac", "address"
    elif device.kind is DeviceKind.MEMORY:
        path, child, name = "devices/memory", "alias", "name"
    else:
        path, child, name = "devices/disk", "target", "dev"
    wanted = device.key.lower()
    for element in root.iterfind(path):
        if tree.attribute(element, child, name).lower() == wanted:
            return element
    return None
