"""What a machine uses, in the list."""

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Domain, DomainState
from console.sdk.views import Quantity
from console.snapins.machines import rates
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, HOST, domain, reading

COLUMNS = {column.id: column for column in rates.columns()}
MIB = 2.0**20


@pytest.fixture
def web(context: LentContext, qtbot: QtBot) -> Domain:
    web = context.lookup.record(domain("web-01").ref, Domain)
    assert web
    context.watch(HOST)
    for at, rate in enumerate((None, 0.5 * MIB, 2 * MIB)):
        context.engine.sample(reading(web.ref, at, 0.1, GIB, 2 * GIB, rate, rate, rate, rate))
    qtbot.waitUntil(lambda: len(context.lookup.samples(web.ref)) == 3)
    return web


@pytest.mark.parametrize("name", ["received", "sent", "read", "written"])
def test_a_rate_has_its_unit_and_a_curve_as_high_as_its_peak(
    context: LentContext, web: Domain, name: str
) -> None:
    cell = COLUMNS[name].cell(web, context.lookup)
    assert (cell.text, cell.trend) == ("2 MiB/s", (0.25, 1.0))
    value = COLUMNS[name].value
    assert value
    assert value(web, context.lookup) == 2 * MIB
    assert COLUMNS[name].quantity is Quantity.RATE


def test_memory_in_use_is_a_share_of_what_is_assigned(context: LentContext, web: Domain) -> None:
    cell = COLUMNS["memory_used"].cell(web, context.lookup)
    assert (cell.text, cell.trend) == ("50 %", (0.5, 0.5, 0.5))


def test_noise_looks_like_noise(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    other = domain("web-02", DomainState.RUNNING)
    context.engine.sample(*(reading(other.ref, at, network_in_bytes_s=at * 100.0) for at in (1, 2)))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(other.ref)))
    assert max(COLUMNS["received"].cell(other, context.lookup).trend) < 0.01


@pytest.mark.parametrize("name", COLUMNS)
def test_a_machine_that_is_off_says_nothing(context: LentContext, name: str) -> None:
    value = COLUMNS[name].value
    assert COLUMNS[name].cell(domain("web-01"), context.lookup).text == ""
    assert value
    assert value(domain("web-01"), context.lookup) is None
