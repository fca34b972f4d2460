"""What breaks off while somebody uses it, ports and silent machines; as `errors`, without prose."""

from backend.errors import BackendError, HostNotAnswering


class StillNotAnswering(HostNotAnswering):
    """The machine, or the pool, has not answered for `seconds` and is not asked until it does."""

    message_id = "StillNotAnswering"


class SerialMissing(BackendError):
    """The machine `name` has no such serial port, or one that nobody can open: `target` says so."""

    message_id = "SerialMissing"


class SerialInUse(BackendError):
    """Another client holds a serial port of `name`; the detail is the hypervisor's word."""

    message_id = "SerialInUse"


class SerialEnded(BackendError):
    """The other side closed the serial port: the machine stopped, or somebody took it."""

    message_id = "SerialEnded"
