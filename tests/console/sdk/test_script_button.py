"""A dialog's verbs are shown, and not handed in."""

from pytestqt.qtbot import QtBot

from backend.errors import Gone
from backend.operations import domain as verbs
from backend.operations.script.request import Request
from console.sdk.context import Context
from console.sdk.nodes import Tone
from console.sdk.script_button import ScriptButton
from tests.console.snapins.conftest import context, engine
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain
from tests.fakes.turning import turn

__all__ = ["context", "engine"]
WEB = domain("web-01").ref


def pressed(context: LentContext, qtbot: QtBot, act: object) -> list[tuple[str, Tone]]:
    """Press the button of a dialog that acts so; return what it says."""
    said: list[tuple[str, Tone]] = []
    button = ScriptButton(context, "A title", act, lambda *words: said.append(words))  # type: ignore[arg-type]
    qtbot.addWidget(button)
    button.click()
    turn()
    return said


def test_its_verbs_are_shown_under_its_title(context: LentContext, qtbot: QtBot) -> None:
    async def act(given: Context) -> None:
        given.submit(verbs.start, WEB)

    assert pressed(context, qtbot, act) == []
    assert context.scripts == [("A title", (Request(verbs.start, WEB),))]
    assert context.submitted() == []


def test_nothing_to_do_is_said(context: LentContext, qtbot: QtBot) -> None:
    async def act(_given: Context) -> None:
        return

    ((words, tone),) = pressed(context, qtbot, act)
    assert "Nothing would be changed" in words
    assert tone is Tone.MUTED
    assert context.scripts == []


def test_an_error_is_said(context: LentContext, qtbot: QtBot) -> None:
    async def act(_given: Context) -> None:
        raise Gone

    ((words, tone),) = pressed(context, qtbot, act)
    assert "no longer there" in words
    assert tone is Tone.BAD
