"""The newest figures of all machines, for Prometheus to read: on this computer alone."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from prometheus_client import start_http_server
from prometheus_client.core import CollectorRegistry, GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from backend.measures import Measure
from backend.model import Kind, Record, Ref
from backend.prometheus import names
from backend.series import Sample

_HELP: Final = "{}, as Celadon read it last"
ADDRESS: Final = "127.0.0.1"
_STALE_S: Final = 60.0
"""A machine of which nothing was read for so long is off, or out of reach: it has no figures."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a thing is called there."""

    host: str
    uuid: str = ""
    name: str = ""


class Endpoint(Collector):
    """Answers on a port of this computer, in Prometheus' text format or in OpenMetrics.

    Its methods may be called from any thread. Raises OSError if the port cannot be had.
    """

    def __init__(self, port: int) -> None:
        self._lock = threading.Lock()
        self._newest: dict[Ref, tuple[Named, Sample]] = {}
        registry = CollectorRegistry()
        registry.register(self)
        self._server, self._thread = start_http_server(port, ADDRESS, registry)
        self.port = int(self._server.server_port)

    def tell(self, samples: Iterable[Sample], find: Callable[[Ref], Record | None]) -> None:
        """Have these told from now on, each until a newer one comes.

        `find` tells what is known of a thing: it is called by its name.
        """
        named = {sample.ref: (_named(sample.ref, find), sample) for sample in samples}
        with self._lock:
            self._newest |= named

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what there is, measure by measure; called in a thread of the server's."""
        fresh = time.monotonic() - _STALE_S
        with self._lock:
            self._newest = {r: told for r, told in self._newest.items() if told[1].at >= fresh}
            newest = list(self._newest.values())
        families: dict[Measure, GaugeMetricFamily] = {}
        for named, sample in newest:
            for (measure, device), value in {**sample.held, **sample.figures}.items():
                family = families.get(measure)
                if family is None:
                    family = GaugeMetricFamily(
                        names.metric(measure), _HELP.format(measure.id), labels=names.LABELS
                    )
                    families[measure] = family
                family.add_metric((named.host, named.uuid, named.name, device), value)
        yield from families.values()


def _named(ref: Ref, find: Callable[[Ref], Record | None]) -> Named:
    host = names.host_name(find(Ref(ref.host, Kind.HOST, ref.host)), ref.host)
    if ref.kind is Kind.HOST:
        return Named(host)
    return Named(host, ref.key, str(getattr(find(ref), "name", "")))
