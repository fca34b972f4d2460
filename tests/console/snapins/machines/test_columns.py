"""What each cell says in each state."""

import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import StartFailed
from backend.model import Change, Domain, DomainState, Guest, GuestAddress, Host, Nic, StateReason
from backend.operations import domain as verbs
from backend.series import Sample
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell, Quantity
from console.snapins.machines import columns
from tests.console.snapins.lent import LentContext
from tests.fakes.alarms import CPU, LATENCY, alert, alerts
from tests.fakes.machines import GIB, HOST, domain, reading

COLUMNS = {column.id: column for column in columns.columns()}


def machine(context: LentContext, name: str) -> Domain:
    found = context.lookup.record(domain(name).ref, Domain)
    assert found
    return found


def cell(context: LentContext, column: str, record: Domain) -> Cell:
    return COLUMNS[column].cell(record, context.lookup)


def read(context: LentContext, qtbot: QtBot, *samples: Sample) -> None:
    context.watch(HOST)
    context.engine.sample(*samples)
    qtbot.waitUntil(lambda: bool(context.lookup.samples(samples[-1].ref)))


def test_hyper_v_s_columns_in_its_order() -> None:
    shown = [column.title for column in columns.columns() if column.is_shown]
    assert shown == ["Name", "State", "CPU Usage", "Assigned Memory", "Uptime", "Status"]
    right = {column.id for column in columns.columns() if column.align is Align.RIGHT}
    assert right == {column.id for column in columns.columns() if column.quantity.is_number}
    live = {column.id for column in columns.columns() if column.is_live}
    rates = {"memory_used", "received", "sent", "read", "written"}
    assert live == {"cpu", "memory", "uptime"} | rates


def test_across_hosts_the_host_stands_beside_the_name(context: LentContext) -> None:
    across = columns.columns_across_hosts()
    assert [column.id for column in across][:2] == ["name", "host"]
    assert across[1].is_shown
    assert {column.id for column in across} == set(COLUMNS)
    assert across[1].cell(machine(context, "web-01"), context.lookup).text == "this-computer"


def test_what_rows_are_grouped_by(context: LentContext) -> None:
    nics = (Nic("", "network", "lan"), Nic("", "bridge", "br0"), Nic("", "network", "lan"))
    web = machine(context, "web-01")
    assert web.live
    web = replace(web, live=replace(web.live, nics=nics), notes="shop front\nof the shop")
    heads = {
        name: column.group(web, context.lookup) for name, column in COLUMNS.items() if column.group
    }
    assert heads == {"network": "lan, br0", "generation": "2 (UEFI)", "notes": "shop"}
    groupable = {name for name, column in COLUMNS.items() if column.is_groupable}
    assert groupable == {*heads, "state", "host", "processors", "autostart"}


@pytest.mark.parametrize(
    ("name", "state", "status", "memory", "has_uptime"),
    [
        ("web-01", "Running", "", "2 GiB", True),
        ("build", "Paused-Critical", "Storage of a disk is full", "4 GiB", True),
        ("win-11", "Saved", "Start restores its memory", "", False),
        ("mail-old", "Panicked", "The guest panicked", "", False),
        ("template-debian", "Off", "", "", False),
        ("test-04", "Shutting down", "", "1 GiB", True),
    ],
)
def test_cells(
    context: LentContext, name: str, state: str, status: str, memory: str, has_uptime: bool
) -> None:
    record = machine(context, name)
    assert cell(context, "state", record).text == state
    assert cell(context, "status", record).text == status
    assert cell(context, "memory", record).text == memory
    assert bool(cell(context, "uptime", record).text) is has_uptime
    assert cell(context, "cpu", record).text == ""
    assert cell(context, "name", record).icon


@pytest.mark.parametrize("state", DomainState)
@pytest.mark.parametrize("reason", StateReason)
def test_no_state_breaks_a_cell_or_a_sort_key(
    context: LentContext, state: DomainState, reason: StateReason
) -> None:
    records = [domain("a", state, reason=reason), replace(domain("b", state), next_start=None)]
    for column in columns.columns():
        texts = [column.cell(record, context.lookup).text for record in records]
        assert all(isinstance(text, str) for text in texts)
        values = [column.value(r, context.lookup) for r in records if column.value]
        is_number = column.quantity.is_number or column.quantity is Quantity.FLAG
        kinds = (float, type(None)) if is_number else (str, tuple)
        assert all(isinstance(value, kinds) for value in values)


def test_live_figures(context: LentContext, qtbot: QtBot) -> None:
    record = machine(context, "web-01")
    figures = [reading(record.ref, at, 0.3 + at / 100, GIB, 2 * GIB) for at in range(3)]
    read(context, qtbot, *figures)
    cpu = cell(context, "cpu", record)
    assert (cpu.text, cpu.trend) == ("32 %", (0.3, 0.31, 0.32))
    assert cell(context, "memory", record).text == "1 of 2 GiB"
    value = COLUMNS["cpu"].value
    assert value
    assert value(record, context.lookup) == 0.32


def test_a_machine_that_stopped_shows_no_old_figures(context: LentContext, qtbot: QtBot) -> None:
    record = machine(context, "web-01")
    read(context, qtbot, reading(record.ref, 0.0, 0.5, GIB, 2 * GIB))
    off = replace(record, state=DomainState.OFF, live=None)
    assert cell(context, "cpu", off).text == ""
    assert cell(context, "memory", off).text == ""


def test_uptime_is_since_the_start(context: LentContext) -> None:
    record = replace(machine(context, "web-01"), started_at=time.time() - 3 * 86400 - 15120)
    assert cell(context, "uptime", record).text == "3 d 04:12"
    assert cell(context, "uptime", replace(record, started_at=None)).text == ""


def test_status_follows_the_job_then_its_failure(context: LentContext, qtbot: QtBot) -> None:
    record = machine(context, "template-debian")
    job = context.submit(verbs.start, record.ref)
    context.engine.report(job.id, 0.4)
    qtbot.waitUntil(lambda: cell(context, "status", record).text == "Starting 40 %")
    context.engine.fail(job.id, StartFailed(name=record.name))
    qtbot.waitUntil(lambda: cell(context, "status", record).tone is Tone.BAD)
    assert cell(context, "status", record).text == "Starting template-debian failed"


def test_addresses_are_those_that_others_can_reach() -> None:
    told = ("127.0.0.1", "::1", "fe80::1", "2001:db8::1", "169.254.1.1", "10.0.0.2")
    entries = tuple(GuestAddress("", "eth0", address, 24, "agent") for address in told)
    guest = Guest(domain("a").ref, does_agent_answer=True, addresses=entries)
    assert columns.addresses(guest) == ("10.0.0.2", "2001:db8::1")
    assert columns.addresses(None) == ()


def test_the_heading_sums_up(context: LentContext) -> None:
    records = tuple(context.lookup.records(Domain, "here"))
    text = columns.HEADING.of(records, context.lookup)
    assert text == "4 running, 1 paused, 4 off · 18 of 24 GiB assigned"
    assert columns.HEADING.of((), context.lookup) == ""


def test_a_host_that_told_no_memory_is_not_summed(context: LentContext) -> None:
    (host,) = context.lookup.records(Host, "here")
    context.lookup.apply_change(Change(host.ref, host, replace(host, memory_bytes=0)))
    assert columns.HEADING.of((domain("a"),), context.lookup) == "1 off"


def test_the_filter_finds_by_name_address_state_and_notes(context: LentContext) -> None:
    assert "10.0.1.11" in columns.search_text(machine(context, "web-01"), context.lookup)
    assert "linked clones" in columns.search_text(
        machine(context, "template-debian"), context.lookup
    )


def test_the_agent_is_told_as_libvirt_tells_it_of_all(context: LentContext) -> None:
    record = machine(context, "web-01")
    assert record.live
    connected = replace(record, live=replace(record.live, is_agent_connected=True))
    assert cell(context, "status", connected).text == "Guest agent connected"


def test_an_alert_is_told_in_status_unless_something_is_worse(context: LentContext) -> None:
    web = machine(context, "web-01")
    record = alerts(web.ref, alert(LATENCY, "vda"), alert(CPU))
    context.lookup.apply_change(Change(record.ref, None, record))
    shown = cell(context, "status", web)
    assert (shown.text, shown.tone) == (
        "Write latency of drive vda above 100 ms (+1)", Tone.WARNING,
    )  # fmt: skip
    assert shown.tooltip.splitlines()[1] == "CPU usage above 95 %"
    assert cell(context, "alerts", web) == shown
    stopped = replace(web, state=DomainState.PAUSED, reason=StateReason.DISK_FULL)
    assert "full" in cell(context, "status", stopped).text
    assert cell(context, "alerts", stopped) == shown
    assert cell(context, "alerts", machine(context, "db-01")).text == ""
