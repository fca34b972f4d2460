import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.measures import Measure
from backend.model import Domain, Host
from backend.series import Course, Point, Sample, Series
from console.snapins.machines.pages.host_performance import HostPerformancePage, nodes, promised
from console.snapins.machines.places import machine_node_id
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, host, reading


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> HostPerformancePage:
    made = HostPerformancePage(context)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.set_record(context.lookup.record(HOST, Host))
    made.wake()
    return made


def machine(context: LentContext, name: str) -> Domain:
    return next(one for one in context.lookup.records(Domain, "here") if one.name == name)


def test_what_is_used_of_what_the_server_has(
    page: HostPerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    now = time.time()
    figures = {
        (Measure.HOST_CPU, ""): 0.75,
        (Measure.HOST_MEMORY_USED, ""): 8.0 * 2**30,
        (Measure.HOST_MEMORY_SIZE, ""): 32.0 * 2**30,
    }
    context.engine.sample(Sample(HOST, time.monotonic(), figures, when=now))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(HOST)))
    page._draw()
    assert page.pane.charts.account() == "CPU used 75 %; Memory used 8, in all 32 GiB"
    page.sleep()


def test_its_past_is_that_of_the_server_itself(
    page: HostPerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    series = Series(HOST, Measure.HOST_CPU)
    now = time.time()
    run = (Point(now - 30, 0.5, 0.5, 0.5), Point(now - 29, 0.5, 0.5, 0.5))
    context.engine.waiting.settle("history.read", (Course(series, (run,), 1.0),))
    qtbot.waitUntil(lambda: bool(page.pane.deck.charts["cpu"].curves[0].seconds))
    page.sleep()


def test_who_does_most_stands_first_and_a_click_leads_there(
    page: HostPerformancePage, context: LentContext, qtbot: QtBot
) -> None:
    web, db = machine(context, "web-01"), machine(context, "db-01")
    for at, share in ((2.0, 0.2), (1.0, 0.3)):
        for one, cpu in ((web, share), (db, 0.9)):
            made = reading(one.ref, time.monotonic() - at, cpu=cpu, network_in_bytes_s=share * 1e7)
            context.engine.sample(replace(made, when=time.time() - at))
    qtbot.waitUntil(lambda: len(context.lookup.samples(db.ref)) == 2)
    page.refresh()
    assert [tile.name for tile in page.top.tiles] == ["db-01", "web-01"]
    names = [tile.name for tile in page.map.tiles]
    assert names == sorted(names, key=str.casefold)
    assert len(names) > 2, "those that are off stand there too"
    page.map.chosen.emit(web.ref.key)
    assert context.places == [(machine_node_id(web.ref), web.ref)]
    page.ranking.setCurrentIndex(page.ranking.findData("received"))
    page.ranking.chosen.emit("received")
    assert page.top.tiles[0].words == "2.9 MiB/s"
    page.sleep()


def test_where_nothing_was_read_it_says_so(page: HostPerformancePage, context: LentContext) -> None:
    assert page.pane.trouble.text() == "Nothing was read of the server in this time."
    page.sleep()


def test_what_was_promised_is_told_beside_what_there_is(context: LentContext) -> None:
    here = replace(host(), processors=8, memory_bytes=32 * 2**30)
    web = machine(context, "web-01")
    assert web.configuration
    words = promised(here, [web, replace(web, state=type(web.state).OFF)], 2 * 2**30)
    count = web.configuration.vcpus
    assert words == (f"1 of 2 run, with {count} virtual processors on 8 and 2 of 32 GiB of memory")
    one = replace(web.configuration, vcpus=1)
    assert "with 1 virtual processor on" in promised(here, [replace(web, live=one)], 2**30)
    assert promised(replace(here, processors=0), [web], 0) == "", "it has not answered yet"


def test_nodes_are_those_that_were_read() -> None:
    figures = {(Measure.NODE_MEMORY_SIZE, "0"): 1.0, (Measure.NODE_MEMORY_SIZE, "1"): 1.0}
    told = nodes([Sample(HOST, 1.0, figures)])
    assert told["memory"] == [("0", "Node 0"), ("1", "Node 1")]
    assert nodes([])["cpu"] == []


def test_a_drag_compares_no_machines(page: HostPerformancePage, qtbot: QtBot) -> None:
    page.pane._clock.stop()
    page._draw()
    before = page.map.tiles
    assert before
    page.map.show_tiles(())
    since = page.pane.view.span.since
    page.pane.view.move(-600)
    qtbot.waitUntil(lambda: not page.pane._soon.isActive())
    assert page.pane.deck.charts["cpu"].plane.plot.span.since < since - 500
    assert page.map.model().rowCount() == 0
    page.pane.ticked.emit()
    assert [tile.id for tile in page.map.tiles] == [tile.id for tile in before]
    page.sleep()


def test_in_a_narrow_pane_nothing_is_out_of_reach(page: HostPerformancePage) -> None:
    assert page.promised.text()
    # The least window, less tree and actions, is 480; fonts of other tests may want some more.
    assert page.minimumSizeHint().width() <= 500
    page.sleep()
