"""The hosts under management: each lives in a task of its own, which can be ended.

Lives on the engine's loop. Who looks at a host's figures goes on looking when the host is replaced.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from backend.errors import HostUnknown
from backend.history.keeper import History
from backend.host.managed import ManagedHost
from backend.inventory import Inventory
from backend.journal.scribe import Scribe, place_of
from backend.model import Kind, Ref
from backend.series import Sample
from backend.specs import HostSpec


class HostBook:
    """Managed hosts by their id."""

    def __init__(
        self,
        tasks: asyncio.TaskGroup,
        inventory: Inventory,
        tell_samples: Callable[[tuple[Sample, ...]], None],
        scribe: Scribe,
        history: History,
    ) -> None:
        self._tasks = tasks
        self._inventory = inventory
        self._tell_samples = tell_samples
        self._scribe = scribe
        self._history = history
        self._living: dict[str, tuple[ManagedHost, asyncio.Task[None]]] = {}
        self._watched: Counter[Ref] = Counter()

    def find(self, ref: Ref) -> ManagedHost:
        """Return the host that `ref` is of. Raises HostUnknown."""
        if ref.host not in self._living:
            raise HostUnknown(host=ref.host)
        return self._living[ref.host][0]

    def manage(self, spec: HostSpec) -> None:
        """Have this host live, in place of the one of that id if there is one.

        One that is reached in the same way lives on as it is, with its new name.
        """
        known, _task = self._living.get(spec.id, (None, None))
        if known and replace(known.spec, name=spec.name, is_wanted=spec.is_wanted) == spec:
            known.rename(spec.name)
            return
        self.forget(spec.id)
        self._scribe.begin(spec)
        self._history.name_host(spec.id, place_of(spec))
        host = ManagedHost(
            spec, self._inventory, self._tell_samples, self._scribe.journal, self._history
        )
        host.on_event(self._scribe.on_event)
        task = self._tasks.create_task(host.run(), name=f"host {spec.id}")
        self._living[spec.id] = (host, task)
        if self._history.wants_readings:
            host.watcher.keep()
        for ref in self._watched.elements():
            if ref.host == spec.id:
                host.watcher.watch(ref)

    def forget(self, host_id: str) -> None:
        """End a host's life; the inventory knows nothing of it any more. Nothing is waited for."""
        if living := self._living.pop(host_id, None):
            host, task = living
            task.add_done_callback(lambda _: self._drop_records(host_id))
            task.cancel()
            host.close()
            self._inventory.drop_host(host_id)

    def _drop_records(self, host_id: str) -> None:
        # What was read in the very moment in which the host was forgotten.
        if host_id not in self._living:
            self._inventory.drop_host(host_id)

    def watch(self, ref: Ref) -> None:
        """Have a machine's (a host: all its machines') figures read until `unwatch`."""
        self._watched[ref] += 1
        with contextlib.suppress(HostUnknown):
            self.find(ref).watcher.watch(ref)

    def unwatch(self, ref: Ref) -> None:
        """End one `watch`."""
        self._watched[ref] -= 1
        self._watched += Counter()  # drops what counts zero
        with contextlib.suppress(HostUnknown):
            self.find(ref).watcher.unwatch(ref)

    def keep_readings(self) -> None:
        """Have the figures of all machines read every ten seconds from now on, whoever looks."""
        if not self._history.wants_readings:
            self._history.wants_readings = True
            for host, _task in self._living.values():
                host.watcher.keep()

    def watched(self, samples: Iterable[Sample]) -> tuple[Sample, ...]:
        """Return those at whose thing, or at all of whose host, somebody looks."""
        hosts = {ref.host for ref in self._watched if ref.kind is Kind.HOST}
        return tuple(one for one in samples if one.ref.host in hosts or one.ref in self._watched)

    def close(self) -> None:
        """Let everything go without waiting."""
        for host, _task in self._living.values():
            host.close()
