"""The frame: buttons that are off say why, and a line that is only there with something to say."""

from pytestqt.qtbot import QtBot

from console.sdk.context import Context
from console.sdk.nodes import Tone
from console.snapins.machines.settings.frame import Frame
from tests.console.snapins.lent import LentContext


async def nothing(_context: Context) -> None:
    """Hand in nothing."""


def test_what_is_off_says_why(context: LentContext, qtbot: QtBot) -> None:
    frame = Frame(context, nothing)
    qtbot.addWidget(frame)
    frame.enable(can_close=True, can_apply=False, why="It is away.")
    assert (frame.ok_button.isEnabled(), frame.ok_button.toolTip()) == (True, "")
    assert (frame.apply_button.isEnabled(), frame.apply_button.toolTip()) == (False, "It is away.")


def test_it_says_how_it_stands(context: LentContext, qtbot: QtBot) -> None:
    frame = Frame(context, nothing)
    qtbot.addWidget(frame)
    assert frame.said.isHidden()
    frame.say("It failed.", Tone.BAD)
    assert (frame.said.isHidden(), frame.said.text()) == (False, "It failed.")
