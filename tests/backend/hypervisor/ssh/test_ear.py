import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.errors import PromptDeclined
from backend.hypervisor.ssh import ear


@pytest.fixture
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as name:
        yield Path(name) / "asked"


class Ears:
    """An ear, and what it heard."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: list[str] = []
        self.answers: asyncio.Queue[str] = asyncio.Queue()

    async def reply(self, text: str) -> str:
        self.heard.append(text)
        return await self.answers.get()

    async def ask(self, text: str, hint: str = "") -> bytes:
        """Ask as askpass does; return what comes back."""
        while not self.path.exists():
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_unix_connection(self.path)
        try:
            writer.write(json.dumps({"text": text, "hint": hint}).encode() + b"\n")
            return await reader.read()
        finally:
            writer.close()


@pytest.fixture
async def ears(path: Path) -> AsyncIterator[Ears]:
    ears = Ears(path)
    async with asyncio.TaskGroup() as tasks:
        hearing = tasks.create_task(ear.hear(path, ears.reply))
        yield ears
        hearing.cancel()


async def test_each_question_gets_its_answer(ears: Ears) -> None:
    for number in ("one", "two"):
        ears.answers.put_nowait(number)
        assert json.loads(await ears.ask(f"{number}?")) == number
    assert ears.heard == ["one?", "two?"]


async def test_what_is_no_question_to_the_user_is_not_put_to_him(ears: Ears) -> None:
    assert await ears.ask("Add key to agent?", "confirm") == b""
    async with asyncio.TaskGroup() as tasks:
        notice = tasks.create_task(ears.ask("Confirm user presence", "none"))
        await asyncio.sleep(0.05)
        assert not notice.done(), "it stays until ssh ends it"
        notice.cancel()
    assert ears.heard == []


async def test_who_leaves_in_mid_question_ends_nothing(ears: Ears) -> None:
    while not ears.path.exists():
        await asyncio.sleep(0.01)
    _, writer = await asyncio.open_unix_connection(ears.path)
    writer.write(b'{"text"')
    writer.close()
    ears.answers.put_nowait("yes")
    assert json.loads(await ears.ask("still there?")) == "yes"


async def test_a_declined_question_ends_the_hearing(path: Path) -> None:
    async def decline(_text: str) -> str:
        raise PromptDeclined(subject="root@rack-2")

    async def hear() -> None:
        with pytest.raises(ExceptionGroup) as raised:
            await ear.hear(path, decline)
        assert raised.group_contains(PromptDeclined)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(hear())
        tasks.create_task(Ears(path).ask("password?"))
