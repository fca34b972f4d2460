"""Pauses can be cut short, waits end, and one that fails does not leave the others undone."""

from collections.abc import Awaitable, Callable

from backend.errors import HostAway
from console.keynote.patience import Mishap, Patience, moment, together
from console.shell.window import MainWindow

Done = Callable[[Awaitable[None]], str]


def test_a_wait_ends_with_what_was_found_or_why_not(done: Done) -> None:
    patience, found = Patience(), iter([None, None, "it"])

    async def wait() -> None:
        assert await patience.until(lambda: next(found), 5, "never") == "it"
        await patience.until(lambda: None, 0.05, "It never came.")

    assert done(wait()) == "It never came."


def test_a_pause_ends_by_itself_or_when_one_hurries(done: Done) -> None:
    patience = Patience()

    async def pause() -> None:
        assert not patience.hurry()
        await patience.beat(0.01)
        assert not patience.hurry(), "it is over"

    assert done(pause()) == ""


def test_of_many_all_are_done_and_the_first_failure_is_raised(
    window: MainWindow, done: Done
) -> None:
    ended: list[str] = []

    async def work(name: str, milliseconds: int, error: Exception | None = None) -> None:
        await moment(milliseconds)
        ended.append(name)
        if error:
            raise error

    works = [work("a", 30), work("b", 10, Mishap("b fell")), work("c", 20, HostAway(host="h"))]
    assert done(together(window.context, works)) == "b fell"
    assert ended == ["b", "c", "a"]
