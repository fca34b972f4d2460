"""The nouns of the journal: an entry, what it says, who did it, and a job of the past.

An entry says facts: ids with arguments, never prose. Times are Unix seconds.
"""

from dataclasses import dataclass, field
from enum import Enum, StrEnum

from backend.errors import Argument, Problem
from backend.jobs import Job
from backend.model import Ref

KEPT_ENTRIES = 10_000
"""So many entries of each host are kept, ..."""
KEPT_S = 365 * 86_400.0
"""... for so long."""
KEPT_ALTERATIONS = 10_000
"""So many of those of them that changed a machine's definition, beside the others."""
KEPT_JOBS = 5_000


class What(StrEnum):
    """Everything that an entry can say. A client has words for each; arguments in brackets."""

    # How a machine, a switch or a pool runs
    STARTED = "started"
    RESTORED = "restored"
    ARRIVED = "arrived"
    REVERTED = "reverted"
    STARTED_AGAIN = "started_again"
    START_FAILED = "start_failed"
    SHUT_DOWN = "shut_down"
    TURNED_OFF = "turned_off"
    STOPPED = "stopped"
    SAVED = "saved"
    LEFT = "left"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESTARTED = "restarted"
    SLEPT = "slept"
    HIBERNATED = "hibernated"
    WOKE = "woke"
    # Trouble
    CRASHED = "crashed"
    PANICKED = "panicked"
    DISK_FAILED = "disk_failed"  # path, reason
    STOPPED_BY_DISK = "stopped_by_disk"
    WATCHDOG = "watchdog"
    SILENT = "silent"
    ANSWERS = "answers"
    CONTROL_FAILED = "control_failed"
    MEMORY_FAILED = "memory_failed"
    THRESHOLD = "threshold"  # device, threshold_bytes
    # Figures: measure, device, unit, side, bound, duration_s, severity of the threshold
    ALERT_RAISED = "alert_raised"
    ALERT_ENDED = "alert_ended"  # and ending
    # The guest and who looks at it
    AGENT_CONNECTED = "agent_connected"
    AGENT_LEFT = "agent_left"
    REMOVAL_REFUSED = "removal_refused"  # alias
    MAC_CHANGED = "mac_changed"  # before, after
    VIEWER_CAME = "viewer_came"  # address
    VIEWER_LEFT = "viewer_left"  # address
    BLOCK_JOB_DONE = "block_job_done"  # target, job
    BLOCK_JOB_FAILED = "block_job_failed"  # target, job
    BLOCK_JOB_CANCELLED = "block_job_cancelled"  # target, job
    # What a thing is and is made of
    CREATED = "created"  # definition: its mark, of a machine
    DELETED = "deleted"  # definition
    CONFIGURED = "configured"  # before, after: marks of definitions, "" for none
    RENAMED = "renamed"  # before, after
    NOTES = "notes"
    AUTOSTART_ON = "autostart_on"
    AUTOSTART_OFF = "autostart_off"
    STATE_DISCARDED = "state_discarded"
    DEFINED = "defined"
    TUNED = "tuned"
    MEMORY = "memory"  # before_bytes, after_bytes
    PROCESSORS = "processors"  # before, after
    FIRMWARE = "firmware"  # after
    DISK_ADDED = "disk_added"  # target, source, scope
    DISK_REMOVED = "disk_removed"  # target, source, scope
    MEDIUM_CHANGED = "medium_changed"  # target, before, after, scope
    NIC_ADDED = "nic_added"  # mac, source, scope
    NIC_REMOVED = "nic_removed"  # mac, source, scope
    NIC_MOVED = "nic_moved"  # mac, before, after, scope
    CHECKPOINT_MADE = "checkpoint_made"  # name
    CHECKPOINT_DELETED = "checkpoint_deleted"  # name
    CHECKPOINT_CURRENT = "checkpoint_current"  # name
    VOLUME_MADE = "volume_made"  # name
    VOLUME_DELETED = "volume_deleted"  # name
    # The way to a host
    CONNECTED = "connected"
    LOST = "lost"
    UNREACHABLE = "unreachable"
    FILE_LEFT = "file_left"  # name, path
    FOLDER_LEFT = "folder_left"  # path
    # Jobs of ours that nothing else tells of
    DONE = "done"  # operation
    FAILED = "failed"  # operation
    CANCELLED = "cancelled"  # operation


class Wanted(Enum):
    """Which entries are asked for."""

    ALL = "all"
    ALTERATIONS = "alterations"
    """Those of machines that changed their definition."""
    DELETIONS = "deletions"
    """Those of machines that were deleted."""


class Scope(StrEnum):
    """For when a device was added or taken, where that is not simply "from now on"."""

    BOTH = "both"
    LIVE = "live"
    NEXT_START = "next_start"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so or was done. `what` is a `What`, or an id of a later version's."""

    what: str
    arguments: tuple[tuple[str, Argument], ...] = ()

    def __getitem__(self, name: str) -> Argument:
        """Return the argument of that name; KeyError if there is none."""
        return dict(self.arguments)[name]


def fact(what: What, **arguments: Argument) -> Fact:
    """Return a fact with its arguments in order."""
    return Fact(what.value, tuple(sorted(arguments.items())))


class AuthorKind(Enum):
    """Who did it, the better known after the less known."""

    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    HOST = "host"
    GUEST = "guest"
    CELADON = "celadon"


@dataclass(frozen=True, slots=True)
class Author:
    """Who did it. Of Celadon it is known who sat at it, where, and its process."""

    kind: AuthorKind
    user: str = ""
    computer: str = ""
    process: int = 0


UNKNOWN, OUTSIDE = Author(AuthorKind.UNKNOWN), Author(AuthorKind.OUTSIDE)
HOST, GUEST = Author(AuthorKind.HOST), Author(AuthorKind.GUEST)


class During(Enum):
    """How it came to be known: as it happened, or by looking afterwards."""

    LIVE = "live"
    AWAY = "away"
    """The host could not be reached meanwhile."""
    CLOSED = "closed"
    """No Celadon was running meanwhile."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to `subject`, which was called `name` then.

    `uid` is the same for everybody who reads it; one told again (its author became known) replaces
    the one told before. `problem` is why it failed or went.
    """

    uid: int
    at: float
    subject: Ref
    name: str
    facts: tuple[Fact, ...]
    author: Author
    during: During = During.LIVE
    problem: Problem | None = None

    @property
    def marks(self) -> tuple[str, str] | None:
        """The marks of the definition before and after, "" for none; None: it changed none."""
        for fact in self.facts:
            told = dict(fact.arguments)
            if fact.what == What.CONFIGURED:
                return str(told.get("before", "")), str(told.get("after", ""))
            if mark := str(told.get("definition", "")):
                return (mark, "") if fact.what == What.DELETED else ("", mark)
        return None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two entries, or two jobs: those before it are older."""

    at: float
    uid: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first. `problem` says why the journal is not kept just now."""

    entries: tuple[Entry, ...] = ()
    is_last: bool = True
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class PastJob:
    """A job of this console or of one before; `was_cut_off`: its console ended before it did.

    The job's `result` is not kept, and its `id` is that of its own console.
    """

    uid: int
    job: Job
    author: Author
    was_cut_off: bool = False


@dataclass(frozen=True, slots=True)
class PastJobs:
    """Some jobs of all hosts, the last begun first."""

    jobs: tuple[PastJob, ...] = field(default=())
    is_last: bool = True
    problem: Problem | None = None
