import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from backend.journal.entry import Page, What
from backend.model import Domain, DomainState, Nic, Record, StateReason
from backend.series import Sample
from backend.traffic import Traffic
from console.snapins.machines.pages.performance import PerformancePage, adapter_name, why_none
from tests.console.snapins.lent import LentContext
from tests.fakes.entries import entry
from tests.fakes.machines import GIB, domain, reading

RUNNING = domain("web-01", DomainState.RUNNING, memory_gib=2, days=3.2)


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> PerformancePage:
    made = PerformancePage(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def sample(ago: float, **figures: object) -> Sample:
    told = {
        "cpu": 0.5,
        "memory_assigned_bytes": 2 * GIB,
        "disk_read_bytes_s": 2.0 * 2**20,
        "disk_write_bytes_s": 1.0 * 2**20,
        "network_in_bytes_s": 2048.0,
        "network_out_bytes_s": 1024.0,
        **figures,
    }
    return reading(RUNNING.ref, time.monotonic() - ago, **told)  # type: ignore[arg-type]


def shown(page: PerformancePage, record: Domain, context: LentContext, *samples: Sample) -> None:
    page.set_record(record)
    page.wake()
    context.engine.sample(*samples)


def test_four_charts_show_what_is_read(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, RUNNING, context, *(sample(ago) for ago in (3.0, 2.0, 1.0, 0.0)))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    assert page.charts.isVisible()
    assert page.charts.account() == (
        "CPU used 50 %; Memory assigned 2 GiB; Disk write 1, read 2 MiB/s; "
        "Network received 2, sent 1 KiB/s"
    )
    assert RUNNING.ref in context.engine.watched
    page.sleep()
    assert not context.engine.watched


def test_one_device_can_be_looked_at_alone(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    drives = (Traffic("vda", 0.0, 3 * 2**20), Traffic("vdb", 0.0, 5 * 2**20))
    shown(page, RUNNING, context, sample(1.0, drives=drives), sample(0.0, drives=drives))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    assert page.disks.choice.isVisible()
    page.disks.choice_changed.emit("vdb")
    assert page.disks.values_at_cross() == "Disk write 5, read 0 MiB/s"
    page.sleep()


def test_what_happened_is_marked(page: PerformancePage, context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["journal.read"] = Page((entry(What.STARTED, at=time.time() - 20),))
    shown(page, RUNNING, context, sample(1.0), sample(0.0))
    qtbot.waitUntil(lambda: len(page.cpu.plane._mark_lines) == 1)
    page.sleep()


def test_off_it_says_so_in_words(page: PerformancePage, context: LentContext) -> None:
    shown(page, domain("web-01"), context)
    assert page.words.isVisible()
    assert page.words.text() == "Off: its figures appear here as soon as it runs."
    page.sleep()


def test_a_host_without_figures_says_so_in_words() -> None:
    bare = [reading(RUNNING.ref, float(n)) for n in range(4)]
    assert "test driver" in why_none(RUNNING, bare)
    assert why_none(RUNNING, bare[:2]) == "", "they may still come"
    assert why_none(RUNNING, [*bare, sample(0)]) == ""


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (domain("web-01", DomainState.PAUSED), "Paused: it stands still."),
        (replace(RUNNING, reason=StateReason.NOT_ANSWERING), "QEMU does not answer"),
    ],
)
def test_why_the_curves_stand_still_is_said(
    page: PerformancePage,
    context: LentContext,
    until: Callable[[Record], None],
    record: Domain,
    words: str,
) -> None:
    until(record)
    shown(page, record, context, sample(1.0))
    page._draw()
    assert page.remark.text().startswith(words)
    page.sleep()


def test_the_span_is_chosen_by_a_button(page: PerformancePage, context: LentContext) -> None:
    shown(page, RUNNING, context, sample(0.0))
    buttons = [b for b in page.findChildren(QToolButton) if b.text().endswith("min")]
    assert [b.text() for b in buttons] == ["1 min", "2 min", "10 min"]
    buttons[2].click()
    assert page.charts.span_s == 600
    page.sleep()


def test_at_the_cross_hair_stand_time_and_values(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, RUNNING, context, sample(2.0, cpu=0.25), sample(0.0))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    page.charts.set_cross(-2.0)
    assert "CPU used 25 %" in page.remark.text()
    page.charts.set_cross(None)
    assert page.remark.text() == ""
    page.sleep()


def test_adapters_have_the_names_of_the_page_networking() -> None:
    assert RUNNING.live
    nics = (Nic("a", "network", "nat", target="vnet3"), Nic("b", "network", "nat", target="vnet4"))
    machine = replace(RUNNING, live=replace(RUNNING.live, nics=nics))
    assert adapter_name(machine, "vnet4") == "Adapter 2"
    assert adapter_name(machine, "tap9") == "tap9"
