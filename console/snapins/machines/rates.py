"""Columns of what a machine uses, reading by reading: memory, network, disks. Hidden at first."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, DomainState
from backend.series import Sample
from console.sdk import wording
from console.sdk.context import Lookup
from console.sdk.views import Align, Cell, Column, Quantity

TREND = 60
_QUIET_BYTES_S = 64 * 1024
"""What a curve of rates reaches its full height with at the least: noise is to look like noise."""
Figure = Callable[[Sample], float | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def latest(domain: Domain, lookup: Lookup) -> Sample | None:
    """Return the newest reading of a machine that runs."""
    samples = lookup.samples(domain.ref) if domain.is_active else ()
    return samples[-1] if samples else None


def _value(figure: Figure, domain: Domain, lookup: Lookup) -> float | None:
    sample = latest(domain, lookup)
    return figure(sample) if sample and domain.state is DomainState.RUNNING else None


def _trend(figure: Figure, domain: Domain, lookup: Lookup) -> Iterable[float]:
    told = (figure(sample) for sample in lookup.samples(domain.ref)[-TREND:])
    return (value for value in told if value is not None)


def _rate(figure: Figure, domain: Domain, lookup: Lookup) -> Cell:
    value = _value(figure, domain, lookup)
    if value is None:
        return Cell("")
    told = tuple(_trend(figure, domain, lookup))
    most = max(_QUIET_BYTES_S, *told)
    return Cell(wording.rate(value), trend=tuple(part / most for part in told), figure_width=11)


def _memory_share(sample: Sample) -> float | None:
    if sample.memory_used_bytes is None or not sample.memory_assigned_bytes:
        return None
    return sample.memory_used_bytes / sample.memory_assigned_bytes


def _memory(domain: Domain, lookup: Lookup) -> Cell:
    value = _value(_memory_share, domain, lookup)
    if value is None:
        return Cell("")
    return Cell(wording.percent(value), trend=tuple(_trend(_memory_share, domain, lookup)))


def columns() -> tuple[Column[Domain], ...]:
    """Return the columns in their first order."""
    live = partial(Column, align=Align.RIGHT, is_live=True, is_shown=False)

    def rate(name: str, title: str, figure: Figure) -> Column[Domain]:
        cell, value = partial(_rate, figure), partial(_value, figure)
        return live(name, title, cell, value, width=24, quantity=Quantity.RATE)

    return (
        live(
            "memory_used",
            _tr("Memory in Use"),
            _memory,
            partial(_value, _memory_share),
            width=20,
            quantity=Quantity.SHARE,
        ),
        rate("received", _tr("Network Received"), lambda sample: sample.network_in_bytes_s),
        rate("sent", _tr("Network Sent"), lambda sample: sample.network_out_bytes_s),
        rate("read", _tr("Disk Read"), lambda sample: sample.disk_read_bytes_s),
        rate("written", _tr("Disk Written"), lambda sample: sample.disk_write_bytes_s),
    )
