"""What can be wrong with a package, a machine in a folder or a file; as `errors`, without prose."""

from backend.errors import BackendError


class FolderUnfit(BackendError):
    """Nothing can be written into the folder at `path`: the detail says what blocks."""

    message_id = "FolderUnfit"


class PackageThere(BackendError):
    """There is something at `path` already, where the package would be."""

    message_id = "PackageThere"


class PackageMissing(BackendError):
    """At `path` is no package: neither Celadon's own nor OVF's."""

    message_id = "PackageMissing"


class PackageBroken(BackendError):
    """The package at `path` is not as it has to be: the detail says where."""

    message_id = "PackageBroken"


class PackageTooNew(BackendError):
    """The package at `path` was made by a later Celadon, in a way of writing not known yet."""

    message_id = "PackageTooNew"


class PackageDamaged(BackendError):
    """The file `name` of a package is not what it was when the package was made."""

    message_id = "PackageDamaged"


class PackageUnfit(BackendError):
    """The package holds what cannot be brought in: `what` names it, as the package does."""

    message_id = "PackageUnfit"


class MachineChanged(BackendError):
    """The machine `name` was changed while it was copied."""

    message_id = "MachineChanged"


class PackageLeft(BackendError):
    """At `path` lies a part of a package, from an export that was cut off."""

    message_id = "PackageLeft"
