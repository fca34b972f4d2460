"""What can become of the journal's file; the sentences are the client's, as for all errors."""

from backend.errors import BackendError


class JournalFull(BackendError):
    """The file system of the journal at `path` is full: entries wait in memory."""

    message_id = "JournalFull"


class JournalRefused(BackendError):
    """The journal at `path` cannot be opened or written: the detail says why."""

    message_id = "JournalRefused"


class JournalDamaged(BackendError):
    """The journal was damaged; it lies at `path` now, and a new one was begun."""

    message_id = "JournalDamaged"


class JournalNewer(BackendError):
    """A later version of Celadon wrote the journal at `path`."""

    message_id = "JournalNewer"


class JournalNotAnswering(BackendError):
    """The journal's file gave no answer within `seconds`."""

    message_id = "JournalNotAnswering"
