"""What the pages know of the host."""

from pytestqt.qtbot import QtBot

from backend.specs import GuestSystem
from tests.console.snapins.machines.creation.conftest import GIB, Opener


def test_pools_with_their_words_and_room(opened: Opener) -> None:
    ground = opened().ground
    assert [words for _one, words in ground.pools()] == ["default, 50 GiB free"]
    assert ground.free_bytes("default") == 50 * GIB
    assert ground.free_bytes("other") == 0


def test_the_same_system_is_told_once(opened: Opener, qtbot: QtBot) -> None:
    ground = opened().ground
    with qtbot.waitSignal(ground.recognised):
        ground.take(GuestSystem("x", "X"))
    with qtbot.assertNotEmitted(ground.recognised):
        ground.take(GuestSystem("x", "X"))
