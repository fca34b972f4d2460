"""What somebody wrote or chose that will not do: descriptions of machines, and disks for them.

Errors like those of `backend.errors`, of which there are too many for one module.
"""

from backend.errors import BackendError

# Disks that somebody has already


class ImageNotOnHost(BackendError):
    """The host `host` has no volume at `path`, and sees no file of this computer."""

    message_id = "ImageNotOnHost"


class ImageNeedsCopy(BackendError):
    """QEMU only converts from the `format` of the image at `path`: it is not run from there."""

    message_id = "ImageNeedsCopy"


class ImageOutOfReach(BackendError):
    """QEMU's user, `user`, does not get past `obstacle` to the image at `path`."""

    message_id = "ImageOutOfReach"


class ImageInUse(BackendError):
    """The machine `name` has the image at `path` for a disk already."""

    message_id = "ImageInUse"


class UefiMissing(BackendError):
    """The hypervisor of `host` knows no UEFI firmware."""

    message_id = "UefiMissing"


class SecureBootMissing(BackendError):
    """The hypervisor of `host` knows no UEFI firmware with Secure Boot."""

    message_id = "SecureBootMissing"


class DiskNotInPool(BackendError):
    """The disk at `path` of the machine `name` lies in no pool that files are made in."""

    message_id = "DiskNotInPool"


class NeededUnchanged(BackendError):
    """The disks of `users` are based on a disk of the machine `name`: it must not change."""

    message_id = "NeededUnchanged"


class StartsByItself(BackendError):
    """The machine `name` starts with its host: no disk can be based on one of its own."""

    message_id = "StartsByItself"


class SystemsUnknown(BackendError):
    """No database of operating systems (libosinfo's) is on this computer."""

    message_id = "SystemsUnknown"


# Descriptions that somebody wrote


class XmlBroken(BackendError):
    """The text is no XML from `line`, `column` on (both from 1); the detail says what is wrong."""

    message_id = "XmlBroken"


class XmlForbidden(BackendError):
    """The text declares entities or a document type, which no description of libvirt's has."""

    message_id = "XmlForbidden"


class DescriptionTooLarge(BackendError):
    """The text is longer than `maximum_bytes`."""

    message_id = "DescriptionTooLarge"


class DescriptionNotRead(BackendError):
    """The file at `path` holds no text that can be read; the detail says why."""

    message_id = "DescriptionNotRead"


class WrongDescription(BackendError):
    """The text describes a `found`, and a `wanted` is needed."""

    message_id = "WrongDescription"


class PartRefused(BackendError):
    """libvirt's schema has no place for `part`, in `line`; the detail is in its own words."""

    message_id = "PartRefused"


class UuidInvalid(BackendError):
    """The text names a UUID, `uuid`, that is none."""

    message_id = "UuidInvalid"


class UuidTaken(BackendError):
    """The machine `name` has the UUID `uuid` already."""

    message_id = "UuidTaken"


# Devices that come and go


class NoFreeSlot(BackendError):
    """The machine `name` runs with all of its hot-plug slots taken."""

    message_id = "NoFreeSlot"


class NoController(BackendError):
    """The machine runs without a controller for the bus `bus`."""

    message_id = "NoController"


class BusNotHotPluggable(BackendError):
    """What is on the bus `bus` comes and goes only while the machine is off."""

    message_id = "BusNotHotPluggable"


class MachinesNotStarted(BackendError):
    """Of the machines that start with their host `names` did not; the detail says why of each."""

    message_id = "MachinesNotStarted"


class MachinesNotStopped(BackendError):
    """Of the machines that were to stop `names` did not; the detail says why of each."""

    message_id = "MachinesNotStopped"


class DisplayNeedsVideo(BackendError):
    """It is the only video adapter of a machine with a display: libvirt has another at once."""

    message_id = "DisplayNeedsVideo"


class NotDefined(BackendError):
    """The machine `name` has no definition: there is no next start."""

    message_id = "NotDefined"


class HasSavedState(BackendError):
    """The machine `name` goes on from a saved state, with the devices that it had."""

    message_id = "HasSavedState"


class NetworkInactive(BackendError):
    """The network `name` is not active."""

    message_id = "NetworkInactive"


class PoolInactive(BackendError):
    """The storage pool `name` is not active."""

    message_id = "PoolInactive"


class PoolUnfit(BackendError):
    """In the storage pool `name`, of libvirt's type `type`, no file can be made."""

    message_id = "PoolUnfit"


class DeviceRefused(BackendError):
    """The hypervisor does not take `device`, or does not let it go; the detail is in its words."""

    message_id = "DeviceRefused"


class PlaceTaken(BackendError):
    """Somebody else added a device as `device` to the machine in the same moment."""

    message_id = "PlaceTaken"


class DeviceMissing(BackendError):
    """The machine `name` has no `device`."""

    message_id = "DeviceMissing"


class MachineStopped(BackendError):
    """The machine `name` stopped while something was done to it; the detail says what it said."""

    message_id = "MachineStopped"


class GuestKeepsDevice(BackendError):
    """The guest has been asked to let `device` go and still has it after `seconds`."""

    message_id = "GuestKeepsDevice"


class DefinedOtherwise(BackendError):
    """The guest let `device` go; what its machine's definition has by that name is another one."""

    message_id = "DefinedOtherwise"


class GuestRefusedRemoval(BackendError):
    """The guest said that it does not let `device` go."""

    message_id = "GuestRefusedRemoval"


class DriveNeedsImage(BackendError):
    """The hypervisor does not take a DVD drive without an image while the machine runs."""

    message_id = "DriveNeedsImage"


class FileKept(BackendError):
    """The file at `path` was made and kept: nobody knows whether a machine uses it by now."""

    message_id = "FileKept"


class FileLeft(BackendError):
    """The file at `path` was made by a job that was cut off, and no machine uses it."""

    message_id = "FileLeft"


class VolumeInUse(BackendError):
    """The machine, or the virtual hard disk, `name` uses the one at `path`."""

    message_id = "VolumeInUse"


class VolumeTaken(BackendError):
    """A volume called `name` came into being in the same moment, from elsewhere."""

    message_id = "VolumeTaken"


# Other devices, and what a host has for them


class OnlyAtNextStart(BackendError):
    """The hypervisor takes such a device, and lets it go, only while the machine is off."""

    message_id = "OnlyAtNextStart"


class OnlyOne(BackendError):
    """The machine `name` has one, and cannot have another."""

    message_id = "OnlyOne"


class NotOnHost(BackendError):
    """The host's hypervisor has no such device."""

    message_id = "NotOnHost"


class NoOldSlot(BackendError):
    """The machine `name` runs without a free slot of conventional PCI."""

    message_id = "NoOldSlot"


class NoPortsHere(BackendError):
    """The machine's type has no PCIe ports: its slots are built in."""

    message_id = "NoPortsHere"


class ControllerInUse(BackendError):
    """Something of the machine is plugged into the controller."""

    message_id = "ControllerInUse"


class DeviceNameTaken(BackendError):
    """The machine has such a device called `name`."""

    message_id = "DeviceNameTaken"


class NeedsSpice(BackendError):
    """The machine `name` has no SPICE display, whose viewers' devices it would have."""

    message_id = "NeedsSpice"


class NoTpmEmulator(BackendError):
    """The host has no swtpm, which emulates a TPM."""

    message_id = "NoTpmEmulator"


class NoTpmOnHost(BackendError):
    """The host has no TPM of its own, or its hypervisor hands none on."""

    message_id = "NoTpmOnHost"


class NoVsockOnHost(BackendError):
    """The host's kernel has no vhost_vsock; the detail is in the hypervisor's words."""

    message_id = "NoVsockOnHost"


class NoSharedMemory(BackendError):
    """The machine `name` runs with memory of its own, which nobody can share."""

    message_id = "NoSharedMemory"


class NoShareProgram(BackendError):
    """The host has no virtiofsd that works; the detail is in the hypervisor's words."""

    message_id = "NoShareProgram"


class NoIommu(BackendError):
    """The host has no IOMMU, or has it turned off: its PCI devices are its own."""

    message_id = "NoIommu"


class TakenByMachine(BackendError):
    """The machine `name` has this device of the host."""

    message_id = "TakenByMachine"


class HostNeedsDevice(BackendError):
    """The host has its `disks` on this device."""

    message_id = "HostNeedsDevice"


class NoHostDevices(BackendError):
    """The host has no such device."""

    message_id = "NoHostDevices"


class HostDevicesUnknown(BackendError):
    """The host does not tell which devices it has."""

    message_id = "HostDevicesUnknown"


class NoVlans(BackendError):
    """The switch `name` knows no VLANs."""

    message_id = "NoVlans"


class DefinitionNotKept(BackendError):
    """The journal does not have that definition of a machine, or no longer."""

    message_id = "DefinitionNotKept"


class ChangedAgain(BackendError):
    """What a change was of was changed again since; the detail are the ways to it."""

    message_id = "ChangedAgain"
