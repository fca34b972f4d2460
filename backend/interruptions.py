"""What can go wrong with a machine's ports while somebody uses them; as `errors`, without prose."""

from backend.errors import BackendError


class SerialMissing(BackendError):
    """The machine `name` has no such serial port, or one that nobody can open: `target` says so."""

    message_id = "SerialMissing"


class SerialInUse(BackendError):
    """Another client holds a serial port of `name`; the detail is the hypervisor's word."""

    message_id = "SerialInUse"


class SerialEnded(BackendError):
    """The other side closed the serial port: the machine stopped, or somebody took it."""

    message_id = "SerialEnded"
