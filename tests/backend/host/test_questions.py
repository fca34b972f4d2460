import asyncio
from dataclasses import replace

import pytest

from backend.errors import PromptDeclined, PromptOutdated
from backend.host.questions import Questions, Reply
from backend.model import Keep, Prompt, PromptKind

PASSWORD = Prompt(0, PromptKind.PASSWORD, "root@rack-2")


class Shown:
    """What stands on the record, and what stood there."""

    def __init__(self) -> None:
        self.all: list[Prompt | None] = []

    @property
    def now(self) -> Prompt:
        assert self.all[-1]
        return self.all[-1]


async def test_an_answer_ends_the_question() -> None:
    shown = Shown()
    questions = Questions(shown.all.append)
    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(questions.ask(PASSWORD))
        await asyncio.sleep(0)
        assert replace(shown.now, id=0) == PASSWORD
        questions.answer(shown.now.id, Reply("secret", Keep.YES))
    assert asked.result() == Reply("secret", Keep.YES)
    assert shown.all[-1] is None


async def test_a_question_that_nobody_answers_ends_the_attempt() -> None:
    shown = Shown()
    questions = Questions(shown.all.append)

    async def refuse() -> None:
        with pytest.raises(PromptDeclined) as raised:
            await questions.ask(PASSWORD)
        assert raised.value.arguments == {"subject": "root@rack-2"}

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(refuse())
        await asyncio.sleep(0)
        questions.decline(shown.now.id)
    assert shown.all[-1] is None


async def test_only_the_open_question_can_be_answered_and_once() -> None:
    shown = Shown()
    questions = Questions(shown.all.append)
    with pytest.raises(PromptOutdated):
        questions.answer(1, Reply("secret"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(questions.ask(PASSWORD))
        await asyncio.sleep(0)
        number = shown.now.id
        with pytest.raises(PromptOutdated):
            questions.answer(number + 1, Reply("secret"))
        questions.answer(number, Reply("secret"))
        with pytest.raises(PromptOutdated):
            questions.decline(number)


async def test_questions_wait_for_each_other_and_have_numbers_of_their_own() -> None:
    shown = Shown()
    questions = Questions(shown.all.append)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(questions.ask(PASSWORD))
        second = tasks.create_task(questions.ask(replace(PASSWORD, subject="root@gate")))
        await asyncio.sleep(0)
        questions.answer((one := shown.now).id, Reply("1"))
        await first
        while shown.all[-1] is None:
            await asyncio.sleep(0)
        questions.answer((two := shown.now).id, Reply("2"))
    assert one.id != two.id
    assert (second.result().text, two.subject) == ("2", "root@gate")


def test_no_representation_tells_a_secret() -> None:
    assert "secret" not in repr(Reply("secret"))


async def test_where_nobody_is_asked_any_more_all_is_declined() -> None:
    shown = Shown()
    questions = Questions(shown.all.append)

    async def refuse() -> None:
        with pytest.raises(PromptDeclined):
            await questions.ask(PASSWORD)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(refuse())
        tasks.create_task(refuse())
        await asyncio.sleep(0)
        questions.close()
    await refuse()
    assert shown.all[-1] is None
    assert len(shown.all) == 2
