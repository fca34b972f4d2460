"""What is remembered, what is kept, what is asked anew."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest
from typing_extensions import override

from backend.errors import AuthenticationFailed, BackendError, ConnectionLost
from backend.host.credentials import Credentials
from backend.host.questions import Questions, Reply
from backend.hypervisor.secrets import Secrets
from backend.model import Keep, Prompt, PromptKind

PASSWORD = Prompt(0, PromptKind.PASSWORD, "root@rack-2")
CODE = Prompt(0, PromptKind.CODE, "root@rack-2", detail=("Code:",))
REFUSED = AuthenticationFailed(host="rack-2", user="root")


class Safe(Secrets):
    """A secret service in memory."""

    def __init__(self) -> None:
        super().__init__("ssh://rack-2")
        self.kept: dict[tuple[PromptKind, str], str] = {}

    @override
    async def is_there(self) -> bool:
        return True

    @override
    async def find(self, kind: PromptKind, subject: str) -> str | None:
        return self.kept.get((kind, subject))

    @override
    async def keep(self, kind: PromptKind, subject: str, text: str) -> bool:
        self.kept[kind, subject] = text
        return True

    @override
    async def drop(self, kind: PromptKind, subject: str) -> None:
        del self.kept[kind, subject]


class Unattended(Safe):
    """A secret service that asks for its password on a screen that nobody looks at."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = asyncio.Event()

    @override
    async def keep(self, kind: PromptKind, subject: str, text: str) -> bool:
        await self.unlocked.wait()
        return await super().keep(kind, subject, text)

    @override
    async def drop(self, kind: PromptKind, subject: str) -> None:
        await self.unlocked.wait()
        await super().drop(kind, subject)


class Room:
    """Credentials, and a user who answers from a list."""

    def __init__(self, safe: Safe | None = None) -> None:
        self.safe = safe or Safe()
        self.asked: list[Prompt] = []
        self.replies: list[Reply] = []
        self.questions = Questions(self._show)
        self.credentials = Credentials(self.questions, self.safe)

    def _show(self, prompt: Prompt | None) -> None:
        if prompt:
            self.asked.append(prompt)
            reply = self.replies.pop(0)
            answer: Callable[[], None] = lambda: self.questions.answer(prompt.id, reply)  # noqa: E731
            asyncio.get_running_loop().call_soon(answer)

    async def attempt(self, *prompts: Prompt) -> list[str]:
        self.credentials.begin()
        return [await self.credentials.get(prompt) for prompt in prompts]

    async def succeed(self) -> None:
        self.credentials.worked()
        await settled()

    async def fail(self, error: BackendError) -> None:
        self.credentials.failed(error)
        await settled()


async def settled() -> None:
    """Have what goes on in the background done, as far as it gets."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    async with open_room() as room:
        yield room


@contextlib.asynccontextmanager
async def open_room(safe: Safe | None = None) -> AsyncIterator[Room]:
    """A room whose errands are run."""
    room = Room(safe)
    async with asyncio.TaskGroup() as tasks:
        errands = tasks.create_task(room.credentials.run())
        yield room
        errands.cancel()


async def test_what_worked_is_not_asked_again(room: Room) -> None:
    room.replies = [Reply("right")]
    assert await room.attempt(PASSWORD) == ["right"]
    await room.succeed()
    assert await room.attempt(PASSWORD) == ["right"]
    assert not room.credentials.was_user_asked
    room.credentials.forget()
    room.replies = [Reply("again")]
    assert await room.attempt(PASSWORD) == ["again"]


async def test_a_second_question_says_that_the_answer_was_wrong(room: Room) -> None:
    room.replies = [Reply("wrong"), Reply("right")]
    assert await room.attempt(PASSWORD, PASSWORD) == ["wrong", "right"]
    assert [prompt.is_again for prompt in room.asked] == [False, True]
    assert all(prompt.can_be_kept for prompt in room.asked)


async def test_a_code_holds_once(room: Room) -> None:
    room.replies = [Reply("1"), Reply("2", Keep.YES)]
    assert await room.attempt(CODE) == ["1"]
    await room.succeed()
    assert await room.attempt(CODE) == ["2"]
    await room.succeed()
    assert [prompt.can_be_kept for prompt in room.asked] == [False, False]
    assert room.safe.kept == {}


async def test_only_what_worked_is_kept(room: Room) -> None:
    room.replies = [Reply("wrong", Keep.YES), Reply("right", Keep.YES)]
    await room.attempt(PASSWORD, PASSWORD)
    assert room.safe.kept == {}
    await room.succeed()
    assert list(room.safe.kept.values()) == ["right"]


async def test_what_is_kept_is_given_and_dropped_when_it_is_wrong(room: Room) -> None:
    room.safe.kept[PASSWORD.kind, PASSWORD.subject] = "old"
    room.replies = [Reply("new", Keep.YES)]
    assert await room.attempt(PASSWORD, PASSWORD) == ["old", "new"]
    assert room.safe.kept == {}
    await room.succeed()
    assert list(room.safe.kept.values()) == ["new"]


async def test_a_refusal_drops_what_was_given_to_that_host_alone(room: Room) -> None:
    gate = Prompt(0, PromptKind.PASSWORD, "me@gate")
    for prompt in (PASSWORD, gate):
        room.safe.kept[prompt.kind, prompt.subject] = "kept"
    await room.attempt(gate, PASSWORD)
    await room.fail(REFUSED)
    assert list(room.safe.kept) == [(gate.kind, gate.subject)]


async def test_a_cut_link_says_nothing_of_the_answer(room: Room) -> None:
    room.safe.kept[PASSWORD.kind, PASSWORD.subject] = "kept"
    await room.attempt(PASSWORD)
    await room.fail(ConnectionLost())
    assert room.safe.kept
    assert await room.attempt(PASSWORD) == ["kept"]


async def test_a_refused_passphrase_is_asked_anew_but_stays_kept(room: Room) -> None:
    key = Prompt(0, PromptKind.PASSPHRASE, "/root/.ssh/id")
    room.safe.kept[key.kind, key.subject] = "kept"
    await room.attempt(key)
    await room.fail(REFUSED)
    assert room.safe.kept, "the key may be the right one, and the host not know it"


async def test_a_keyring_that_nobody_unlocks_holds_nothing_up() -> None:
    safe = Unattended()
    safe.kept[PASSWORD.kind, PASSWORD.subject] = "old"
    async with open_room(safe) as room:
        room.replies = [Reply("new", Keep.YES)]
        assert await room.attempt(PASSWORD, PASSWORD) == ["old", "new"]
        await room.succeed()
        assert await room.attempt(PASSWORD) == ["new"], "a link that comes back asks nobody"
        safe.unlocked.set()
        await settled()
        assert list(safe.kept.values()) == ["new"], "what was kept before goes first"


async def test_what_is_known_to_be_wrong_is_not_given_while_it_waits_to_be_dropped() -> None:
    safe = Unattended()
    safe.kept[PASSWORD.kind, PASSWORD.subject] = "old"
    async with open_room(safe) as room:
        await room.attempt(PASSWORD)
        await room.fail(REFUSED)
        room.replies = [Reply("new")]
        assert await room.attempt(PASSWORD) == ["new"]


def test_nothing_that_is_known_shows() -> None:
    room = Room()
    assert "right" not in repr(vars(room.credentials))


async def test_what_is_known_does_not_show(room: Room) -> None:
    room.replies = [Reply("right")]
    await room.attempt(PASSWORD)
    assert "right" not in repr(vars(room.credentials))
