"""Sums over the records of a list, kept: what they cost goes by what changes, not by how many."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping

from backend.model import Ref
from console.sdk.views import Sums


class Tally:
    """The sums of what each record counts for. One that changed is taken out and added anew."""

    def __init__(self, share: Callable[[Ref], Sums | None]) -> None:
        self._share = share
        self._counted: dict[Ref, Sums] = {}
        self._sums: Counter[Hashable] = Counter()
        self._stale: set[Ref] = set()

    def forget(self, refs: Iterable[Ref]) -> None:
        """Have what these count for worked out anew when it is asked for."""
        self._stale.update(refs)

    def forget_all(self) -> None:
        """Have what each counts for worked out anew when it is asked for."""
        self._stale.update(self._counted)

    def sums(self) -> Sums:
        """Return the sums as they are now; what has come to nothing is not among them."""
        for ref in self._stale:
            before, share = self._counted.get(ref), self._share(ref)
            if share == before:
                continue
            if before is not None:
                del self._counted[ref]
                self._add(before, -1)
            if share is not None:
                self._counted[ref] = share
                self._add(share, 1)
        self._stale.clear()
        return self._sums

    def count(self) -> int:
        """Return how many are summed up."""
        self.sums()
        return len(self._counted)

    def _add(self, share: Mapping[Hashable, int], sign: int) -> None:
        for key, number in share.items():
            self._sums[key] += sign * number
            if not self._sums[key]:
                del self._sums[key]
