from backend.model import Disk, Firmware, Nic
from backend.xmldesc import domain

LIVE = """
<domain type='kvm' id='3'>
  <name>web</name><uuid>aaaa</uuid><description> two
lines </description>
  <memory unit='KiB'>2097152</memory><currentMemory unit='KiB'>1048576</currentMemory>
  <vcpu placement='static' current='2'>4</vcpu>
  <os firmware='efi'><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><nvram>/nv.fd</nvram></os>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
      <source file='/d.qcow2'/><target dev='vda' bus='virtio'/><alias name='virtio-disk0'/></disk>
    <disk type='volume' device='disk'><driver name='qemu' type='raw'/>
      <source pool='p' volume='v1'/><target dev='vdb' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
    <interface type='network'><mac address='52:54:00:00:00:01'/>
      <source network='nat' bridge='celabc0'/><target dev='vnet0'/><model type='virtio'/>
      <link state='down'/><alias name='net0'/></interface>
    <interface type='user'><mac address='52:54:00:00:00:02'/></interface>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>
    </channel>
    <graphics type='vnc'/><graphics type='dbus'/><video><model type='virtio'/></video>
  </devices>
</domain>"""


def test_a_running_machine_is_read() -> None:
    told = domain.parse(LIVE)
    made = told.configuration
    assert (told.name, told.uuid, told.notes) == ("web", "aaaa", "two\nlines")
    assert (made.memory_bytes, made.current_memory_bytes) == (2**31, 2**30)
    assert (made.vcpus, made.vcpus_maximum) == (2, 4)
    assert (made.accelerator, made.machine) == ("kvm", "pc-q35-7.2")
    assert (made.firmware, made.nvram) == (Firmware.UEFI, "/nv.fd")
    assert made.is_agent_connected
    assert (made.graphics, made.video) == (("vnc", "dbus"), ("virtio",))


def test_drives_are_read_wherever_their_source_lies() -> None:
    disks = domain.parse(LIVE).configuration.disks
    assert disks == (
        Disk("vda", "virtio", "disk", "/d.qcow2", "qcow2", "virtio-disk0"),
        Disk("vdb", "virtio", "disk", "v1", "raw"),
        Disk("sda", "sata", "cdrom", "", "raw", is_read_only=True),
    )


def test_adapters_are_read() -> None:
    nics = domain.parse(LIVE).configuration.nics
    assert nics == (
        Nic("52:54:00:00:00:01", "network", "nat", "virtio", "net0", "vnet0", is_link_up=False),
        Nic("52:54:00:00:00:02", "user"),
    )


def test_an_adapter_that_runs_is_on_the_switch_that_it_was_plugged_into() -> None:
    text = "<domain><devices><interface type='bridge'><source network='lab' bridge='br0'/>"
    (nic,) = domain.parse(text + "</interface></devices></domain>").configuration.nics
    assert (nic.source_kind, nic.source) == ("network", "lab")


def test_a_bare_description_is_a_bios_machine_without_devices() -> None:
    made = domain.parse("<domain type='qemu'><name>x</name><memory>1024</memory></domain>")
    assert made.configuration.firmware is Firmware.BIOS
    assert made.configuration.current_memory_bytes == 2**20
    assert not made.configuration.has_agent_channel


def test_firmware_by_a_loader_is_uefi_too() -> None:
    text = "<domain><os><loader type='pflash'>/OVMF.fd</loader></os></domain>"
    assert domain.parse(text).configuration.firmware is Firmware.UEFI


def test_the_host_s_own_devices_are_named_as_its_tools_name_them() -> None:
    devices = """
    <hostdev mode='subsystem' type='pci'><source>
      <address domain='0x0000' bus='0x41' slot='0x00' function='0x1'/></source></hostdev>
    <hostdev mode='subsystem' type='usb'><source>
      <vendor id='0x046d'/><product id='0xc52b'/></source></hostdev>
    <hostdev mode='subsystem' type='usb'><source><address bus='3' device='7'/></source></hostdev>
    <hostdev mode='subsystem' type='mdev'><source><address uuid='aa-bb'/></source></hostdev>
    <hostdev mode='capabilities' type='misc'/>
    """
    made = domain.parse(LIVE.replace("<devices>", f"<devices>{devices}")).configuration
    assert made.host_devices == (
        "pci 0000:41:00.1", "usb 046d:c52b", "usb 3.7", "mdev aa-bb", "misc",
    )  # fmt: skip
