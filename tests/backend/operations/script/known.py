"""A handful of records, for scripts about them."""

from collections.abc import Iterator

from backend.errors import Problem
from backend.model import Record, Ref
from backend.operations.script.request import R
from tests.fakes.machines import domain, room

WEB, DB = domain("web-01").ref, domain("db-01").ref


class Records:
    """What is known: the small machine room, or what a test says."""

    def __init__(self, *records: Record) -> None:
        self._records: tuple[Record, ...] = records or room()

    def record(self, ref: Ref, kind: type[R]) -> R | None:
        return next((r for r in self.records(kind) if r.ref == ref), None)

    def records(self, kind: type[R], host: str | None = None) -> Iterator[R]:
        for record in self._records:
            if isinstance(record, kind) and host in (None, record.ref.host):
                yield record


def say(problem: Problem) -> str:
    """Put a remark into words."""
    return f"About {problem.message_id}."
