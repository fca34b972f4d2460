"""The description of a new domain (https://libvirt.org/formatdomain.html)."""

from backend.model import Disk, Firmware, Nic
from backend.specs import NewDomain
from backend.xmldesc import metadata, tree
from backend.xmldesc.domain import AGENT_CHANNEL


def dump(plan: NewDomain) -> str:
    """Return the <domain> for a machine that is not there yet."""
    root = tree.new("domain", type=plan.accelerator.value)
    tree.add(root, "name", plan.name)
    tree.add(root, "uuid", plan.uuid)
    if plan.notes:
        tree.add(root, "description", plan.notes)
    note = metadata.MachineNote(plan.created_at, plan.source.value)
    tree.add(root, "metadata").append(metadata.dump(note))
    tree.add(root, "memory", str(plan.memory_bytes // 1024), unit="KiB")
    tree.add(root, "vcpu", str(plan.vcpus))
    _add_boot(root, plan)
    features = tree.add(root, "features")
    tree.add(features, "acpi")
    tree.add(features, "apic")
    tree.add(root, "cpu", mode=plan.cpu_mode)
    tree.add(root, "on_poweroff", "destroy")
    tree.add(root, "on_reboot", "restart")
    tree.add(root, "on_crash", "preserve")
    _add_devices(root, plan)
    return tree.write(root)


def _add_boot(root: tree.Element, plan: NewDomain) -> None:
    is_uefi = plan.firmware is Firmware.UEFI
    boot = tree.add(root, "os", **({"firmware": "efi"} if is_uefi else {}))
    tree.add(boot, "type", "hvm", arch=plan.architecture, machine=plan.machine)
    if plan.direct_boot:
        tree.add(boot, "kernel", str(plan.direct_boot.kernel))
        tree.add(boot, "initrd", str(plan.direct_boot.initrd))
        tree.add(boot, "cmdline", plan.direct_boot.command_line)


def _add_devices(root: tree.Element, plan: NewDomain) -> None:
    devices = tree.add(root, "devices")
    tree.add(devices, "controller", type="pci", index="0", model="pcie-root")
    for _ in range(_devices_on_ports(plan) + plan.spare_ports):
        tree.add(devices, "controller", type="pci", model="pcie-root-port")
    tree.add(devices, "controller", type="usb", model="qemu-xhci")
    tree.add(devices, "controller", type="virtio-serial")
    for order, disk in enumerate(plan.disks, start=1):
        _add_disk(devices, disk, order, boots=plan.direct_boot is None)
    for nic in plan.nics:
        _add_nic(devices, nic)
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
    # Each takes a root port of its own: xHCI, virtio-serial, balloon, RNG, inputs, disks.
    inputs = 2 if plan.input_bus == "virtio" else 0
    return 4 + inputs + len(plan.nics) + sum(disk.bus == "virtio" for disk in plan.disks)


def _add_disk(devices: tree.Element, disk: Disk, order: int, *, boots: bool) -> None:
    element = tree.add(devices, "disk", type="file", device=disk.device)
    tree.add(element, "driver", name="qemu", type=disk.format, **_driver_options(disk))
    if disk.source:
        source = tree.add(element, "source", file=disk.source)
        if disk.keeps_owner:
            # libvirt would make QEMU's user the owner of somebody else's image, and leave it so.
            tree.add(source, "seclabel", model="dac", relabel="no")
    tree.add(element, "target", dev=disk.target, bus=disk.bus)
    if disk.is_read_only:
        tree.add(element, "readonly")
    if boots:
        tree.add(element, "boot", order=str(order))


def _driver_options(disk: Disk) -> dict[str, str]:
    return {} if disk.device == "cdrom" else {"discard": "unmap"}


def _add_nic(devices: tree.Element, nic: Nic) -> None:
    element = tree.add(devices, "interface", type=nic.source_kind)
    tree.add(element, "mac", address=nic.mac)
    if nic.source:
        tree.add(element, "source", **{nic.source_kind: nic.source})
    tree.add(element, "model", type=nic.model)


def _add_ports(devices: tree.Element, plan: NewDomain) -> None:
    for port in range(2 if plan.has_log_port else 1):
        serial = tree.add(devices, "serial", type="pty")
        tree.add(serial, "target", type="isa-serial", port=str(port))
    channel = tree.add(devices, "channel", type="unix")
    tree.add(channel, "target", type="virtio", name=AGENT_CHANNEL)
