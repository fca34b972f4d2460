"""Has the hosts of what is listed read while somebody looks, and only then."""

from collections.abc import Iterable

from backend.model import Ref
from console.bridge.door import Bridge
from console.sdk.context import Unsubscribe


class Watching:
    """What is read for one list."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._watches: dict[Ref, Unsubscribe] = {}

    def follow(self, wanted: Iterable[Ref]) -> None:
        """Have these read from now on, and nothing else."""
        refs = set(wanted)
        for ref in self._watches.keys() - refs:
            self._watches.pop(ref)()
        for ref in refs - self._watches.keys():
            self._watches[ref] = self._bridge.watch(ref)
