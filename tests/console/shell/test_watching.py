"""What is read for a list."""

from pytestqt.qtbot import QtBot

from console.bridge.door import Bridge
from console.shell.watching import Watching
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import AWAY, HOST


def test_only_what_is_wanted_is_read_and_nothing_is_read_twice(qtbot: QtBot) -> None:
    engine = FakeEngine()
    bridge = Bridge(engine)
    watching = Watching(bridge)
    watching.follow([HOST, AWAY])
    watching.follow([HOST])
    assert dict(engine.watched) == {HOST: 1}
    watching.follow([HOST])
    assert dict(engine.watched) == {HOST: 1}
    watching.follow(())
    assert not engine.watched
    bridge.close()
