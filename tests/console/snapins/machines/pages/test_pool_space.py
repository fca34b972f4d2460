import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.measures import Measure, Unit
from backend.model import Kind, Record, Ref, StoragePool
from backend.series import Sample
from backend.thresholds import Threshold
from console.sdk import afterwards
from console.snapins.machines.pages.pool_space import PoolSpacePage
from tests.console.snapins.lent import LentContext
from tests.fakes.alarms import alert, alerts
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import GIB, host

POOL = StoragePool(
    Ref("here", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True, path="/srv",
    capacity_bytes=100 * GIB, allocation_bytes=95 * GIB, available_bytes=5 * GIB,
)  # fmt: skip
FULL = Threshold("pool", Measure.POOL_USED, 0.9, Unit.SHARE)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(host(), POOL, alerts(POOL.ref, alert(FULL, figure=0.95)))


def shown(context: LentContext, qtbot: QtBot, pool: StoragePool = POOL) -> PoolSpacePage:
    page = PoolSpacePage(context)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.set_record(pool)
    page.wake()
    return page


def test_how_full_it_is_and_what_is_beyond_its_threshold(
    context: LentContext, qtbot: QtBot
) -> None:
    page = shown(context, qtbot)
    afterwards.at_once()
    assert set(context.engine.watched) == {POOL.ref}
    figures = {
        (Measure.POOL_USED, ""): 95.0 * GIB, (Measure.POOL_FREE, ""): 5.0 * GIB,
        (Measure.POOL_SIZE, ""): 100.0 * GIB,
    }  # fmt: skip
    context.engine.sample(Sample(POOL.ref, time.monotonic(), figures, when=time.time()))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(POOL.ref)))
    page._draw()
    assert page.pane.charts.account() == "Space used 95, in all 100 GiB"
    assert page.alerts.isVisible()
    page.sleep()


@pytest.mark.parametrize(
    ("pool", "words"),
    [
        (replace(POOL, is_active=False), "not active"),
        (replace(POOL, type="logical"), "no folder"),
        (POOL, "Nothing was read"),
    ],
)
def test_where_there_are_no_figures_it_says_why(
    context: LentContext, qtbot: QtBot, pool: StoragePool, words: str
) -> None:
    page = shown(context, qtbot, pool)
    assert words in page.pane.trouble.text()
    page.sleep()


def test_of_a_server_with_libvirt_alone_it_says_that_nobody_can_look(
    context: LentContext, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    until(replace(host(), uri="qemu+tls://rack-2/system"))
    page = shown(context, qtbot)
    assert "TLS or TCP" in page.pane.trouble.text()
    page.set_record(replace(POOL, is_active=False))
    assert "not active" in page.pane.trouble.text()
    page.sleep()
