"""What can go wrong with the embedded host."""

from backend.errors import BackendError


class ProgramMissing(BackendError):
    """The program `program` is not installed; Debian's package `package` has it."""

    message_id = "ProgramMissing"


class EmbeddedHostFailed(BackendError):
    """The private libvirtd at `root` did not start; the detail ends with its own last words."""

    message_id = "EmbeddedHostFailed"


class EmbeddedHostBusy(BackendError):
    """Somebody else has been starting the private libvirtd at `root` for `seconds` already."""

    message_id = "EmbeddedHostBusy"


class ShortPathRefused(BackendError):
    """No short name for `root` could be made below `directory`: others own every candidate."""

    message_id = "ShortPathRefused"
