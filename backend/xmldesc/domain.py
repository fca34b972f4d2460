"""A domain's description <-> its configuration (https://libvirt.org/formatdomain.html)."""

from dataclasses import dataclass

from backend.memory import MemoryModule
from backend.model import Disk, DomainConfiguration, Firmware, Nic
from backend.xmldesc import metadata, parts, ports, slots, tree

AGENT_CHANNEL = "org.qemu.guest_agent.0"
HEARTBEAT_CHANNEL = "org.celadon.heartbeat.0"
_DISK_SOURCES = ("file", "dev", "name", "dir", "volume")
_NIC_SOURCES = ("network", "bridge", "dev", "path", "name")


@dataclass(frozen=True, slots=True)
class DomainDescription:
    """What a whole description says: what it is called and made of."""

    uuid: str
    name: str
    notes: str
    note: metadata.MachineNote
    configuration: DomainConfiguration


def parse(text: str) -> DomainDescription:
    """Read a <domain>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    return DomainDescription(
        uuid=tree.text_of(root, "uuid"),
        name=tree.text_of(root, "name"),
        notes=tree.text_of(root, "description"),
        note=metadata.parse(root),
        configuration=_parse_configuration(root),
    )


def _parse_configuration(root: tree.Element) -> DomainConfiguration:
    memory = tree.bytes_at(root, "memory")
    maximum = int(tree.text_of(root, "vcpu", "1"))
    channel = root.find(f"devices/channel/target[@name='{AGENT_CHANNEL}']")
    pci_slots, free_pci_slots = slots.count(root)
    return DomainConfiguration(
        memory_bytes=memory,
        current_memory_bytes=tree.bytes_at(root, "currentMemory") or memory,
        vcpus=int(tree.attribute(root, "vcpu", "current") or maximum),
        vcpus_maximum=maximum,
        accelerator=str(root.get("type", "")),
        architecture=tree.attribute(root, "os/type", "arch"),
        machine=tree.attribute(root, "os/type", "machine"),
        firmware=_parse_firmware(root),
        disks=tuple(_parse_disk(disk) for disk in root.iterfind("devices/disk")),
        nics=tuple(_parse_nic(nic) for nic in root.iterfind("devices/interface")),
        graphics=tuple(str(g.get("type", "")) for g in root.iterfind("devices/graphics")),
        video=tuple(tree.attribute(v, "model", "type") for v in root.iterfind("devices/video")),
        has_agent_channel=channel is not None,
        is_agent_connected=channel is not None and channel.get("state") == "connected",
        has_heartbeat_channel=_has_channel(root, HEARTBEAT_CHANNEL),
        nvram=tree.text_of(root, "os/nvram"),
        host_devices=tuple(_parse_host_device(d) for d in root.iterfind("devices/hostdev")),
        serial_ports=ports.parse(root),
        memory_room_bytes=tree.bytes_at(root, "maxMemory"),
        memory_slots=int(tree.attribute(root, "maxMemory", "slots", "0")),
        memory_modules=tuple(_parse_memory(m) for m in root.iterfind("devices/memory")),
        has_balloon=tree.attribute(root, "devices/memballoon", "model", "none") != "none",
        parts=parts.parse(root),
        pci_slots=pci_slots,
        free_pci_slots=free_pci_slots,
    )


def _parse_memory(module: tree.Element) -> MemoryModule:
    size = tree.bytes_at(module, "target/size")
    return MemoryModule(
        model=str(module.get("model", "")),
        size_bytes=size,
        requested_bytes=_bytes_or(module, "target/requested", size),
        plugged_bytes=_bytes_or(module, "target/current", 0),
        alias=tree.attribute(module, "alias", "name"),
    )


def _bytes_or(element: tree.Element, path: str, default: int) -> int:
    return default if element.find(path) is None else tree.bytes_at(element, path)


def _has_channel(root: tree.Element, name: str) -> bool:
    return root.find(f"devices/channel/target[@name='{name}']") is not None


def _parse_firmware(root: tree.Element) -> Firmware:
    is_uefi = tree.attribute(root, "os", "firmware") == "efi" or (
        tree.attribute(root, "os/loader", "type") == "pflash"
    )
    return Firmware.UEFI if is_uefi else Firmware.BIOS


def _parse_disk(disk: tree.Element) -> Disk:
    source = disk.find("source")
    place = ""
    if source is not None:
        place = next((str(source.get(name)) for name in _DISK_SOURCES if source.get(name)), "")
    return Disk(
        target=tree.attribute(disk, "target", "dev"),
        bus=tree.attribute(disk, "target", "bus"),
        device=str(disk.get("device", "disk")),
        source=place,
        format=tree.attribute(disk, "driver", "type", "raw"),
        alias=tree.attribute(disk, "alias", "name"),
        is_read_only=disk.find("readonly") is not None,
    )


def _parse_nic(nic: tree.Element) -> Nic:
    source = nic.find("source")
    place = ""
    if source is not None:
        place = next((str(source.get(name)) for name in _NIC_SOURCES if source.get(name)), "")
    return Nic(
        mac=tree.attribute(nic, "mac", "address"),
        source_kind=_kind_of_source(nic),
        source=place,
        model=tree.attribute(nic, "model", "type"),
        alias=tree.attribute(nic, "alias", "name"),
        target=tree.attribute(nic, "target", "dev"),
        is_link_up=tree.attribute(nic, "link", "state", "up") != "down",
        vlan=_parse_vlan(nic),
    )


def _kind_of_source(nic: tree.Element) -> str:
    # Of one that runs libvirt says what its network made of it: type "bridge", and the network.
    return "network" if tree.attribute(nic, "source", "network") else str(nic.get("type", ""))


def _parse_vlan(nic: tree.Element) -> int:
    tags = nic.findall("vlan/tag")
    told = str(tags[0].get("id", "")) if len(tags) == 1 else ""  # several are a trunk
    return int(told) if told.isdigit() else 0


def _parse_host_device(device: tree.Element) -> str:
    """Return a host's device as its own tools call it: "pci 0000:01:00.0", "usb 046d:c52b"."""
    kind = str(device.get("type", ""))
    address = device.find("source/address")
    told: dict[str, str] = {}
    if address is not None:
        told = {str(name): str(value) for name, value in address.attrib.items()}
    vendor, product = (tree.attribute(device, f"source/{n}", "id") for n in ("vendor", "product"))
    if kind == "pci" and told:
        parts = [int(told.get(name, "0"), 0) for name in ("domain", "bus", "slot", "function")]
        name = "{:04x}:{:02x}:{:02x}.{:x}".format(*parts)
    elif vendor and product:
        name = f"{vendor.removeprefix('0x')}:{product.removeprefix('0x')}"
    else:
        name = told.get("uuid") or ".".join(told.values())
    return f"{kind} {name}".strip()
