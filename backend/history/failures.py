"""What can become of the history's file; the sentences are the client's, as for all errors."""

from backend.errors import BackendError


class HistoryFull(BackendError):
    """The file system of the history at `path` is full: the last minutes wait in memory."""

    message_id = "HistoryFull"


class HistoryRefused(BackendError):
    """The history at `path` cannot be opened or written: the detail says why."""

    message_id = "HistoryRefused"


class HistoryDamaged(BackendError):
    """The history was damaged; it lies at `path` now, and a new one was begun."""

    message_id = "HistoryDamaged"


class HistoryNewer(BackendError):
    """A later version of Celadon wrote the history at `path`."""

    message_id = "HistoryNewer"


class HistoryCrowded(BackendError):
    """Of a thing so many series are kept that nothing is kept of further ones."""

    message_id = "HistoryCrowded"


class HistoryNotAnswering(BackendError):
    """The history's file gave no answer within `seconds`."""

    message_id = "HistoryNotAnswering"


class ScreensFull(BackendError):
    """The file system of the pictures at `path` is full."""

    message_id = "ScreensFull"


class ScreensRefused(BackendError):
    """The pictures at `path` cannot be opened or written: the detail says why."""

    message_id = "ScreensRefused"


class ScreensDamaged(BackendError):
    """The pictures' file was damaged; it lies at `path` now, and a new one was begun."""

    message_id = "ScreensDamaged"


class ScreensNewer(BackendError):
    """A later version of Celadon wrote the pictures at `path`."""

    message_id = "ScreensNewer"
