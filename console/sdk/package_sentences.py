"""The sentences for packages: machines that go out into a folder, and come in from one.

A part of `console.sdk.sentences`, which would be too long with them.
"""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

PACKAGES: Final[Mapping[str, str]] = {
    "FolderUnfit": NOOP(
        "wording", "Nothing can be written into {path}. Choose a folder of yours that is there."
    ),
    "PackageThere": NOOP(
        "wording",
        "There is something at {path} already, and it stays. Move it away, or choose another "
        "folder.",
    ),
    "PackageLeft": NOOP(
        "wording",
        "Celadon ended before the export did, and a part of it lies at {path}. Delete that, or "
        "choose Export and the same folder again: it is offered there.",
    ),
    "PackageMissing": NOOP(
        "wording",
        "At {path} is no exported virtual machine. Choose its folder, its machine.json, or an OVF "
        "or OVA file.",
    ),
    "PackageBroken": NOOP(
        "wording",
        "What is in {path} cannot be read as a virtual machine. Have it exported anew, or copied "
        "anew from where it came.",
    ),
    "PackageTooNew": NOOP(
        "wording",
        "{path} was exported by a later Celadon. Update this one, and import it then.",
    ),
    "PackageDamaged": NOOP(
        "wording",
        "{name} is not what was exported: it was damaged or changed on the way. Copy the package "
        "anew from where it came.",
    ),
    "PackageUnfit": NOOP(
        "wording",
        "It holds what cannot be imported: {what}. Export it from its own program in another way, "
        "or import its disks alone.",
    ),
    "MachineChanged": NOOP("wording", "{name} was changed while it was exported. Export it again."),
    # What a package has not
    "PackageWithoutPassword": NOOP(
        "wording", "The password of its display is left out. Set it anew after an import."
    ),
    "PackageWithoutKey": NOOP(
        "wording",
        "The key of its encrypted disk is left out: it stays in the server's secrets. Where it is "
        "imported that secret has to be there.",
    ),
    "PackageWithoutTpm": NOOP(
        "wording",
        "What its TPM holds is left out, and a new one is made. A disk that is locked by it "
        "(BitLocker) then asks for its recovery key.",
    ),
    "PackageWithoutCheckpoints": NOOP(
        "wording", "Its checkpoints are left out: it is exported as it is now."
    ),
    "PackageWithoutMedium": NOOP(
        "wording", "{path}, in the drive {target}, is left out: the drive is empty then."
    ),
    "PackageWithoutSwitch": NOOP(
        "wording", "There is no virtual switch {name} here. Choose what it is connected to."
    ),
    "PackageWithoutSums": NOOP(
        "wording", "It came without checksums: damage on the way would not be noticed."
    ),
    "PackageForeign": NOOP(
        "wording",
        "It was made for {program}: its devices become those of QEMU that are most like them.",
    ),
    "PackageReaches": NOOP(
        "wording",
        "It reaches into the server itself by {part}. Import it only if you trust who made it.",
    ),
    "ScriptWithoutList": NOOP(
        "wording",
        "virsh writes no list of the files (machine.json), by which Celadon imports: the Python "
        "script does.",
    ),
}
