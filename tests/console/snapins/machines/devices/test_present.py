"""Which of the usual devices a machine has."""

from backend.model import Disk, Domain, DomainConfiguration, DomainState, Firmware, Kind, Nic, Ref
from console.snapins.machines.devices.present import adapters, drives


def test_adapters_and_drives_of_a_machine() -> None:
    disk, tray = Disk("vda", "virtio"), Disk("sda", "sata", device="cdrom")
    nic = Nic("52:54:00:00:00:01", "network", "default")
    made = DomainConfiguration(
        memory_bytes=1, current_memory_bytes=1, vcpus=1, vcpus_maximum=1, accelerator="kvm",
        architecture="x86_64", machine="q35", firmware=Firmware.BIOS,
        disks=(disk, tray), nics=(nic,),
    )  # fmt: skip
    domain = Domain(Ref("h", Kind.DOMAIN, "a"), "a", DomainState.OFF, next_start=made)
    assert adapters(domain) == (nic,)
    assert drives(domain, "cdrom", "floppy") == (tray,)
    assert drives(domain, "disk") == (disk,)
    unread = Domain(Ref("h", Kind.DOMAIN, "a"), "a", DomainState.OFF)
    assert (adapters(unread), drives(unread, "disk")) == ((), ())
