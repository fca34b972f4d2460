"""The table of definitions: each is kept once, packed, under its mark. Blocking.

What libvirt tells to nobody but who asks for it (passwords, cookies) is in none of them.
"""

import sqlite3
import time
import zlib
from collections.abc import Iterable, Mapping
from typing import Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS definition (
    mark TEXT PRIMARY KEY, told BLOB NOT NULL, kept_at REAL NOT NULL
) WITHOUT ROWID
"""
_UNNAMED_S: Final = 86_400.0
"""So long one is kept that nothing names: it may be that of an entry which is still to come."""
_NAMED: Final = """
SELECT json_extract(told, '$.definition') AS mark FROM standing WHERE mark IS NOT NULL
UNION SELECT argument.value FROM entry, json_each(entry.facts) AS fact,
    json_each(fact.value, '$[1]') AS argument
    WHERE entry.alters AND argument.key IN ('before', 'after', 'definition')
"""


def keep(file: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Have these kept, by their marks."""
    for mark, text in texts.items():
        if not file.execute("SELECT 1 FROM definition WHERE mark = ?", (mark,)).fetchone():
            packed = zlib.compress(text.encode("utf-8", "surrogatepass"))
            file.execute("INSERT INTO definition VALUES (?, ?, ?)", (mark, packed, time.time()))


def read(file: sqlite3.Connection, marks: Iterable[str]) -> dict[str, str]:
    """Return those of them that are kept, by their marks."""
    found: dict[str, str] = {}
    for mark in marks:
        row = file.execute("SELECT told FROM definition WHERE mark = ?", (mark,)).fetchone()
        if row is not None:
            found[mark] = zlib.decompress(row[0]).decode("utf-8", "surrogatepass")
    return found


def prune(file: sqlite3.Connection) -> None:
    """Forget those that no entry and no standing names any more."""
    file.execute(
        f"DELETE FROM definition WHERE kept_at < ? AND mark NOT IN ({_NAMED})",  # noqa: S608
        (time.time() - _UNNAMED_S,),
    )
