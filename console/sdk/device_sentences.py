"""The sentences for devices that come and go: why not, and what the guest has to say of it."""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

DEVICES: Final[Mapping[str, str]] = {
    "NoFreeSlot": NOOP(
        "wording",
        "All hot-plug slots of “{name}” are taken. Remove a device, or add this one at the next "
        "start: it then gets a slot of its own.",
    ),
    "NoController": NOOP(
        "wording",
        "The machine runs without a controller for the bus “{bus}”. Choose another bus, or add the "
        "device at the next start.",
    ),
    "BusNotHotPluggable": NOOP(
        "wording",
        "What is on the bus “{bus}” comes and goes only while the machine is off. Choose another "
        "bus, or have it changed at the next start.",
    ),
    "MachinesNotStarted": NOOP(
        "wording", "These did not start with their server: {names}. Start each to see why."
    ),
    "MachinesNotStopped": NOOP(
        "wording", "These still run: {names}. Turn them off, or shut the server down without them."
    ),
    "DisplayNeedsVideo": NOOP(
        "wording",
        "It draws what the display shows. Add another video adapter first, or remove the displays.",
    ),
    "NotDefined": NOOP(
        "wording",
        "“{name}” has no definition: it ends when it is turned off, and has no next start. Change "
        "it while it runs.",
    ),
    "HasSavedState": NOOP(
        "wording",
        "“{name}” is saved, and goes on with the devices that it had. Start it and change it then, "
        "or delete the saved state first.",
    ),
    "NetworkInactive": NOOP(
        "wording", "The virtual switch “{name}” is off. Start it, or choose another one."
    ),
    "PoolInactive": NOOP(
        "wording", "The storage location “{name}” is off. Start it, or choose another one."
    ),
    "PoolUnfit": NOOP(
        "wording",
        "In the storage location “{name}” (of the type {type}) no disk can be made here. Choose "
        "another one, or a disk that is there already.",
    ),
    "DeviceRefused": NOOP(
        "wording",
        "The hypervisor refused {device}, and nothing was changed. What it said stands in the "
        "details.",
    ),
    "PlaceTaken": NOOP(
        "wording",
        "Somebody else added a device as {device} again and again in the same moment. Nothing was "
        "changed: try again.",
    ),
    "DeviceMissing": NOOP(
        "wording",
        "“{name}” has no device {device} any more. Somebody may have removed it: choose Refresh.",
    ),
    "MachineStopped": NOOP(
        "wording",
        "“{name}” stopped in the middle of it, and starts next with what its definition says. Look "
        "at its events for why it stopped.",
    ),
    "GuestKeepsDevice": NOOP(
        "wording",
        "The guest was asked to let {device} go and still has it after {seconds}. It may be "
        "paused, starting or busy: ask again, or remove it at the next start.",
    ),
    "GuestRefusedRemoval": NOOP(
        "wording",
        "The guest does not let {device} go, as it is in use there. Stop using it in the guest "
        "and ask again, or remove it at the next start.",
    ),
    "DefinedOtherwise": NOOP(
        "wording",
        "The guest has let {device} go. By that name the definition has another drive, which "
        "stays: remove it at the next start, if it is to go too.",
    ),
    "DriveNeedsImage": NOOP(
        "wording",
        "This hypervisor takes no empty DVD drive while the machine runs. Choose an image for it, "
        "or add the drive at the next start.",
    ),
    "FileKept": NOOP(
        "wording",
        "It is not known whether a machine uses the new virtual hard disk by now: if none does, "
        "delete it in its storage location. It is {path}.",
    ),
    "FileLeft": NOOP(
        "wording",
        "No machine uses it: delete it in its storage location, or add it to a machine. Celadon "
        "ended before the job did that made it. It is {path}.",
    ),
    "VolumeInUse": NOOP("wording", "“{name}” uses {path}, so it stays. Remove it there first."),
    "VolumeTaken": NOOP(
        "wording",
        "Somebody else made a virtual hard disk called “{name}” in the same moment. Nothing was "
        "changed: try again, and this one gets another name.",
    ),
    "NoMemoryRoom": NOOP(
        "wording",
        "“{name}” was started without room for more memory. Add it at the next start, or make "
        "room, which holds from the next start on.",
    ),
    "MemoryRoomFull": NOOP(
        "wording",
        "“{name}” has all the memory that it can get while it runs ({room_bytes}). Add more at "
        "the next start.",
    ),
    "MemoryTooMuch": NOOP(
        "wording",
        "No more than {free_bytes} can be added now. Choose less, or add it at the next start.",
    ),
    "MemoryUneven": NOOP(
        "wording", "Memory comes in pieces of {step_bytes}. Choose a multiple of that."
    ),
    "NoMemorySlot": NOOP(
        "wording",
        "All {slots} slots for memory modules of “{name}” are taken. Add memory that can shrink, "
        "which needs none, or add it at the next start.",
    ),
    "NoBalloon": NOOP(
        "wording",
        "“{name}” has no balloon, through which memory is given to a guest and taken from it.",
    ),
    "BalloonEmpty": NOOP(
        "wording", "The guest of “{name}” has all the memory that its balloon could give back."
    ),
    "MemoryAtStart": NOOP(
        "wording", "What a machine starts with is fixed while it runs. Choose “At the next start”."
    ),
    "MemoryWhileRunning": NOOP(
        "wording", "This way memory is added to a machine that runs, and not at its start."
    ),
    "MemoryStays": NOOP(
        "wording",
        "This memory can be made smaller while the machine runs, but its device cannot be taken "
        "out. Remove it at the next start.",
    ),
    "NoCpuRoom": NOOP(
        "wording",
        "“{name}” runs with all the processors that it can have ({maximum}). Add more at the next "
        "start: it then has room for others.",
    ),
    "TooManyCpus": NOOP(
        "wording", "A machine on this server can have {maximum} processors at most."
    ),
    "CpusStay": NOOP(
        "wording",
        "Of an emulated guest no processor is taken away while it runs: QEMU would fail of it "
        "later. It has fewer from its next start on.",
    ),
    "GuestKeepsCpus": NOOP(
        "wording",
        "The guest was asked for processors and kept them: the machine has {count}. Try again, or "
        "have it changed at the next start.",
    ),
    "GuestKeepsMemory": NOOP(
        "wording",
        "After {seconds} the guest still holds {held_bytes}, and all is as it was before. It may "
        "be busy, or need that memory itself: ask for less, or try again.",
    ),
    "MemoryBeyondBalloon": NOOP(
        "wording",
        "While it runs the balloon gives {limit_bytes} at most. Add Device gives more at once; "
        "otherwise it starts with that.",
    ),
    "SwitchFixed": NOOP(
        "wording",
        "While the machine runs, the hypervisor moves an adapter only from one Linux bridge to "
        "another, not to or from Open vSwitch or user-mode networking. {device} is moved at the "
        "next start.",
    ),
    "VlanFixed": NOOP(
        "wording",
        "Only a switch of Open vSwitch puts an adapter into another VLAN while the machine runs. "
        "{device} is put there at the next start.",
    ),
    "LimitsNeedSwitch": NOOP(
        "wording",
        "{device} is on user-mode networking, where the server bounds no bandwidth. Connect it to "
        "a virtual switch first.",
    ),
    "DiskFixed": NOOP(
        "wording",
        "While the machine runs, only what is in a DVD drive can be changed. {device} holds "
        "something else from its next start on.",
    ),
    "TrayLocked": NOOP(
        "wording",
        "The guest holds the tray of {device} shut, as it uses what is in it. Eject the disc in "
        "the guest and try again, or have Insert or Eject Disc eject it by force.",
    ),
    "TrayStuck": NOOP(
        "wording",
        "The server's libvirt does not move the tray of {device}: older ones cannot where the "
        "drive was added to a machine that ran. Eject the disc in the guest and try again, or "
        "remove the drive and add it with the other disc.",
    ),
    "GuestTakesNotAll": NOOP(
        "wording",
        "The guest has not taken it into use yet. It may need a driver, or somebody who takes it "
        "into use; a guest that is busy may need more time.",
    ),
    "GuestPaused": NOOP(
        "wording",
        "The machine is paused: its guest cannot answer now. It goes on with the device when you "
        "resume it.",
    ),
    "GuestTellsNothing": NOOP(
        "wording",
        "Nothing in the guest tells of it. Install the guest agent to be told more, or look at "
        "the machine's screen.",
    ),
    "GuestShowsNothing": NOOP(
        "wording",
        "The guest answers and does not use the device yet. It may need a driver, or somebody who "
        "takes the device into use.",
    ),
    "NoEventHeard": NOOP(
        "wording",
        "The hypervisor tells no event of it here. Look into the guest to see whether it has the "
        "device.",
    ),
    "OnlyAtNextStart": NOOP(
        "wording",
        "It comes and goes only while the machine is off: choose “At the next start”.",
    ),
    "OnlyOne": NOOP("wording", "“{name}” has one, and can have no other. Remove that one first."),
    "NotOnHost": NOOP("wording", "The server's hypervisor has no such device: a newer one may."),
    "NoOldSlot": NOOP(
        "wording",
        "It needs a slot of conventional PCI, and “{name}” runs without a free one: choose “At the "
        "next start”.",
    ),
    "NoPortsHere": NOOP(
        "wording", "Machines of this type have their slots built in, and take no more of them."
    ),
    "ControllerInUse": NOOP(
        "wording", "Something is plugged into it. Remove what is plugged into it first."
    ),
    "DeviceNameTaken": NOOP("wording", "The machine has one called “{name}”. Choose another name."),
    "NoRedirection": NOOP(
        "wording",
        "The server's QEMU cannot redirect USB. Install the package that has its usb-redir device.",
    ),
    "AddressTaken": NOOP(
        "wording",
        "The server cannot listen there: another program does, or the address is not the server's. "
        "Choose another port, or 127.0.0.1.",
    ),
    "NoAddressWithPort": NOOP(
        "wording", "Type an address and a port, as 127.0.0.1:4000 or [::1]:4000."
    ),
    "NeedsSpice": NOOP(
        "wording", "“{name}” has no SPICE display, and only its viewers hand devices on."
    ),
    "NoTpmEmulator": NOOP(
        "wording",
        "The server has nothing that emulates a TPM. Install swtpm there (package “swtpm” or "
        "“swtpm-tools”), and choose Refresh.",
    ),
    "NoTpmOnHost": NOOP(
        "wording",
        "The server has no TPM of its own (/dev/tpm0) that its hypervisor could hand on. Choose "
        "one that is emulated.",
    ),
    "TpmNeedsUefi": NOOP(
        "wording",
        "“{name}” is started from a kernel with a RAM disk by a BIOS, and QEMU would lay that disk "
        "over the tables by which the guest finds its devices. Choose UEFI in Settings first, or "
        "have it start from its own disk.",
    ),
    "WatchdogsActAlike": NOOP(
        "wording",
        "“{name}” has a watchdog in its chipset that acts by “{action}”, and all of a machine act "
        "alike. Choose that, or change it in Settings.",
    ),
    "HostTpmUnknown": NOOP(
        "wording",
        "Whether the server has a TPM of its own cannot be seen from here. Connect to it by SSH, "
        "or choose one that is emulated.",
    ),
    "NoVsockOnHost": NOOP(
        "wording",
        "The server's kernel has no vhost_vsock. Load it there: modprobe vhost_vsock.",
    ),
    "NoSharedMemory": NOOP(
        "wording",
        "“{name}” runs with memory that nobody can share. Choose “At the next start”: it gets "
        "memory that can be.",
    ),
    "ShareNotWhileRunning": NOOP(
        "wording",
        "libvirt on this server would crash of it: before version 10 it takes shares while a "
        "machine runs only with cgroups. Choose “At the next start”.",
    ),
    "NoShareProgram": NOOP(
        "wording",
        "The server could not start virtiofsd for it. Install it there (package “virtiofsd” or "
        "“qemu-system-common”); what the hypervisor said stands in the details.",
    ),
    "ShareProgramEnded": NOOP(
        "wording",
        "The server's virtiofsd, which shares folders, ended at once: its log beside the machine's "
        "says why. One that an ordinary user runs needs user namespaces (on Ubuntu: sysctl "
        "kernel.apparmor_restrict_unprivileged_userns=0).",
    ),
    "NoIommu": NOOP(
        "wording",
        "The server has no IOMMU, or has it off: without one its PCI devices are its own. Turn on "
        "VT-d or AMD-Vi in its firmware, and intel_iommu=on for its kernel.",
    ),
    "TakenByMachine": NOOP(
        "wording", "“{name}” has this device of the server. Remove it there first."
    ),
    "HostNeedsDevice": NOOP(
        "wording", "The server has disks of its own on it, {disks}, and would lose them."
    ),
    "NoHostDevices": NOOP(
        "wording", "The server has no such device. Plug one in, and begin again."
    ),
    "HostDevicesUnknown": NOOP(
        "wording",
        "The server does not tell which devices it has: its libvirt is without node devices.",
    ),
    "NoVlans": NOOP(
        "wording",
        "The switch “{name}” knows no VLANs. Those of Open vSwitch do, and adapters that the "
        "server passes on.",
    ),
    "NoNumber": NOOP("wording", "Type a whole number of bytes a second, or leave it empty."),
    "NoChannelName": NOOP(
        "wording", "Type a name of letters, digits, dots and dashes, as org.example.agent.0."
    ),
    "NoWholePath": NOOP("wording", "Type the whole path of a folder on the server, as /srv/data."),
    "NoShareName": NOOP(
        "wording", "Type a name of up to 35 letters, digits, dots and dashes, without spaces."
    ),
    "NoSuchChoice": NOOP(
        "wording", "“{name}” cannot be chosen here. Begin again to see what can be."
    ),
    "NotThereYet": NOOP("wording", "It only comes at the next start: choose “At the next start”."),
    "NobodyTells": NOOP(
        "wording",
        "Neither the hypervisor nor the guest agent tells whether the guest uses it. Look into "
        "the guest.",
    ),
}
