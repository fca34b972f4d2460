"""What stands against a setting being what somebody wants.

Errors like those of `backend.errors`, of which there are too many for one module.
"""

from backend.errors import BackendError


class ValueTooSmall(BackendError):
    """A setting can be `minimum` at least."""

    message_id = "ValueTooSmall"


class ValueTooLarge(BackendError):
    """A setting can be `maximum` at most."""

    message_id = "ValueTooLarge"


class SizeTooSmall(BackendError):
    """A size can be `minimum_bytes` at least."""

    message_id = "SizeTooSmall"


class SizeTooLarge(BackendError):
    """A size can be `maximum_bytes` at most."""

    message_id = "SizeTooLarge"


class ValueNotOffered(BackendError):
    """A setting cannot be `value`: it is none of its choices, or of another kind."""

    message_id = "ValueNotOffered"


class ValueNeeded(BackendError):
    """A setting cannot be unset."""

    message_id = "ValueNeeded"


class ChangedElsewhere(BackendError):
    """Somebody else changed a setting since it was looked at: from `before` to `now`."""

    message_id = "ChangedElsewhere"


class SettingMissing(BackendError):
    """The machine `name` has no place for the setting `setting`: its device is gone."""

    message_id = "SettingMissing"


class DiskInNoPool(BackendError):
    """The disk `device` lies in no storage pool of its host: nobody tells its size."""

    message_id = "DiskInNoPool"


class SettingNotKept(BackendError):
    """The hypervisor took `wanted` for a setting and made `found` of it."""

    message_id = "SettingNotKept"


class HostLacks(BackendError):
    """The host's hypervisor does not offer `value` for such a machine."""

    message_id = "HostLacks"


class ShapeUnfit(BackendError):
    """The text `value` is not written as it has to be; `example` is."""

    message_id = "ShapeUnfit"


class MacUnfit(BackendError):
    """The text `value` is no hardware address that an adapter can have."""

    message_id = "MacUnfit"


class SecureBootNeedsUefi(BackendError):
    """Only UEFI has Secure Boot."""

    message_id = "SecureBootNeedsUefi"


class TpmMissing(BackendError):
    """The machine has no TPM."""

    message_id = "TpmMissing"


class HugePagesMissing(BackendError):
    """No huge pages of that size are reserved on the host."""

    message_id = "HugePagesMissing"


class TopologyUnfit(BackendError):
    """Sockets, dies, cores and threads make `product`, and there are `processors`."""

    message_id = "TopologyUnfit"


class LimitsExclude(BackendError):
    """A limit of the whole and one of a part exclude each other."""

    message_id = "LimitsExclude"


class NeedsOther(BackendError):
    """A setting means nothing without `setting`."""

    message_id = "NeedsOther"


class SharedMemoryNeeded(BackendError):
    """What is to be had needs memory that is shared."""

    message_id = "SharedMemoryNeeded"


class FormatDiffers(BackendError):
    """The file at `path` is a `found` image, and its drive would read it as `wanted`."""

    message_id = "FormatDiffers"
