"""What series are called in Prometheus (https://prometheus.io/docs/practices/naming/). Pure."""

from collections.abc import Mapping
from typing import Final

from backend.measures import Measure, Unit
from backend.model import Host, Record

PREFIX: Final = "celadon"
_SUFFIX: Final[Mapping[Unit, str]] = {
    Unit.SHARE: "_ratio",
    Unit.BYTES: "_bytes",
    Unit.BYTES_PER_S: "_bytes_per_second",
    Unit.PER_S: "_per_second",
    Unit.SECONDS: "_seconds",
    Unit.COUNT: "",
}
LABELS: Final = ("host", "uuid", "name", "device")
"""Of a host's own figures `uuid` and `name` are empty; of a thing's own or all `device` is."""


def metric(measure: Measure) -> str:
    """Return the metric of a measure."""
    return f"{PREFIX}_{measure.id}{_SUFFIX[measure.unit]}"


def selector(measure: Measure, labels: Mapping[str, str]) -> str:
    """Return the query for a measure with these labels: any text may stand in them."""
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{metric(measure)}{{{told}}}"


def host_name(host: Record | None, otherwise: str) -> str:
    """Return what a host calls itself, which is the same from wherever it is managed."""
    return (host.hostname or host.name) if isinstance(host, Host) else otherwise


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
