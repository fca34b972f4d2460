"""A machine with a device of each kind, and for each field of Settings what it is set to."""

from dataclasses import dataclass

from backend.fields import Field
from backend.settings import Edit, Setting, Value

UUID = "0b5c5d9c-54e1-4a6e-9c8b-5e7711a50001"
MAC, OTHER_MAC = "52:54:00:5e:77:01", "52:54:00:5e:77:02"
MIB = 2**20

MACHINE = f"""
<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>settings</name>
  <uuid>{UUID}</uuid>
  <metadata>
    <nova:instance xmlns:nova='http://openstack.org/xmlns/libvirt/nova/1.1'>
      <nova:name>foreign</nova:name>
    </nova:instance>
  </metadata>
  <memory unit='MiB'>512</memory>
  <currentMemory unit='MiB'>512</currentMemory>
  <vcpu placement='static'>2</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><boot dev='hd'/></os>
  <features><acpi/><apic/></features>
  <clock offset='utc'><timer name='rtc' tickpolicy='catchup'/></clock>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' discard='unmap'/>
      <source file='/nowhere/settings.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='block' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source dev='/dev/nowhere'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <interface type='user'><mac address='{MAC}'/><model type='virtio'/></interface>
    <interface type='network'>
      <mac address='{OTHER_MAC}'/><source network='default'/><model type='e1000e'/>
    </interface>
    <serial type='pty'/>
    <serial type='file'><source path='/nowhere/serial'/></serial>
    <input type='tablet' bus='usb'/>
    <graphics type='vnc' port='-1' autoport='yes' passwd='secret'/>
    <graphics type='spice' port='-1' autoport='yes'/>
    <video><model type='qxl'/></video>
    <video><model type='virtio'/></video>
    <sound model='ich9'/>
    <hostdev mode='subsystem' type='usb'>
      <source><vendor id='0x1d6b'/><product id='0x0001'/></source>
    </hostdev>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0x0000' bus='0x00' slot='0x05' function='0x0'/></source>
    </hostdev>
    <filesystem type='mount' accessmode='mapped'>
      <source dir='/srv'/><target dir='share'/>
    </filesystem>
    <memballoon model='virtio'/>
    <watchdog model='i6300esb' action='reset'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
    <vsock model='virtio'><cid auto='yes'/></vsock>
  </devices>
  <qemu:commandline><qemu:arg value='-name'/><qemu:arg value='foreign'/></qemu:commandline>
</domain>
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a device: the values that it is set to one after the other, `given` others."""

    device: str
    field: Field
    values: tuple[Value, ...]
    given: tuple[Edit, ...] = ()

    @property
    def setting(self) -> Setting:
        """What is set."""
        return Setting(self.field, self.device)


ON, OFF = True, False
KIND, TPM = Setting(Field.FIRMWARE_KIND), Setting(Field.SECURITY_TPM)
LIMIT, RATE = Setting(Field.MEMORY_LIMIT), Setting(Field.RNG_RATE_BYTES, "0")
IN = Setting(Field.ADAPTER_IN_AVERAGE, OTHER_MAC)
OUT = Setting(Field.ADAPTER_OUT_AVERAGE, OTHER_MAC)
F = Field
TABLE: tuple[Row, ...] = (
    Row("", F.FIRMWARE_KIND, ("uefi",)),
    Row("", F.FIRMWARE_BOOT_ORDER, ((f"adapter:{MAC}", "drive:vda", "drive:sda"),)),
    Row("", F.FIRMWARE_BOOT_MENU, (ON, OFF)),
    Row("", F.FIRMWARE_MACHINE, ("pc-q35-7.1",)),
    Row("", F.FIRMWARE_CLOCK, ("localtime",)),
    Row("", F.FIRMWARE_KERNEL, ("/nowhere/vmlinuz",)),
    Row("", F.FIRMWARE_INITRD, ("/nowhere/initrd",)),
    Row("", F.FIRMWARE_COMMAND_LINE, ("console=ttyS0 a=<&>",)),
    Row("", F.SECURITY_TPM, ("2.0", "1.2")),
    Row("", F.MEMORY_STARTUP, (256 * MIB, 1024 * MIB)),
    Row("", F.MEMORY_MAXIMUM, (256 * MIB, 1024 * MIB)),
    Row("", F.MEMORY_MINIMUM, (128 * MIB,)),
    Row("", F.MEMORY_LIMIT, (2048 * MIB,)),
    Row("", F.MEMORY_BALLOON, ("none",)),
    Row("", F.MEMORY_REPORTING, (ON,)),
    Row("", F.MEMORY_HUGE_PAGES, (0, 2 * MIB)),
    Row("", F.MEMORY_LOCKED, (ON,)),
    Row("", F.MEMORY_SHARED, (ON,)),
    Row("", F.MEMORY_MERGEABLE, (OFF,)),
    Row("", F.MEMORY_HARD_LIMIT, (2048 * MIB,)),
    Row("", F.MEMORY_SOFT_LIMIT, (1024 * MIB,)),
    Row("", F.PROCESSOR_COUNT, (1, 4)),
    Row("", F.PROCESSOR_MAXIMUM, (1, 8)),
    Row("", F.PROCESSOR_SOCKETS, (2,)),
    Row("", F.PROCESSOR_CORES, (2,)),
    Row("", F.PROCESSOR_THREADS, (2,)),
    Row("", F.PROCESSOR_MODEL, ("host-model", "maximum", "EPYC")),
    Row("", F.PROCESSOR_CPUSET, ("0",)),
    Row("", F.PROCESSOR_PINNING, (("0=0", "1=0-1"),)),
    Row("", F.PROCESSOR_EMULATOR_PIN, ("0-1",)),
    Row("", F.PROCESSOR_SHARES, (512,)),
    Row("", F.PROCESSOR_PERIOD_US, (50_000,)),
    Row("", F.PROCESSOR_QUOTA_US, (20_000,)),
    Row("scsi:0", F.CONTROLLER_MODEL, ("lsilogic",)),
    Row("scsi:0", F.CONTROLLER_QUEUES, (4,)),
    Row("vda", F.DRIVE_SOURCE, ("/nowhere/other.qcow2", "/dev/elsewhere")),
    Row("sda", F.DRIVE_SOURCE, ("/nowhere/dvd.iso",)),
    Row("vda", F.DRIVE_FORMAT, ("raw",)),
    Row("vda", F.DRIVE_BUS, ("sata", "scsi", "usb")),
    Row("vda", F.DRIVE_CACHE, ("none", "writeback", "writethrough", "directsync", "unsafe")),
    Row("vda", F.DRIVE_DISCARD, ("ignore", None)),
    Row("vda", F.DRIVE_DETECT_ZEROES, ("on", "unmap")),
    Row("vda", F.DRIVE_IO, ("threads", "io_uring")),
    Row("vda", F.DRIVE_ON_ERROR, ("stop", "report", "enospace")),
    Row("vda", F.DRIVE_QUEUES, (2,)),
    Row("vda", F.DRIVE_READ_ONLY, (ON,)),
    Row("vdb", F.DRIVE_SHAREABLE, (ON,)),
    Row("vda", F.DRIVE_SERIAL, ("A-1",)),
    Row("vda", F.DRIVE_TOTAL_BYTES_S, (10 * MIB,)),
    Row("vda", F.DRIVE_READ_BYTES_S, (10 * MIB,)),
    Row("vda", F.DRIVE_WRITE_BYTES_S, (10 * MIB,)),
    Row("vda", F.DRIVE_TOTAL_IOPS, (100,)),
    Row("vda", F.DRIVE_READ_IOPS, (100,)),
    Row("vda", F.DRIVE_WRITE_IOPS, (100,)),
    Row(MAC, F.ADAPTER_SWITCH, ("default", "bridge:br0", "direct:eth0")),
    Row(OTHER_MAC, F.ADAPTER_SWITCH, ("other", "user")),
    Row(MAC, F.ADAPTER_LINK, (OFF,)),
    Row(MAC, F.ADAPTER_MODEL, ("e1000e",)),
    Row(MAC, F.ADAPTER_MAC, ("52:54:00:5e:77:0f",)),
    Row(OTHER_MAC, F.ADAPTER_VLAN, (("10",), ("10", "20"))),
    Row(OTHER_MAC, F.ADAPTER_FILTER, ("clean-traffic",)),
    Row(OTHER_MAC, F.ADAPTER_IN_AVERAGE, (MIB,)),
    Row(OTHER_MAC, F.ADAPTER_OUT_AVERAGE, (MIB,)),
    Row(OTHER_MAC, F.ADAPTER_MTU, (9000,)),
    Row(MAC, F.ADAPTER_QUEUES, (4,)),
    Row(OTHER_MAC, F.ADAPTER_ISOLATED, (ON,)),
    Row(MAC, F.ADAPTER_TRUSTED, (ON,)),
    Row("0", F.DISPLAY_KIND, ("dbus",)),
    Row("0", F.DISPLAY_LISTEN, ("127.0.0.2",)),
    Row("0", F.DISPLAY_PORT, (5999,)),
    Row("0", F.DISPLAY_KEYMAP, ("de",)),
    Row("0", F.DISPLAY_SHARING, ("force-shared",)),
    Row("1", F.DISPLAY_CLIPBOARD, (OFF,)),
    Row("1", F.DISPLAY_FILE_TRANSFER, (OFF,)),
    Row("0", F.VIDEO_MODEL, ("vga", "virtio")),
    Row("0", F.VIDEO_MEMORY, (32 * MIB,)),
    Row("0", F.VIDEO_HEADS, (2,)),
    Row("1", F.VIDEO_3D, (OFF,)),
    Row("0", F.INPUT_KIND, ("mouse",)),
    Row("0", F.INPUT_BUS, ("virtio",)),
    Row("0", F.SOUND_MODEL, ("ich6", "ac97", "usb")),
    Row("0", F.SERIAL_KIND, ("tcp", "file", "null")),
    Row("1", F.SERIAL_PATH, ("/nowhere/else",)),
    Row("1", F.SERIAL_LOG, ("/nowhere/log",)),
    Row("1", F.HOST_DEVICE_MANAGED, (OFF,)),
    Row("1", F.HOST_DEVICE_ROM, (OFF,)),
    Row("1", F.HOST_DEVICE_ROM_FILE, ("/nowhere/rom",)),
    Row("0", F.HOST_DEVICE_STARTUP, ("optional",)),
    # Newer libvirt has no ib700 on a q35, which leaves one model to choose there.
    Row("", F.WATCHDOG_MODEL, (None,)),
    Row("", F.WATCHDOG_ACTION, ("poweroff", "none")),
    Row("", F.PANIC_MODEL, ("isa",)),
    Row("0", F.RNG_SOURCE, ("/dev/random",)),
    Row("0", F.RNG_RATE_BYTES, (1024,)),
    Row("0", F.SHARE_SOURCE, ("/opt",)),
    Row("0", F.SHARE_TAG, ("other",)),
    Row("0", F.SHARE_DRIVER, ("path",)),
    Row("0", F.SHARE_ACCESS, ("squash",)),
    Row("0", F.SHARE_READ_ONLY, (ON,)),
    Row("", F.VSOCK, (OFF,)),
    Row("", F.VSOCK_CID, (42,)),
    Row("", F.NAME, ("renamed",)),
    Row("", F.NAME_TITLE, ("A title",)),
    Row("", F.NAME_NOTES, ("Two\nlines",)),
    Row("", F.INTEGRATION_AGENT, (ON,)),
    Row("", F.INTEGRATION_HEARTBEAT, (ON,)),
    Row("", F.CHECKPOINT_KIND, ("production", "disabled")),
    Row("", F.CHECKPOINT_AUTOMATIC, (ON,)),
    Row("", F.AUTOSTART, (ON,)),
    Row("", F.START_ORDER, (3,)),
    Row("", F.START_DELAY_S, (30,)),
    Row("", F.STOP_ACTION, ("save", "shut_down")),
    Row("", F.STOP_TIMEOUT_S, (120,)),
    Row("", F.ON_POWEROFF, ("restart",)),
    Row("", F.ON_REBOOT, ("destroy",)),
    Row("", F.ON_CRASH, ("preserve", "coredump-restart")),
    Row("", F.SECURITY_SECURE_BOOT, (ON, OFF), (Edit(KIND, "uefi"),)),
    Row("", F.SECURITY_TPM_MODEL, ("tpm-crb",), (Edit(TPM, "2.0"),)),
    Row("", F.SECURITY_LAUNCH, ("sev",)),
    Row("", F.MEMORY_SLOTS, (8,), (Edit(LIMIT, 2048 * MIB),)),
    Row("", F.PROCESSOR_DIES, (2,)),
    Row("", F.PROCESSOR_FEATURES, (("disable hle", "require vmx"),)),
    Row(OTHER_MAC, F.ADAPTER_IN_PEAK, (2 * MIB,), (Edit(IN, MIB),)),
    Row(OTHER_MAC, F.ADAPTER_IN_BURST, (2 * MIB,), (Edit(IN, MIB),)),
    Row(OTHER_MAC, F.ADAPTER_OUT_PEAK, (2 * MIB,), (Edit(OUT, MIB),)),
    Row(OTHER_MAC, F.ADAPTER_OUT_BURST, (2 * MIB,), (Edit(OUT, MIB),)),
    Row("0", F.RNG_RATE_PERIOD_MS, (500,), (Edit(RATE, 1024),)),
)
"""Each field, in one place that the machine has for it."""
