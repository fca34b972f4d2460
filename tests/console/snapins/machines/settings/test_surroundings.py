"""Why nothing can be changed on a machine: its server, its absence, or the rights there."""

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.model import Domain, HostState, Record
from console.snapins.machines.settings import surroundings
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, host

Until = Callable[[Record], None]


def test_it_says_what_stands_in_the_way(
    context: LentContext, web: Domain, until: Until, qtbot: QtBot
) -> None:
    lookup = context.lookup
    assert surroundings.lock(lookup, web.ref) == ""
    until(replace(host(), is_read_only=True))
    assert "only look" in surroundings.lock(lookup, web.ref)
    until(host(HostState.AWAY))
    assert "is away" in surroundings.lock(lookup, web.ref)
    until(host())
    context.engine.drop(web.ref)
    qtbot.waitUntil(lambda: lookup.any_record(web.ref) is None)
    assert "no longer there" in surroundings.lock(lookup, web.ref)
    context.engine.drop(HOST)
    qtbot.waitUntil(lambda: lookup.any_record(HOST) is None)
    assert "no longer managed" in surroundings.lock(lookup, web.ref)
