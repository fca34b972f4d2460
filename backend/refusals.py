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
