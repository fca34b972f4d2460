"""How each thing stands by the records, beside what was last written of it."""

from typing import Any, Final

from backend.inventory import Inventory
from backend.journal import standing
from backend.journal.rows import Standing
from backend.model import (
    Change,
    Domain,
    DomainSnapshot,
    Kind,
    Network,
    Ref,
    StoragePool,
    StorageVolume,
)

KINDS: Final = (Domain, Network, StoragePool)


class Standings:
    """What is known of each thing: `written` as the journal last told it, `now` by the records."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._written: dict[Ref, Standing] = {}
        # Found by what they are part of, as there may be thousands.
        self._parts: dict[Ref, dict[Ref, DomainSnapshot | StorageVolume]] = {}

    def follow(self, change: Change) -> Ref | None:
        """Know of a change; return the thing in whose standing it counts, if there is one."""
        part = change.after or change.before
        if isinstance(part, DomainSnapshot | StorageVolume):
            whole = part.domain if isinstance(part, DomainSnapshot) else part.pool
            parts = self._parts.setdefault(whole, {})
            parts.pop(change.ref, None)
            if change.after is not None:
                parts[change.ref] = part
            if not parts:
                del self._parts[whole]
            return whole
        return change.ref if isinstance(part, KINDS) else None

    def written(self, ref: Ref) -> Standing | None:
        """Return what was last written of a thing."""
        return self._written.get(ref)

    def write(self, ref: Ref, told: Standing | None) -> None:
        """Know that this is written."""
        if told is None:
            self._written.pop(ref, None)
        else:
            self._written[ref] = told

    def replace(self, host: str, told: dict[Ref, Standing]) -> None:
        """Know that this, and nothing else, is written of a host."""
        others = {ref: known for ref, known in self._written.items() if ref.host != host}
        self._written = others | told

    def of_host(self, host: str) -> set[Ref]:
        """Return the things of a host of which something is written or known."""
        written = {ref for ref in self._written if ref.host == host and ref.kind is not Kind.HOST}
        return written | {r.ref for kind in KINDS for r in self._inventory.all(kind, host)}

    def domain(self, ref: Ref) -> Domain | None:
        """Return a machine's record."""
        return self._inventory.find(ref, Domain)

    def name(self, ref: Ref) -> str:
        """Return what a thing is called, or was; "" if nobody knows."""
        record: Any = self._inventory.get(ref)
        known = self._written.get(ref) or {}
        return str(getattr(record, "name", "") or known.get("name", ""))

    def now(self, ref: Ref) -> Standing | None:
        """Return how a thing stands by the records; None if it is not there."""
        record = self._inventory.get(ref)
        parts = self._parts.get(ref, {}).values()
        if isinstance(record, Domain):
            made = [(p.name, p.is_current) for p in parts if isinstance(p, DomainSnapshot)]
            return standing.of_domain(record, made, self._written.get(ref))
        if isinstance(record, Network):
            return standing.of_network(record)
        if isinstance(record, StoragePool):
            names = (part.name for part in parts)
            return standing.of_pool(record, names, self._written.get(ref))
        return None
