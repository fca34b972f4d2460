"""What can go wrong with one kind of display; what every kind of screen has is in `errors`."""

from backend.errors import BackendError


class DisplayTaken(BackendError):
    """Another program opened the display, which only one can have; it is to be had again."""

    message_id = "DisplayTaken"


class DisplayModuleMissing(BackendError):
    """QEMU here has no D-Bus display: `package` would bring it."""

    message_id = "DisplayModuleMissing"


class DisplayDeclined(BackendError):
    """The VNC server of machine `name` asked something that nobody said."""

    message_id = "DisplayDeclined"


class DisplayAsks(BackendError):
    """The VNC server of machine `name` asks something, and the user was not to be asked."""

    message_id = "DisplayAsks"


class DisplayInTheClear(BackendError):
    """Nothing is encrypted on the way to the display on `host`."""

    message_id = "DisplayInTheClear"
