"""What an action would do, whatever it asks first."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from backend.errors import Gone
from backend.model import Kind
from backend.operations import domain as verbs
from backend.operations.script.request import Request
from console.sdk.actions import Action, Run, Selection
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.shell.registry import Entry
from console.shell.script_play import Played, play
from console.shell.window import MainWindow
from tests.fakes.machines import domain
from tests.fakes.turning import turn

WEB = domain("web-01")
dialogs: list["Asking"] = []


class Asking(Dialog):
    """Would start a machine."""

    def __init__(self, context: Context, refusal: str = "") -> None:
        super().__init__(context, "t", "OK")
        self.set_refusal(refusal)
        dialogs.append(self)

    @override
    async def act(self, context: Context) -> None:
        context.submit(verbs.start, WEB.ref)


def played(shell: MainWindow, run: Run, texts: Sequence[str] = ()) -> Played:
    entry = Entry(Action("x", "X", "", Kind.DOMAIN, run), 0, "", Selection(None, (WEB,)))
    told: list[Played] = []

    async def work() -> None:
        told.append(await play(shell.context, entry, texts))

    shell.context.run(work())
    turn()
    return told[0]


def test_plain_functions_and_coroutines(shell: MainWindow) -> None:
    def at_once(context: Context, selection: Selection) -> None:
        for record in selection.records:
            context.submit(verbs.start, record.ref)

    async def later(context: Context, selection: Selection) -> None:
        at_once(context, selection)

    for run in (at_once, later):
        assert played(shell, run) == Played((Request(verbs.start, WEB.ref),))


@pytest.mark.parametrize("refusal", ["", "Not yet."])
def test_a_dialog_s_proposals_are_taken_unless_it_refuses_them(
    shell: MainWindow, qtbot: QtBot, refusal: str
) -> None:
    dialogs.clear()
    told = played(shell, lambda context, _: context.show_dialog(Asking(context, refusal)))
    assert told.asks
    assert [request.verb for request in told.requests] == ([] if refusal else ["domain.start"])
    (dialog,) = dialogs
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_a_text_that_will_not_do_makes_no_script(shell: MainWindow) -> None:
    async def rename(context: Context, _selection: Selection) -> None:
        text = await context.ask_text("t", "Name", "a", lambda text: "" if text == "b" else "No.")
        context.submit(verbs.rename, WEB.ref, text or "")

    refused = played(shell, rename)
    assert refused.refusal == "No."
    assert refused.requests == ()
    assert played(shell, rename, ["b"]).requests == (Request(verbs.rename, WEB.ref, ("b",)),)


def test_an_error_is_raised(shell: MainWindow) -> None:
    raised: list[Gone] = []

    def fail(_context: Context, _selection: Selection) -> None:
        raise Gone

    async def work() -> None:
        entry = Entry(Action("x", "X", "", Kind.DOMAIN, fail), 0, "", Selection(None, ()))
        try:
            await play(shell.context, entry)
        except Gone as error:
            raised.append(error)

    shell.context.run(work())
    turn()
    assert raised
