"""The one copy of what is known: records by reference, and who wants to hear of a change.

Lives on the engine's loop. Putting an equal record is no change and tells nobody.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from backend.errors import EffectNotSeen
from backend.model import Change, Kind, Record, Ref

Listener = Callable[[Change], None]
R = TypeVar("R", bound=Record)


class Inventory:
    """Records by reference."""

    def __init__(self) -> None:
        self._records: dict[Ref, Record] = {}
        # The same by where it is: what is asked of one host costs nothing by all the others.
        self._held: defaultdict[str, defaultdict[Kind, dict[Ref, Record]]]
        self._held = defaultdict(lambda: defaultdict(dict))
        self._listeners: list[Listener] = []

    def get(self, ref: Ref) -> Record | None:
        """Return what is known of `ref`, or None."""
        return self._records.get(ref)

    def find(self, ref: Ref, kind: type[R]) -> R | None:
        """Return what is known of `ref` as a record of that class, or None."""
        record = self._records.get(ref)
        return record if isinstance(record, kind) else None

    def all(self, kind: type[R], host: str | None = None) -> Iterator[R]:
        """Yield every record of a class, of one host or of all."""
        if host is None:
            yield from (one for one in list(self._records.values()) if isinstance(one, kind))
            return
        for held in list(self._held[host].values()):
            # What has one kind of ref is of one class: a host's pools cost nothing by its machines.
            if isinstance(next(iter(held.values()), None), kind):
                yield from cast("list[R]", list(held.values()))

    def everything(self) -> tuple[Record, ...]:
        """Return every record, hosts before what they hold."""
        return tuple(self._records.values())

    def put(self, record: Record) -> Change | None:
        """Store `record`; return the change, or None if this was known already."""
        before = self._records.get(record.ref)
        if before == record:
            return None
        self._records[record.ref] = record
        self._held[record.ref.host][record.ref.kind][record.ref] = record
        return self._tell(Change(record.ref, before, record))

    def drop(self, ref: Ref) -> Change | None:
        """Forget `ref`; return the change, or None if it was not known."""
        before = self._records.pop(ref, None)
        if before is None:
            return None
        del self._held[ref.host][ref.kind][ref]
        return self._tell(Change(ref, before, None))

    def drop_host(self, host: str) -> None:
        """Forget a host and all it has, the host last."""
        for kind, held in list(self._held[host].items()):
            for ref in list(held) if kind is not Kind.HOST else ():
                self.drop(ref)
        self.drop(Ref(host, Kind.HOST, host))

    def replace(
        self, host: str, kind: Kind, records: Iterable[Record], *, within: str = ""
    ) -> None:
        """Make `records` all that is known of a kind on a host (with keys that start so)."""
        fresh = {record.ref: record for record in records}
        for ref in list(self._held[host][kind]):
            if ref.key.startswith(within) and ref not in fresh:
                self.drop(ref)
        for record in fresh.values():
            self.put(record)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every change from now on; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(
        self, ref: Ref, holds: Callable[[Record | None], bool], *, deadline_s: float | None
    ) -> Record | None:
        """Return the record (None: absent) once `holds` is true of it.

        Raises EffectNotSeen when that takes longer than `deadline_s` (None: a human is waited for).
        """
        if holds(self.get(ref)):
            return self.get(ref)
        seen: asyncio.Future[Record | None] = asyncio.get_running_loop().create_future()

        def look(change: Change) -> None:
            if change.ref == ref and not seen.done() and holds(change.after):
                seen.set_result(change.after)

        unsubscribe = self.subscribe(look)
        try:
            async with asyncio.timeout(deadline_s):
                return await seen
        except TimeoutError:
            raise EffectNotSeen(seconds=round(deadline_s or 0)) from None
        finally:
            unsubscribe()

    def _tell(self, change: Change) -> Change:
        for listener in list(self._listeners):
            listener(change)
        return change
