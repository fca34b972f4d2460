"""What the cells of pools and volumes say."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Alerts, Disk, Kind, Ref, StoragePool, StorageVolume
from console.sdk.nodes import Tone
from console.snapins.storage import columns
from tests.console.snapins.lent import LentContext
from tests.fakes.alarms import POOL as FULL
from tests.fakes.alarms import alert, alerts
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import GIB, domain

POOL = StoragePool(
    Ref("here", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True, path="/srv",
    capacity_bytes=100 * GIB, allocation_bytes=40 * GIB, available_bytes=60 * GIB,
)  # fmt: skip
VOLUME = StorageVolume(
    Ref("here", Kind.STORAGE_VOLUME, "/srv/a"),
    POOL.ref,
    "a.qcow2",
    "/srv/a",
    "qcow2",
    20 * GIB,
    GIB,
)
POOLS = {column.id: column for column in columns.pool_columns()}
VOLUMES = {column.id: column for column in columns.volume_columns()}


@pytest.fixture
def engine() -> FakeEngine:
    web = domain("web")
    assert web.next_start
    disk = Disk("vda", "virtio", source="/srv/a")
    return FakeEngine(POOL, VOLUME, replace(web, next_start=replace(web.next_start, disks=(disk,))))


def test_a_pool(context: LentContext) -> None:
    told = {name: column.cell(POOL, context.lookup) for name, column in POOLS.items()}
    assert told["used"].text == "40 of 100 GiB"
    assert told["used"].share == 0.4
    assert told["free"].text == "60 GiB"
    assert told["volumes"].text == "1"
    assert told["state"].text == "Active"


def test_a_pool_that_is_nearly_full_says_so(context: LentContext) -> None:
    for gigabytes, words, tone in (
        (84, "Active", Tone.MUTED),
        (85, "Nearly full", Tone.WARNING),
        (95, "Nearly full", Tone.BAD),
    ):
        filled = replace(POOL, allocation_bytes=gigabytes * GIB)
        told = POOLS["state"].cell(filled, context.lookup)
        assert (told.text, told.tone) == (words, tone)


def test_a_pool_that_is_beyond_a_threshold_says_so(context: LentContext, qtbot: QtBot) -> None:
    context.engine.put(alerts(POOL.ref, alert(FULL, figure=0.95)))
    qtbot.waitUntil(lambda: bool(context.lookup.record(POOL.ref.of(Kind.ALERTS), Alerts)))
    state = POOLS["state"]
    told = state.cell(POOL, context.lookup)
    assert (told.text, told.tone) == ("Space in use above 90 %", Tone.WARNING)
    assert state.value
    assert state.value(POOL, context.lookup) == "Active", "it is chosen by its state all the same"


def test_a_pool_that_is_not_active_has_no_figures(context: LentContext) -> None:
    idle = replace(POOL, is_active=False, capacity_bytes=0, allocation_bytes=0)
    assert POOLS["used"].cell(idle, context.lookup).text == ""
    assert POOLS["free"].cell(idle, context.lookup).text == ""


def test_a_volume(context: LentContext) -> None:
    told = {name: column.cell(VOLUME, context.lookup).text for name, column in VOLUMES.items()}
    assert told["used_by"] == "web"
    assert (told["size"], told["allocated"]) == ("20 GiB", "1 GiB")


def test_figures_are_numbers_and_what_has_none_says_nothing(context: LentContext) -> None:
    for column in POOLS.values():
        if column.quantity.is_number:
            assert column.value
            assert isinstance(column.value(POOL, context.lookup), float)
    for row in VOLUMES.values():
        if row.quantity.is_number:
            assert row.value
            assert isinstance(row.value(VOLUME, context.lookup), float)
    idle = replace(POOL, is_active=False, capacity_bytes=0, allocation_bytes=0)
    used, free = POOLS["used"].value, POOLS["free"].value
    assert used
    assert free
    assert (used(idle, context.lookup), free(idle, context.lookup)) == (None, None)


def test_headings(context: LentContext) -> None:
    assert columns.POOL_HEADING.of((POOL,), context.lookup) == "1 active · 60 GiB free"
    assert columns.VOLUME_HEADING.of((VOLUME,), context.lookup) == "1 in all · 1 GiB on disk"
