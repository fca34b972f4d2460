"""A machine among large icons."""

from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.sdk.nodes import Tone
from console.snapins.machines.tiles import tile
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, domain, reading


def test_it_says_how_the_machine_stands_and_what_it_uses(
    context: LentContext, qtbot: QtBot
) -> None:
    web = domain("web-01", DomainState.RUNNING)
    context.watch(HOST)
    context.engine.sample(reading(web.ref, 1.0, cpu=0.34))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(web.ref)))
    shown = tile(web, context.lookup)
    assert (shown.title, shown.words, shown.figure) == ("web-01", "Running", "34 %")
    assert shown.tone is Tone.GOOD
    off = tile(domain("web-01"), context.lookup)
    assert (off.words, off.figure, off.icon) == ("Off", "", "ph.stop-circle")
