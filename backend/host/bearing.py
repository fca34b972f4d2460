"""What the host itself bears, beside its machines: processors, memory, pressure."""

import time
from typing import Final

from backend import pressure
from backend.errors import BackendError
from backend.host.turns import KEPT_S, WATCHED_S, Wanted
from backend.hostmeter import HostMeter
from backend.hypervisor import host_figures
from backend.hypervisor.connection import Connection
from backend.hypervisor.host_figures import HostFigures, Nodes
from backend.model import Kind, Ref
from backend.series import Sample

_DEADLINE_S: Final = 8.0
_NODES_DEADLINE_S: Final = 30.0
_EARLY_S: Final = 0.5


class Bearing:
    """The figures of one host, read when it is their time."""

    def __init__(self, host: str, monitor: Connection) -> None:
        self._monitor = monitor
        self._meter = HostMeter(Ref(host, Kind.HOST, host))
        self._nodes: Nodes | None = None
        self._read_at = self._waited_at = float("-inf")

    async def read(self, wanted: Wanted) -> Sample | None:
        """Return a sample, or None if none is wanted or due. Raises BackendError."""
        now = time.monotonic()
        interval_s = WATCHED_S if wanted.is_host_watched else KEPT_S
        is_wanted = wanted.is_host_watched or wanted.is_kept
        if not is_wanted or now - self._read_at < interval_s - min(_EARLY_S, interval_s / 2):
            return None
        self._read_at = now
        if self._nodes is None:
            self._nodes = await self._read_nodes()
        nodes, is_due = self._nodes, now - self._waited_at >= KEPT_S - _EARLY_S
        if is_due:
            self._waited_at = now  # whatever comes of it: one that hangs holds up all figures

        def ask(connect: object) -> tuple[float, HostFigures, str]:
            # To another computer that is a process and a round trip: every ten seconds will do.
            is_told = is_due or host_figures.is_near(connect)
            waited = host_figures.read_pressure(connect) if is_told else ""
            at = time.monotonic()
            return at, host_figures.read_host(connect, nodes), waited

        at, told, text = await self._monitor.call(ask, deadline_s=_DEADLINE_S)
        waited, when = pressure.parse(text), at + time.time() - time.monotonic()
        sample = self._meter.read(at, told, waited, when)
        return sample if sample.figures else None

    async def _read_nodes(self) -> Nodes:
        try:
            return await self._monitor.call(host_figures.read_nodes, deadline_s=_NODES_DEADLINE_S)
        except BackendError:
            return {}  # then of its nodes nothing is told
