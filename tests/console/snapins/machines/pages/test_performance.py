import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.journal.entry import Page, What
from backend.measures import Measure
from backend.model import Disk, Domain, DomainState, Nic, Record, StateReason
from backend.series import Course, Point, Sample, Series
from console.sdk import afterwards
from console.snapins.machines.pages.performance import (
    PerformancePage,
    adapter_name,
    devices,
    why_none,
)
from console.widgets.time_span import Span
from tests.console.snapins.lent import LentContext
from tests.fakes.entries import entry
from tests.fakes.machines import GIB, domain, reading

RUNNING = domain("web-01", DomainState.RUNNING, memory_gib=2, days=3.2)
HOUR = 3600.0


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> PerformancePage:
    made = PerformancePage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
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
    made = reading(RUNNING.ref, time.monotonic() - ago, **told)  # type: ignore[arg-type]
    return replace(made, when=time.time() - ago)


def shown(page: PerformancePage, record: Domain, context: LentContext, *samples: Sample) -> None:
    page.set_record(record)
    page.wake()
    afterwards.at_once()
    context.engine.sample(*samples)


def course(measure: Measure, *points: tuple[float, float], step_s: float = 10.0) -> Course:
    """Return one with these (moment, value)."""
    run = tuple(Point(at, value, value, value) for at, value in points)
    return Course(Series(RUNNING.ref, measure), (run,), step_s)


def asked(context: LentContext) -> list[dict[str, object]]:
    return [one.options for one in context.engine.queries if one.operation == "history.read"]


def test_four_charts_show_what_is_read(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, RUNNING, context, *(sample(ago) for ago in (3.0, 2.0, 1.0, 0.0)))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    assert page.pane.charts.isVisible()
    assert page.pane.charts.account() == (
        "CPU used 50 %; Memory assigned 2 GiB; Disk write 1, read 2 MiB/s; "
        "Network received 2, sent 1 KiB/s"
    )
    assert RUNNING.ref in context.engine.watched
    page.sleep()
    assert not context.engine.watched


def test_what_was_kept_stands_before_what_is_read_now(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    now = time.time()
    kept = course(Measure.CPU, (now - 50, 0.25), (now - 40, 0.25))
    context.engine.answers["history.read"] = (kept,)
    shown(page, RUNNING, context, sample(1.0), sample(0.0))
    curve = page.pane.deck.charts["cpu"]
    qtbot.waitUntil(lambda: bool(curve.curves) and 25.0 in curve.curves[0].values)
    assert None in curve.curves[0].values, "nobody looked between"
    assert curve.curves[0].newest == "50"
    page.sleep()


def test_an_old_spike_is_looked_back_at(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    spike = time.time() - 30 * HOUR
    context.engine.answers["history.read"] = (course(Measure.CPU, (spike - 10, 0.1), (spike, 0.9)),)
    shown(page, RUNNING, context, sample(1.0), sample(0.0))
    page.pane.view.look_at(Span(spike - 300, spike + 300))
    page.pane.view.set_cross(spike + 5.0)
    qtbot.waitUntil(lambda: "CPU 90 %" in page.pane.bar.remark.text())
    assert page.pane.bar.remark.text().endswith("CPU 90 %"), "of the others nothing was kept"
    page.sleep()


def test_while_one_drags_only_the_last_wish_is_asked_next(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, RUNNING, context, sample(1.0), sample(0.0))
    qtbot.waitUntil(lambda: len(asked(context)) == 1)
    now = time.time()
    for days in range(1, 30):
        page.pane.view.look_at(Span(now - days * 86_400 - 600, now - days * 86_400))
        page._draw()
    assert len(asked(context)) == 1, "the first one is not answered yet"
    context.engine.waiting.settle("history.read", ())
    qtbot.waitUntil(lambda: len(asked(context)) == 2)
    since, until = asked(context)[1]["since"], asked(context)[1]["until"]
    assert isinstance(since, float)
    assert isinstance(until, float)
    assert since <= now - 29 * 86_400 - 600
    assert until < now - 28 * 86_400
    context.engine.waiting.settle("history.read", ())
    page.pane.view.move(30.0)
    page._draw()
    qtbot.wait(50)
    assert len(asked(context)) == 2, "a little beyond what is seen is known too"
    page.sleep()


def test_one_device_can_be_looked_at_alone(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    drives = (("vda", 0.0, 3.0 * 2**20), ("vdb", 0.0, 5.0 * 2**20))
    two = with_drives("vda", "vdb")
    shown(page, two, context, sample(1.0, drives=drives), sample(0.0, drives=drives))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    disk = page.pane.deck.charts["disk"]
    assert disk.choice.isVisible()
    disk.choice.setCurrentIndex(disk.choice.findData("vdb"))
    page._draw()
    assert disk.values_at_cross() == "Disk write 5, read 0 MiB/s"
    disk.choice.setCurrentIndex(disk.choice.findText("Each drive"))
    page._draw()
    assert disk.values_at_cross() == "Disk vda 3, vdb 5 MiB/s"
    disk.aspect.setCurrentIndex(disk.aspect.findText("Latency"))
    page._draw()
    assert disk.unit == "ms"
    page.sleep()


def with_drives(*targets: str) -> Domain:
    assert RUNNING.live
    drives = tuple(Disk(target, "virtio") for target in targets)
    return replace(RUNNING, live=replace(RUNNING.live, disks=drives))


def test_all_lie_over_each_other_and_read_as_they_are(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, RUNNING, context, sample(1.0), sample(0.0))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page.pane.bar.overlay.setChecked(True)
    assert page.pane.charts.shown == (page.pane.deck.overlay,)
    assert page.pane.deck.overlay.isVisible()
    assert not page.pane.deck.charts["cpu"].isVisible()
    told = page.pane.charts.account()
    assert "CPU used 50 %" in told
    assert "Disk write 1 MiB/s" in told
    assert "Network received 2 KiB/s" in told
    highest = [max(v or 0 for v in curve.values) for curve in page.pane.deck.overlay.curves]
    assert all(0 < value <= 100 for value in highest), "each on a scale of its own"
    page.pane.bar.overlay.setChecked(False)
    assert page.pane.deck.charts["cpu"].isVisible()
    page.sleep()


def test_what_happened_is_marked(page: PerformancePage, context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["journal.read"] = Page((entry(What.STARTED, at=time.time() - 20),))
    shown(page, RUNNING, context, sample(1.0), sample(0.0))
    qtbot.waitUntil(lambda: len(page.pane.deck.charts["cpu"].plane.plot.marks) == 1)
    page.sleep()


def test_off_it_says_so_in_words_and_its_past_can_be_seen(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, domain("web-01"), context)
    assert page.pane.words.isVisible()
    assert page.pane.words.text() == "Off: its figures appear here as soon as it runs."
    assert page.pane.bar.isVisible()
    now = time.time()
    kept = course(Measure.CPU, (now - 2000, 0.25), (now - 1900, 0.25))
    context.engine.waiting.settle("history.read", ())
    context.engine.answers["history.read"] = (kept,)
    page.pane.bar.spans.buttons[HOUR].click()
    qtbot.waitUntil(page.pane.charts.isVisible)
    assert page.pane.trouble.text() == "Off: it stands still."
    page.sleep()


def test_off_it_offers_the_shortest_time_in_which_it_ran(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    now = time.time()
    ran = course(Measure.CPU, (now - 200, 0.25), (now - 100, 0.25))
    shown(page, domain("web-01"), context)
    context.engine.answers["history.read"] = (ran,)
    assert page.pane.before.isHidden(), "nobody knows yet"
    assert page.timeline.isHidden(), "nor is there anything in this minute"
    context.engine.waiting.settle("history.read", ())
    qtbot.waitUntil(page.pane.before.isVisible)
    page.pane.before.click()
    assert (page.pane.view.span.length_s, page.pane.view.is_live) == (600, True)
    qtbot.waitUntil(page.pane.charts.isVisible)
    assert page.pane.before.isHidden()
    assert page.timeline.isVisible()
    page.sleep()


def test_off_and_never_measured_it_says_so(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["history.read"] = ()
    shown(page, domain("web-01"), context)
    context.engine.waiting.settle("history.read", ())
    qtbot.waitUntil(lambda: "Nothing was kept" in page.pane.words.text())
    assert page.pane.before.isHidden()
    page.sleep()


def test_a_host_without_figures_says_so_in_words() -> None:
    bare = [Sample(RUNNING.ref, float(n)) for n in range(4)]
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
    qtbot: QtBot,
) -> None:
    until(record)
    shown(page, record, context, sample(1.0))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    assert page.pane.trouble.text().startswith(words)
    page.sleep()


def test_at_the_cross_hair_stand_time_and_values(
    page: PerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    shown(page, RUNNING, context, sample(2.0, cpu=0.25), sample(0.0))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(RUNNING.ref)))
    page._draw()
    page.pane.view.set_cross(time.time() - 2.0)
    assert "CPU 25 %" in page.pane.bar.remark.text()
    page.pane.view.set_cross(None)
    assert page.pane.bar.remark.text() == ""
    page.sleep()


def test_devices_have_the_names_of_the_other_pages() -> None:
    assert RUNNING.live
    nics = (Nic("a", "network", "nat", target="vnet3"), Nic("b", "network", "nat", target="vnet4"))
    machine = replace(RUNNING, live=replace(RUNNING.live, nics=nics, vcpus=2))
    assert adapter_name(machine, "b") == "Adapter 2"
    assert adapter_name(machine, "tap9") == "tap9"
    told = devices(machine, ())
    assert told["cpu"] == [("0", "Processor 0"), ("1", "Processor 1")]
    assert told["network"] == [("a", "Adapter 1"), ("b", "Adapter 2")]
    assert devices(replace(machine, live=None, next_start=None), ())["cpu"] == []


def test_in_a_narrow_pane_nothing_is_out_of_reach(page: PerformancePage) -> None:
    assert page.minimumSizeHint().width() <= 480  # the least window, less tree and actions
