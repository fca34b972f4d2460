"""The description of a new domain (https://libvirt.org/formatdomain.html)."""

from backend.model import Firmware
from backend.specs import NewDomain
from backend.xmldesc import metadata, room, tree
from backend.xmldesc.devices import add_disk, add_nic
from backend.xmldesc.domain import AGENT_CHANNEL, HEARTBEAT_CHANNEL


def dump(plan: NewDomain) -> str:
    """Return the <domain> for a machine that is not there yet."""
    root = tree.new("domain", type=plan.accelerator.value)
    tree.add(root, "name", plan.name)
    tree.add(root, "uuid", plan.uuid)
    _add_about(root, plan)
    most = max(plan.memory_bytes, plan.memory_maximum_bytes)
    tree.add(root, "memory", str(most // 1024), unit="KiB")
    tree.add(root, "currentMemory", str(plan.memory_bytes // 1024), unit="KiB")
    tree.add(root, "vcpu", str(plan.vcpus))
    _add_boot(root, plan)
    features = tree.add(root, "features")
    tree.add(features, "acpi")
    tree.add(features, "apic")
    if plan.has_secure_boot:
        tree.add(features, "smm", state="on")
    tree.add(root, "cpu", mode=plan.cpu_mode)
    tree.add(root, "on_poweroff", "destroy")
    tree.add(root, "on_reboot", "restart" if plan.is_restarted else "destroy")
    tree.add(root, "on_crash", "preserve")
    _add_devices(root, plan)
    if plan.vcpus_maximum > plan.vcpus:
        room.add_topology(root, plan.vcpus_maximum)
        room.set_processors(root, plan.vcpus, plan.vcpus_maximum)
    if plan.memory_room_bytes:
        room.give_memory_room(root, plan.memory_room_bytes, plan.memory_slots)
    return tree.write(root)


def installed(text: str) -> str:
    """Return a <domain> as it is once what it was installed with has been loaded: from its disk."""
    root = tree.read(text)
    for name in ("kernel", "initrd", "cmdline"):
        for found in root.findall(f"os/{name}"):
            tree.drop(found)
    for found in root.findall("on_reboot"):
        found.text = "restart"
    devices = root.findall("os/boot")
    if [one.get("dev") for one in devices] == ["hd"]:
        tree.drop(devices.pop())  # libvirt's own, where a kernel left nothing to choose
    if not devices and root.find("devices/*/boot") is None:
        for order, disk in enumerate(root.iterfind("devices/disk"), start=1):
            tree.add(disk, "boot", order=str(order))
    return tree.write(root)


def _add_about(root: tree.Element, plan: NewDomain) -> None:
    if plan.notes:
        tree.add(root, "description", plan.notes)
    note = metadata.dump(metadata.MachineNote(plan.created_at, plan.source.value, plan.made_files))
    if plan.memory_minimum_bytes:
        note.set(metadata.MEMORY_MINIMUM, str(plan.memory_minimum_bytes))
    about = tree.add(root, "metadata")
    about.append(note)
    if plan.system:
        about.append(metadata.dump_system(plan.system))


def _add_boot(root: tree.Element, plan: NewDomain) -> None:
    is_uefi = plan.firmware is Firmware.UEFI
    boot = tree.add(root, "os", **({"firmware": "efi"} if is_uefi else {}))
    tree.add(boot, "type", "hvm", arch=plan.architecture, machine=plan.machine)
    if is_uefi:
        # Without a word of it any firmware would do, one that refuses unsigned systems too.
        state = "yes" if plan.has_secure_boot else "no"
        firmware = tree.add(boot, "firmware")
        tree.add(firmware, "feature", enabled=state, name="enrolled-keys")
        tree.add(firmware, "feature", enabled=state, name="secure-boot")
        if plan.has_secure_boot:
            tree.add(boot, "loader", secure="yes")
    if direct := plan.direct_boot:
        tree.add(boot, "kernel", str(direct.kernel))
        if direct.initrd:
            tree.add(boot, "initrd", str(direct.initrd))
        if direct.command_line:
            tree.add(boot, "cmdline", direct.command_line)


def _add_devices(root: tree.Element, plan: NewDomain) -> None:
    devices = tree.add(root, "devices")
    tree.add(devices, "controller", type="pci", index="0", model="pcie-root")
    for _ in range(_devices_on_ports(plan) + plan.spare_ports):
        tree.add(devices, "controller", type="pci", model="pcie-root-port")
    tree.add(devices, "controller", type="usb", model="qemu-xhci")
    tree.add(devices, "controller", type="virtio-serial")
    # For drives that come later: one controller takes 255 of them, and no slot of their own.
    tree.add(devices, "controller", type="scsi", model="virtio-scsi")
    for order, disk in enumerate(plan.disks, start=1):
        element = add_disk(devices, disk)
        if plan.direct_boot is None:
            tree.add(element, "boot", order=str(order))
    for order, nic in enumerate(plan.nics, start=len(plan.disks) + 1):
        element = add_nic(devices, nic)
        if plan.boots_from_network and order == len(plan.disks) + 1:
            tree.add(element, "boot", order=str(order))
    _add_ports(devices, plan)
    tree.add(devices, "input", type="keyboard", bus=plan.input_bus)
    tree.add(devices, "input", type="tablet", bus=plan.input_bus)
    graphics = tree.add(devices, "graphics", type="vnc")
    tree.add(graphics, "listen", type="socket")
    if plan.has_dbus_display:
        tree.add(devices, "graphics", type="dbus", p2p="yes")
    tree.add(tree.add(devices, "video"), "model", type=plan.video)
    balloon = tree.add(devices, "memballoon", model="virtio")
    tree.add(balloon, "stats", period="2")
    tree.add(tree.add(devices, "rng", model="virtio"), "backend", "/dev/urandom", model="random")
    tree.add(devices, "panic", model="isa")


def _devices_on_ports(plan: NewDomain) -> int:
    # Each takes a root port of its own: xHCI, virtio-serial, SCSI, balloon, RNG, inputs, disks.
    inputs = 2 if plan.input_bus == "virtio" else 0
    return 5 + inputs + len(plan.nics) + sum(disk.bus == "virtio" for disk in plan.disks)


def _add_ports(devices: tree.Element, plan: NewDomain) -> None:
    for port in range(2 if plan.has_log_port else 1):
        serial = tree.add(devices, "serial", type="pty")
        tree.add(serial, "target", type="isa-serial", port=str(port))
    # The sample guest has a log, and a heart that beats while somebody listens.
    for name in (AGENT_CHANNEL, *((HEARTBEAT_CHANNEL,) if plan.has_log_port else ())):
        channel = tree.add(devices, "channel", type="unix")
        tree.add(channel, "target", type="virtio", name=name)
