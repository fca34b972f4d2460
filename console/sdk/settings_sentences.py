"""The sentences for settings: what a value may be, and what stands against it."""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

SETTINGS: Final[Mapping[str, str]] = {
    "ValueTooSmall": NOOP(
        "wording", "This is too little: it has to be {minimum} at least. Choose more."
    ),
    "ValueTooLarge": NOOP("wording", "This is too much: it can be {maximum} at most. Choose less."),
    "SizeTooSmall": NOOP(
        "wording", "This is too small: it has to be {minimum_bytes} at least. Choose more."
    ),
    "SizeTooLarge": NOOP(
        "wording", "This is too large: it can be {maximum_bytes} at most. Choose less."
    ),
    "ValueNotOffered": NOOP(
        "wording", "“{value}” will not do here. Choose one of what is offered."
    ),
    "ValueNeeded": NOOP(
        "wording", "It cannot be left empty. Choose what is offered, or type something."
    ),
    "ChangedElsewhere": NOOP(
        "wording",
        "Somebody else changed this meanwhile, from “{before}” to “{now}”. Look at the new value, "
        "and change it again if it is not what you want.",
    ),
    "SettingMissing": NOOP(
        "wording",
        "“{name}” has no place for “{setting}” any more: its device was taken out. Open the "
        "settings again.",
    ),
    "SettingNotKept": NOOP(
        "wording",
        "The hypervisor made “{found}” of “{wanted}”, so everything was left as it was. Try "
        "another value.",
    ),
    "HostLacks": NOOP(
        "wording",
        "This server's hypervisor offers no “{value}” for such a machine. With it "
        "the machine does not start here, if it is taken at all.",
    ),
    "HostCannotRunModel": NOOP(
        "wording",
        "This server's processors cannot do all that “{model}” has. It can be chosen, but the "
        "machine does not start here.",
    ),
    "ShapeUnfit": NOOP(
        "wording", "“{value}” is not understood here. Write it as in this example: “{example}”."
    ),
    "MacUnfit": NOOP(
        "wording",
        "“{value}” is no hardware address of an adapter. Write six pairs of hexadecimal digits, of "
        "which the first is even: 52:54:00:12:34:56.",
    ),
    "SecureBootNeedsUefi": NOOP(
        "wording", "Only UEFI has Secure Boot. Choose UEFI as the machine's firmware first."
    ),
    "TpmMissing": NOOP(
        "wording", "The machine has no TPM. Choose the version of one first, then its model."
    ),
    "HugePagesMissing": NOOP(
        "wording",
        "No huge pages of that size are reserved on this server. Reserve some first, or the "
        "machine does not start here.",
    ),
    "TopologyUnfit": NOOP(
        "wording",
        "Sockets, dies, cores and threads make {product} processors, and the machine has "
        "{processors}. Change one of them so that both are the same.",
    ),
    "LimitsExclude": NOOP(
        "wording",
        "A limit of all traffic and one of reading or writing exclude each other. Clear one of "
        "them.",
    ),
    "NeedsOther": NOOP(
        "wording", "It means nothing without “{setting}”. Set that too, or clear this one."
    ),
    "SharedMemoryNeeded": NOOP(
        "wording", "virtiofs needs shared memory. Turn on shared memory on the page Memory too."
    ),
    "FirmwareStaysWithSystem": NOOP(
        "wording",
        "An installed operating system starts only with the firmware that it was installed with. "
        "Change it before you install.",
    ),
    "FormatDiffers": NOOP(
        "wording",
        "“{path}” is a {found} image, and the drive would read it as {wanted}: the guest would see "
        "garbage, or destroy it. Set Format to {found} too.",
    ),
    "KeptByCeladon": NOOP(
        "wording",
        "The hypervisor has no such setting. Celadon keeps it with the machine, and nothing on the "
        "server acts on it.",
    ),
    "StartedByCeladon": NOOP(
        "wording",
        "Whoever first opens Celadon after this computer started has it start. To have it start "
        "with the computer, run “packaging/machines install” once.",
    ),
    "StartedByLibvirt": NOOP(
        "wording",
        "libvirt starts it as the server starts, together with all others that are marked so.",
    ),
    "InTurnByService": NOOP(
        "wording",
        "Lower numbers start first, where Celadon's service starts them (“packaging/machines "
        "install --uri qemu:///system” on that server), and by Start Machines in Order in the "
        "server's menu. libvirt itself starts all at once.",
    ),
    "StoppedByCeladon": NOOP(
        "wording",
        "It acts by Stop All Machines in the server's menu. To have it act as this computer shuts "
        "down, run “packaging/machines install” once; without it, all are off as in a power cut.",
    ),
    "StoppedByService": NOOP(
        "wording",
        "It acts by Stop All Machines in the server's menu, and as the server shuts down where "
        "Celadon's service is there (“packaging/machines install --uri qemu:///system”). Without "
        "it, the server's own libvirt-guests does the same to all.",
    ),
    "VlanNeedsOpenVSwitch": NOOP(
        "wording",
        "A virtual switch of the hypervisor's own carries VLAN tags only since libvirt 11; before, "
        "the machine does not start. Choose a switch of Open vSwitch.",
    ),
    "DiskInNoPool": NOOP(
        "wording",
        "“{device}” lies in no storage location of this server, so that its size is not known. "
        "Add the location that its file is in first.",
    ),
    "ScriptLeavesRunning": NOOP(
        "wording",
        "In Celadon this acts at once, by more than one command of virsh; this script changes what "
        "the machine starts with next: {settings}.",
    ),
    "TitleOnOneLine": NOOP(
        "wording", "A title is a single line. Put the rest into the notes below it."
    ),
}
