"""The sentences for what is read and written: scripts, descriptions and disks that are there.

A part of `console.sdk.sentences`, which would be too long with them.
"""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

WRITTEN: Final[Mapping[str, str]] = {
    # Remarks in scripts, and why there is none
    "ScriptDoesNotWait": NOOP(
        "wording",
        "This asks the guest and returns at once; Celadon asks again and waits until it is off.",
    ),
    "ScriptOpensAnew": NOOP(
        "wording", "virsh connects for each command; this shows whether it can."
    ),
    "ScriptNeedsCeladon": NOOP(
        "wording", "Run it by the Python that Celadon runs by, with Celadon on its path."
    ),
    "ScriptKeepsNoConnection": NOOP(
        "wording",
        "This concerns the connection that Celadon keeps. virsh opens one for each command and "
        "keeps none, so there is nothing to write.",
    ),
    "ScriptNeedsJump": NOOP(
        "wording",
        "{host} is reached through {jump}. virsh reads that from ~/.ssh/config: ProxyJump {jump}.",
    ),
    "ScriptRemovesByHand": NOOP(
        "wording", "libvirt has no command for this one: delete <{tag}> by virsh edit instead."
    ),
    "ScriptHidesPassword": NOOP(
        "wording", "A password stands in this description; put it in place of ***."
    ),
    "ScriptHoldsNoSecret": NOOP(
        "wording",
        "What you answer here is secret, and no script holds it. virsh asks for it itself.",
    ),
    # Definitions of before
    "DefinitionNotKept": NOOP(
        "wording",
        "The journal does not hold that definition, or no longer: what is older than a year is "
        "forgotten. Nothing was changed.",
    ),
    "ChangedAgain": NOOP(
        "wording",
        "What this would set back was changed again since, so nothing was changed. Undo the later "
        "change first, or insist on it in the machine's history.",
    ),
    # Disks that somebody has already
    "ImageNotOnHost": NOOP(
        "wording",
        "{host} has no disk at {path} in its storage. Choose one that it has, or have the image "
        "copied there.",
    ),
    "ImageNeedsCopy": NOOP(
        "wording",
        "QEMU does not run a machine well from {format}, the format of {path}. Have it copied: "
        "that makes it qcow2.",
    ),
    "ImageOutOfReach": NOOP(
        "wording",
        "QEMU runs as {user} here, and that user does not get past {obstacle}. Give it the right, "
        "or have the image copied.",
    ),
    "UefiMissing": NOOP(
        "wording",
        "{host} has no UEFI firmware for guests. Install it there (package ovmf, or edk2-ovmf), or "
        "choose generation 1.",
    ),
    "SecureBootMissing": NOOP(
        "wording",
        "{host} has no UEFI firmware with Secure Boot. Install a newer ovmf there, or do without "
        "Secure Boot.",
    ),
    "DiskNotInPool": NOOP(
        "wording",
        "{path} lies in none of the server's storage locations, so it cannot be copied there. Move "
        "it into one, or take it from {name}.",
    ),
    "NeededUnchanged": NOOP(
        "wording",
        "{name} is what {users} are based on: were it to run, their disks would be destroyed. "
        "Delete them first, or make a full clone of {name} and start that.",
    ),
    "StartsByItself": NOOP(
        "wording",
        "{name} starts with its server, which would destroy the disks that are based on its own. "
        "Turn its automatic start off first, or make full clones.",
    ),
    "SystemsUnknown": NOOP(
        "wording",
        "This computer has no database of operating systems, so none is recognised and the "
        "proposals suit any. To have it, install the package osinfo-db here.",
    ),
    "ImageInUse": NOOP(
        "wording",
        "“{name}” has {path} for a disk already, and two machines that write to one disk destroy "
        "it. Have it copied.",
    ),
    # Descriptions that somebody wrote
    "XmlBroken": NOOP(
        "wording", "Line {line}, column {column}: this is no XML. Mend what the words below name."
    ),
    "XmlForbidden": NOOP(
        "wording",
        "It declares entities or a document type (<!DOCTYPE). No description of libvirt's has one, "
        "and they can make a small text huge. Take them out.",
    ),
    "DescriptionTooLarge": NOOP(
        "wording",
        "This is more than {maximum_bytes}, and no description of a machine is. Choose another "
        "file.",
    ),
    "DescriptionNotRead": NOOP(
        "wording",
        "The file {path} cannot be read as text. Choose another one, or save it as UTF-8.",
    ),
    "WrongDescription": NOOP(
        "wording",
        "This describes a <{found}>, and a <{wanted}> is needed. Paste the whole description of a "
        "machine, as virsh dumpxml writes it.",
    ),
    "PartRefused": NOOP(
        "wording",
        "Line {line}: libvirt does not know {part} there, or not so. Correct it, or take it out.",
    ),
    "UuidInvalid": NOOP(
        "wording", "“{uuid}” is no UUID. Take it out, and libvirt makes one; or correct it."
    ),
    "UuidTaken": NOOP(
        "wording",
        "“{name}” has this UUID ({uuid}) already. Take the UUID out, or change it.",
    ),
    # What to know of a description before it is handed in
    "PartLeftOut": NOOP("wording", "Line {line}: libvirt does not keep {part}. Keep a copy of it."),
    "NetworkNotThere": NOOP(
        "wording",
        "There is no virtual switch “{name}” on this server: the machine will not start before "
        "there is one.",
    ),
    "DiskNotThere": NOOP(
        "wording", "There is no disk at {path}: the machine will not start before there is one."
    ),
    "DiskNotKnown": NOOP(
        "wording", "{path} is in no storage of this server that is known; see that it is there."
    ),
    "DiskShared": NOOP(
        "wording",
        "“{name}” has the disk {path} too. Two machines that write to one disk destroy it.",
    ),
    "AddressShared": NOOP(
        "wording", "“{name}” has an adapter with the address {mac} too. Give this one another."
    ),
    "HypervisorDoubts": NOOP(
        "wording", "As it stands, the hypervisor would not start it. Its own words say why."
    ),
}
