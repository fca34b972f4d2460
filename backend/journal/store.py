"""The journal's file: SQLite in write-ahead mode. Blocking, and for one thread.

Several consoles may have the same file open. What two of them saw of one happening is one entry:
each tells it under the name of its session, and the better known author stays.
"""

import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

from backend.jobs import JobState
from backend.journal import definitions, rows
from backend.journal.entry import (
    KEPT_ALTERATIONS,
    KEPT_ENTRIES,
    KEPT_JOBS,
    KEPT_S,
    AuthorKind,
    Cursor,
    Entry,
    PastJob,
    Wanted,
    What,
)
from backend.journal.rows import Standing
from backend.keeping import clock
from backend.keeping.file import Form, KeptFile, at_once
from backend.model import Kind, Ref

_VERSION: Final = 3
_SAME_S, _SAME_LISTED_S = 6.0, 40.0
"""So far apart two consoles hear of one happening: by an event, or by what they ask for."""
_LISTED: Final = frozenset(
    {
        What.AUTOSTART_ON, What.AUTOSTART_OFF, What.CHECKPOINT_MADE, What.CHECKPOINT_DELETED,
        What.CHECKPOINT_CURRENT, What.VOLUME_MADE, What.VOLUME_DELETED,
        What.ALERT_RAISED, What.ALERT_ENDED,
    }
)  # fmt: skip
_KINDS: Final = frozenset(kind.value for kind in Kind)
_RANK: Final = {kind.value: rank for rank, kind in enumerate(AuthorKind)}

_WHERE: Final = {
    Wanted.ALL: "",
    Wanted.ALTERATIONS: " AND alters",
    Wanted.DELETIONS: f" AND alters AND facts LIKE '%\"{What.DELETED.value}\"%'",
}
_UPGRADES: Final = {
    1: "ALTER TABLE job ADD COLUMN unused TEXT NOT NULL DEFAULT ''",
    2: "ALTER TABLE entry ADD COLUMN alters INTEGER NOT NULL DEFAULT 0",
}
"""What makes of the file of a version that of the next."""
_SCHEMA: Final = f"""
{definitions.SCHEMA};
CREATE TABLE IF NOT EXISTS entry (
    uid INTEGER PRIMARY KEY, at REAL NOT NULL, host TEXT NOT NULL, kind TEXT NOT NULL,
    key TEXT NOT NULL, name TEXT NOT NULL, facts TEXT NOT NULL, author TEXT NOT NULL,
    user TEXT NOT NULL, computer TEXT NOT NULL, process INTEGER NOT NULL, during TEXT NOT NULL,
    problem TEXT, revision INTEGER NOT NULL, sessions TEXT NOT NULL,
    alters INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS entry_at ON entry (host, at);
CREATE INDEX IF NOT EXISTS entry_of ON entry (host, kind, key, at);
CREATE INDEX IF NOT EXISTS entry_revision ON entry (revision);
CREATE INDEX IF NOT EXISTS entry_alters ON entry (host, kind, key, at) WHERE alters;
CREATE TABLE IF NOT EXISTS job (
    uid INTEGER PRIMARY KEY, id INTEGER NOT NULL, operation TEXT NOT NULL, host TEXT NOT NULL,
    kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
    started_at REAL NOT NULL, ended_at REAL, problem TEXT, user TEXT NOT NULL,
    computer TEXT NOT NULL, process INTEGER NOT NULL, session TEXT NOT NULL,
    unused TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS job_started ON job (started_at);
CREATE INDEX IF NOT EXISTS job_unused ON job (state) WHERE unused != '';
CREATE TABLE IF NOT EXISTS standing (
    host TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, told TEXT NOT NULL,
    PRIMARY KEY (host, kind, key)
) WITHOUT ROWID
"""
_FORM: Final = Form(_SCHEMA, _VERSION, _UPGRADES)


@dataclass
class Batch:
    """What is to be written at once. A standing of None is that of a thing that is gone.

    `settled` are jobs, by their uid, of whose files it is known what became of them.
    """

    entries: list[Entry] = field(default_factory=list)
    jobs: dict[int, PastJob] = field(default_factory=dict)
    standings: dict[Ref, Standing | None] = field(default_factory=dict)
    settled: list[int] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        things = (self.entries, self.jobs, self.standings, self.settled, self.definitions)
        return any(things)


class _File(sqlite3.Connection):
    """Takes half a character as Python writes it: the name of a file may hold one, UTF-8 not."""

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return super().execute(sql, [_storable(one) for one in parameters])


class Store(KeptFile):
    """One open file; None is one in memory, that is gone with it. Raises sqlite3.Error."""

    def __init__(self, path: Path | None, session: str) -> None:
        super().__init__(path, _FORM, _File)
        self._session = session
        self._version = self._data_version()
        self.revision = self._last_revision()

    def write(self, batch: Batch) -> None:
        """Write it all or, if this raises, nothing of it."""
        with at_once(self._file):
            revision = self._last_revision()
            definitions.keep(self._file, batch.definitions)
            for entry in batch.entries:
                revision += 1
                self._write_entry(entry, revision)
            for past in batch.jobs.values():
                columns = rows.dump_job(past, self._session)
                self._put("job", rows.JOB_COLUMNS, columns)
            for uid in batch.settled:
                self._file.execute("UPDATE job SET unused = '' WHERE uid = ?", (uid,))
            for ref, standing in batch.standings.items():
                self._write_standing(ref, standing)

    def take_news(self) -> list[Entry]:
        """Return what was written or changed, by whomever, since the last time; oldest first."""
        self._version = self._data_version()
        columns = ", ".join(rows.ENTRY_COLUMNS)
        found = self._file.execute(
            f"SELECT {columns}, revision FROM entry WHERE revision > ? ORDER BY revision",  # noqa: S608
            (self.revision,),
        ).fetchall()
        if found:
            self.revision = found[-1][-1]
        return _parsed(row[:-1] for row in found)

    def has_foreign_news(self) -> bool:
        """Whether another process has written since `take_news`."""
        return self._data_version() != self._version

    def read(
        self,
        subject: Ref,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = Wanted.ALL,
    ) -> list[Entry]:
        """Return entries of a thing (a host: of all that is there), newest first."""
        place: tuple[Any, ...] = (subject.host,)
        where = "host = ?"
        if subject.kind is not Kind.HOST:
            where, place = (
                "host = ? AND kind = ? AND key = ?",
                (subject.host, subject.kind.value, subject.key),
            )
        where += _WHERE[wanted]
        found = self._before("entry", rows.ENTRY_COLUMNS, "at", where, place, before, limit)
        return _parsed(found)

    def read_definitions(self, marks: Iterable[str]) -> dict[str, str]:
        """Return those of the definitions that are kept, by their marks."""
        return definitions.read(self._file, marks)

    def read_jobs(self, before: Cursor | None, limit: int) -> list[tuple[PastJob, str]]:
        """Return jobs of all hosts with their sessions, the last begun first."""
        found = self._before("job", rows.JOB_COLUMNS, "started_at", "1", (), before, limit)
        return [job for row in found if (job := rows.parse_job(row))]

    def read_unfinished(self) -> list[tuple[PastJob, str]]:
        """Return the jobs that made files which nothing uses yet, and have not ended."""
        columns = ", ".join(rows.JOB_COLUMNS)
        found = self._file.execute(
            f"SELECT {columns} FROM job WHERE state = ? AND unused != ''",  # noqa: S608
            (JobState.RUNNING.value,),
        ).fetchall()
        return [job for row in found if (job := rows.parse_job(row))]

    def read_standings(self, host: str) -> dict[Ref, Standing]:
        """Return what was last known of each thing of a host."""
        found = self._file.execute("SELECT kind, key, told FROM standing WHERE host = ?", (host,))
        told: dict[Ref, Standing] = {}
        for kind, key, text in found:
            standing = rows.parse_standing(text)
            if standing is not None and kind in _KINDS:
                told[Ref(host, Kind(kind), key)] = standing
        return told

    def prune(self, *, entries: int = KEPT_ENTRIES, jobs: int = KEPT_JOBS) -> None:
        """Forget what is too old, if the clock is believed, and the oldest of what is too much."""
        now = time.time()
        with at_once(self._file):
            (newest,) = self._file.execute("SELECT max(at) FROM entry").fetchone()
            if clock.is_believed(self._file, now, newest):
                self._file.execute("DELETE FROM entry WHERE at < ?", (now - KEPT_S,))
                self._file.execute("DELETE FROM job WHERE started_at < ?", (now - KEPT_S,))
            for (host,) in self._file.execute("SELECT DISTINCT host FROM entry").fetchall():
                for alters, most in ((0, entries), (1, KEPT_ALTERATIONS)):
                    self._file.execute(
                        "DELETE FROM entry WHERE host = ?1 AND alters = ?2 AND at <= (SELECT at "
                        "FROM entry WHERE host = ?1 AND alters = ?2 ORDER BY at DESC LIMIT 1 "
                        "OFFSET ?3)",
                        (host, alters, most),
                    )
            self._file.execute(
                "DELETE FROM job WHERE started_at <= (SELECT started_at FROM job "
                "ORDER BY started_at DESC LIMIT 1 OFFSET ?)",
                (jobs,),
            )
            definitions.prune(self._file)

    def _write_entry(self, entry: Entry, revision: int) -> None:
        twin = self._twin(entry)
        if twin is None:
            alters = int(entry.marks is not None)
            columns = (*rows.dump_entry(entry), revision, self._session, alters)
            names = (*rows.ENTRY_COLUMNS, "revision", "sessions", "alters")
            self._put("entry", names, columns)
            return
        uid, author, sessions = twin
        changes: dict[str, Any] = {"sessions": f"{sessions} {self._session}"}
        if _RANK[entry.author.kind.value] > _RANK.get(author, 0):
            who = entry.author
            changes |= {"author": who.kind.value, "user": who.user, "computer": who.computer,
                        "process": who.process, "revision": revision}  # fmt: skip
        told = dict(zip(rows.ENTRY_COLUMNS, rows.dump_entry(entry), strict=True))
        if told["problem"]:
            changes |= {"problem": told["problem"], "revision": revision}
        marks = ", ".join(f"{name} = ?" for name in changes)
        self._file.execute(f"UPDATE entry SET {marks} WHERE uid = ?", (*changes.values(), uid))  # noqa: S608

    def _twin(self, entry: Entry) -> tuple[int, str, str] | None:
        """Return what another console wrote of the same happening: uid, author, sessions."""
        room = _SAME_LISTED_S if any(f.what in _LISTED for f in entry.facts) else _SAME_S
        found = self._file.execute(
            "SELECT uid, author, sessions FROM entry WHERE host = ? AND kind = ? AND key = ? "
            "AND at BETWEEN ? AND ? AND facts = ? AND instr(sessions, ?) = 0 "
            "ORDER BY abs(at - ?) LIMIT 1",
            (
                entry.subject.host, entry.subject.kind.value, entry.subject.key,
                entry.at - room, entry.at + room, rows.dump_facts(entry.facts), self._session,
                entry.at,
            ),
        ).fetchone()  # fmt: skip
        return found if found is None else (found[0], found[1], found[2])

    def _write_standing(self, ref: Ref, standing: Standing | None) -> None:
        place = (ref.host, ref.kind.value, ref.key)
        if standing is None:
            self._file.execute(
                "DELETE FROM standing WHERE host = ? AND kind = ? AND key = ?", place
            )
        else:
            told = (*place, rows.dump_standing(standing))
            self._put("standing", ("host", "kind", "key", "told"), told)

    def _put(self, table: str, names: Sequence[str], values: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(names))
        self._file.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608
            values,
        )

    def _before(
        self,
        table: str,
        names: Sequence[str],
        when: str,
        where: str,
        place: tuple[Any, ...],
        before: Cursor | None,
        limit: int,
    ) -> list[Any]:
        if before is not None:
            where = f"{where} AND ({when} < ? OR ({when} = ? AND uid < ?))"
            place = (*place, before.at, before.at, before.uid)
        return self._file.execute(
            f"SELECT {', '.join(names)} FROM {table} WHERE {where} "  # noqa: S608
            f"ORDER BY {when} DESC, uid DESC LIMIT ?",
            (*place, limit),
        ).fetchall()

    def _data_version(self) -> int:
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])

    def _last_revision(self) -> int:
        found = self._file.execute("SELECT coalesce(max(revision), 0) FROM entry").fetchone()
        return int(found[0])


def _storable(value: object) -> object:
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode()


def _parsed(found: Iterable[Sequence[Any]]) -> list[Entry]:
    return [entry for row in found if (entry := rows.parse_entry(row))]
