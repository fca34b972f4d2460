"""The columns of the list of machines: Hyper-V's, in its order, and those that one may add."""

import time
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from backend.measures import Measure
from backend.model import Domain, DomainState, Guest, Host, Kind, Ref
from console.sdk import reach, wording
from console.sdk.alert_cells import alert_cell
from console.sdk.context import Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell, Column, Heading, Quantity, Sums
from console.snapins.machines import rates, standing

_NOTHING = Cell("")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def _name(domain: Domain, _lookup: Lookup) -> Cell:
    mark = standing.mark(domain)
    return Cell(domain.name, mark.icon, mark.tone if mark.tone is not Tone.PLAIN else None)


def _state(domain: Domain, _lookup: Lookup) -> Cell:
    tone = standing.mark(domain).tone
    return Cell(
        wording.state(domain), tone=tone if tone in (Tone.WARNING, Tone.BAD) else Tone.MUTED
    )


def _cpu(domain: Domain, lookup: Lookup) -> Cell:
    sample = rates.latest(domain, lookup)
    if sample is None or sample.cpu is None or domain.state is not DomainState.RUNNING:
        return _NOTHING
    shares = (reading.cpu for reading in lookup.samples(domain.ref)[-rates.TREND :])
    trend = tuple(share for share in shares if share is not None)
    return Cell(wording.percent(sample.cpu), trend=trend)


def cpu_share(domain: Domain, lookup: Lookup) -> float | None:
    """Return the share of its virtual processors that a running machine uses, if that is known."""
    sample = rates.latest(domain, lookup)
    return sample.cpu if sample and domain.state is DomainState.RUNNING else None


def assigned_bytes(domain: Domain, lookup: Lookup) -> int:
    """Return the memory that a machine holds now; nothing while it is off."""
    if not standing.is_held(domain):
        return 0
    sample = rates.latest(domain, lookup)
    told = sample.memory_assigned_bytes if sample else None
    return told or (domain.live.current_memory_bytes if domain.live else 0)


def memory_text(domain: Domain, lookup: Lookup) -> str:
    """Return "1.4 of 2 GiB" where the guest tells what it uses, else what is assigned."""
    assigned, sample = assigned_bytes(domain, lookup), rates.latest(domain, lookup)
    if not assigned:
        return ""
    if sample and sample.memory_used_bytes is not None:
        return wording.size_of(sample.memory_used_bytes, assigned)
    return wording.size(assigned)


def _memory(domain: Domain, lookup: Lookup) -> Cell:
    return Cell(memory_text(domain, lookup))


def _memory_value(domain: Domain, lookup: Lookup) -> float | None:
    return float(assigned_bytes(domain, lookup)) or None


def uptime_s(domain: Domain) -> float | None:
    """Return for how long QEMU has held the machine; None where nobody can tell."""
    if domain.started_at is None or not standing.is_held(domain):
        return None
    return max(time.time() - domain.started_at, 0.0)


def _uptime(domain: Domain, _lookup: Lookup) -> Cell:
    seconds = uptime_s(domain)
    return _NOTHING if seconds is None else Cell(wording.duration(seconds))


def _uptime_value(domain: Domain, _lookup: Lookup) -> float | None:
    return uptime_s(domain)


def _status(domain: Domain, lookup: Lookup) -> Cell:
    job = lookup.job_on(domain.ref)
    if job:
        return Cell(wording.job_activity(job), tooltip=wording.job_title(job))
    trouble = standing.trouble(domain, lookup.last_failure(domain.ref))
    if trouble:
        return Cell(trouble.brief, tone=trouble.tone, tooltip=trouble.text)
    if (alert := _alerts(domain, lookup)) is not _NOTHING:
        return alert
    if domain.state is DomainState.OFF and domain.has_saved_state:
        return Cell(_tr("Start restores its memory"), tone=Tone.MUTED)
    # As libvirt tells it of every machine: what a row says must not hang on who looks at it.
    if domain.is_active and domain.live and domain.live.is_agent_connected:
        return Cell(_tr("Guest agent connected"), tone=Tone.MUTED)
    return _NOTHING


def _alerts(domain: Domain, lookup: Lookup) -> Cell:
    return alert_cell(domain.ref, lookup) or _NOTHING


def addresses(guest: Guest | None) -> tuple[str, ...]:
    """Return the addresses of a guest that others can reach, IPv4 first."""
    if guest is None:
        return ()
    found = [
        entry.address
        for entry in guest.addresses
        if not entry.address.startswith(("127.", "169.254.", "fe80:")) and entry.address != "::1"
    ]
    return tuple(sorted(found, key=lambda address: ":" in address))


def _address(domain: Domain, lookup: Lookup) -> Cell:
    found = addresses(lookup.guest(domain.ref) if domain.is_active else None)
    return Cell(found[0], tone=Tone.MUTED, tooltip="\n".join(found)) if found else _NOTHING


def _address_value(domain: Domain, lookup: Lookup) -> tuple[str, ...]:
    return addresses(lookup.guest(domain.ref) if domain.is_active else None)


def host_of(domain: Domain, lookup: Lookup) -> Host | None:
    """Return the host that a machine is on."""
    return lookup.record(Ref(domain.ref.host, Kind.HOST, domain.ref.host), Host)


def host_name(domain: Domain, lookup: Lookup) -> str:
    """Return the name of the host that a machine is on."""
    host = host_of(domain, lookup)
    return reach.short_name(host) if host else domain.ref.host


def _host(domain: Domain, lookup: Lookup) -> Cell:
    return Cell(host_name(domain, lookup), tone=Tone.MUTED)


def networks(domain: Domain) -> tuple[str, ...]:
    """Return the virtual switches and bridges that a machine is plugged into."""
    nics = domain.configuration.nics if domain.configuration else ()
    return tuple(dict.fromkeys(nic.source for nic in nics if nic.source))


def _network_value(domain: Domain, _lookup: Lookup) -> tuple[str, ...]:
    return networks(domain)


def _network_names(domain: Domain, _lookup: Lookup) -> str:
    return ", ".join(networks(domain))


def _network(domain: Domain, lookup: Lookup) -> Cell:
    return Cell(_network_names(domain, lookup))


def _generation_name(domain: Domain, _lookup: Lookup) -> str:
    made_of = domain.configuration
    return wording.generation(made_of.firmware) if made_of else ""


def _generation(domain: Domain, lookup: Lookup) -> Cell:
    return Cell(_generation_name(domain, lookup))


def _processors(domain: Domain, _lookup: Lookup) -> Cell:
    made_of = domain.configuration
    return Cell(str(made_of.vcpus)) if made_of else _NOTHING


def _processors_value(domain: Domain, _lookup: Lookup) -> float | None:
    return float(domain.configuration.vcpus) if domain.configuration else None


def _autostart(domain: Domain, _lookup: Lookup) -> Cell:
    return Cell(_tr("With the server") if domain.is_autostart else "")


def _is_autostart(domain: Domain, _lookup: Lookup) -> float:
    return float(domain.is_autostart)


def _all_notes(domain: Domain, _lookup: Lookup) -> str:
    return domain.notes


def _notes(domain: Domain, _lookup: Lookup) -> Cell:
    return Cell(domain.notes.split("\n", 1)[0], tooltip=domain.notes)


def _first_note(domain: Domain, _lookup: Lookup) -> str:
    return domain.notes.split(maxsplit=1)[0] if domain.notes.strip() else ""


def columns() -> tuple[Column[Domain], ...]:
    """Return the columns of one host's machines in their first order."""
    return (_named(), *_standing(), *_places(), *_made_of(), *rates.columns())


def columns_across_hosts() -> tuple[Column[Domain], ...]:
    """Return the same columns with the host beside the name, for machines of several."""
    host, *others = sorted(columns()[1:], key=lambda column: column.id != "host")
    return (_named(), replace(host, is_shown=True), *others)


def _named() -> Column[Domain]:
    return Column("name", _tr("Name"), _name, width=24)


def _standing() -> tuple[Column[Domain], ...]:
    figure = partial(Column, align=Align.RIGHT, is_live=True)
    shares, sizes, times = Quantity.SHARE, Quantity.SIZE, Quantity.DURATION
    return (
        Column("state", _tr("State"), _state, width=14, quantity=Quantity.CHOICE),
        figure("cpu", _tr("CPU Usage"), _cpu, cpu_share, width=20, quantity=shares),
        figure("memory", _tr("Assigned Memory"), _memory, _memory_value, width=16, quantity=sizes),
        figure("uptime", _tr("Uptime"), _uptime, _uptime_value, width=10, quantity=times),
        Column("status", _tr("Status"), _status, width=32),
        Column("alerts", _tr("Alerts"), _alerts, width=28, is_shown=False),
    )


def _places() -> tuple[Column[Domain], ...]:
    """Return where a machine is to be found; hidden at first."""
    column = partial(Column, width=16, is_shown=False)
    return (
        column("address", _tr("Address"), _address, _address_value),
        column("host", _tr("Server"), _host, quantity=Quantity.CHOICE),
        column("network", _tr("Network"), _network, _network_value, group=_network_names),
    )


def _made_of() -> tuple[Column[Domain], ...]:
    """Return what does not change while a machine runs; hidden at first."""
    column = partial(Column, is_shown=False)
    count, flag, right = Quantity.COUNT, Quantity.FLAG, Align.RIGHT
    return (
        column("generation", _tr("Generation"), _generation, group=_generation_name),
        column("processors", _tr("Processors"), _processors, _processors_value, right, 10, count),
        column(
            "autostart", _tr("Automatic Start"), _autostart, _is_autostart, width=14, quantity=flag
        ),
        column("notes", _tr("Notes"), _notes, _all_notes, width=24, group=_first_note),
        column("source", _tr("Source"), lambda domain, _: Cell(domain.source)),
        column("uuid", _tr("UUID"), lambda domain, _: Cell(domain.ref.key), width=36),
    )


def _share(domain: Domain, lookup: Lookup) -> Sums:
    told_apart = (DomainState.RUNNING, DomainState.PAUSED)
    state = domain.state if domain.state in told_apart else DomainState.OFF
    return {state: 1, Measure.MEMORY_ASSIGNED: assigned_bytes(domain, lookup), domain.ref.host: 1}


def _summed_up(sums: Sums, lookup: Lookup) -> str:
    """Return the list in a line: "4 running, 1 paused, 4 off · 10.4 of 23.5 GiB assigned"."""
    words = {
        DomainState.RUNNING: _tr("{count} running"),
        DomainState.PAUSED: _tr("{count} paused"),
        DomainState.OFF: _tr("{count} off"),
    }
    counts = [text.format(count=sums[state]) for state, text in words.items() if sums.get(state)]
    return " · ".join(part for part in (", ".join(counts), _assigned(sums, lookup)) if part)


def _assigned(sums: Sums, lookup: Lookup) -> str:
    whole = sum(host.memory_bytes for host in lookup.records(Host) if host.ref.host in sums)
    part = sums.get(Measure.MEMORY_ASSIGNED, 0)
    return _tr("{memory} assigned").format(memory=wording.size_of(part, whole)) if whole else ""


HEADING = Heading(_share, _summed_up)


def search_text(domain: Domain, lookup: Lookup) -> str:
    """Return what the filter looks in."""
    guest = lookup.guest(domain.ref)
    parts = (
        domain.name,
        host_name(domain, lookup),
        wording.state(domain),
        domain.notes,
        *addresses(guest),
        domain.ref.key,
    )
    return " ".join(parts)
