"""Files that a job made and left: because it was cut off, or because nobody knows who uses them."""

import secrets
import time
from collections.abc import Callable, Iterator
from typing import Final

from backend.errors import BackendError
from backend.inventory import Inventory
from backend.jobs import Job
from backend.journal.entry import Author, Entry, PastJob, What, fact
from backend.journal.keeper import Journal
from backend.model import Domain, Ref, StateReason, StorageVolume
from backend.packages import PackageLeft
from backend.refusals import FileKept, FileLeft

EXPORT: Final = "outgoing.export"
_SETTLING_S: Final = 20.0
"""What was asked for may be obeyed yet, though nobody waits for it."""
_LOOKED_FOR_S: Final = 90.0
"""So long a file may take to be listed: storage is read every half a minute."""

Post = Callable[[Callable[[], None]], None]


def left_by(job: Job, subject: Ref, author: Author) -> Iterator[Entry]:
    """Yield what is to be said of the files that an ended job of ours left."""
    at = job.ended_at or time.time()
    for path in job.unused:
        yield _entry(subject, job.subject_name, path, author, FileKept(path=path), at)


class Remnants:
    """Looks what became of the files of jobs that were cut off, and tells of those that lie there.

    Of hosts that are not connected nothing can be said yet: `is_known` is false for them. `post`
    runs something on the engine's loop.
    """

    def __init__(
        self, journal: Journal, inventory: Inventory, is_known: Callable[[str], bool], post: Post
    ) -> None:
        self._journal = journal
        self._inventory = inventory
        self._is_known = is_known
        self._since: dict[int, float] = {}
        journal.follow_cut_off(lambda jobs: post(lambda: self._look(jobs)))

    def _look(self, jobs: tuple[PastJob, ...]) -> None:
        now = time.monotonic()
        for past in jobs:
            subject = past.job.subject
            if subject is None or not self._is_known(subject.host):
                continue
            if past.job.operation == EXPORT:
                # It lies on a computer's own disk, and no host lists it.
                told = [_folder_left(past, subject, path) for path in past.job.unused]
                self._journal.keep(told, settled=(past.uid,))
                continue
            age = now - self._since.setdefault(past.uid, now)
            lying = [path for path in past.job.unused if self._lies(subject.host, path)]
            is_early = age < _SETTLING_S or (not lying and age < _LOOKED_FOR_S)
            if is_early or self._is_silent(subject):
                continue
            left = [path for path in lying if not self._is_used(subject.host, path)]
            entries = [_cut_off(past, subject, path) for path in left]
            self._journal.keep(entries, settled=(past.uid,))

    def _is_silent(self, subject: Ref) -> bool:
        """Whether it is a machine that may obey any time, and tells nothing now."""
        machine = self._inventory.find(subject, Domain)
        return machine is not None and machine.reason is StateReason.NOT_ANSWERING

    def _lies(self, host: str, path: str) -> bool:
        return any(one.path == path for one in self._inventory.all(StorageVolume, host))

    def _is_used(self, host: str, path: str) -> bool:
        """Whether a machine has that file, now or at its next start, or a file is based on it."""
        name = path.rpartition("/")[2]
        machines = self._inventory.all(Domain, host)
        made_of = (one for m in machines for one in (m.live, m.next_start) if one)
        sources = {disk.source for one in made_of for disk in one.disks}
        bases = {volume.backing for volume in self._inventory.all(StorageVolume, host)}
        return bool({path, name} & (sources | bases))


def _folder_left(past: PastJob, subject: Ref, path: str) -> Entry:
    told, why = fact(What.FOLDER_LEFT, path=path), PackageLeft(path=path)
    name, at = past.job.subject_name, time.time()
    return Entry(secrets.randbits(62), at, subject, name, (told,), past.author, problem=why.problem)


def _cut_off(past: PastJob, subject: Ref, path: str) -> Entry:
    name, why = past.job.subject_name, FileLeft(path=path)
    return _entry(subject, name, path, past.author, why, time.time())


def _entry(
    subject: Ref, name: str, path: str, author: Author, why: BackendError, at: float
) -> Entry:
    told = fact(What.FILE_LEFT, name=path.rpartition("/")[2], path=path)
    return Entry(secrets.randbits(62), at, subject, name, (told,), author, problem=why.problem)
