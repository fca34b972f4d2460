import asyncio

from backend.host.rounds import Rounds
from backend.model import Kind, Ref

REFS = [Ref("h", Kind.DOMAIN, key) for key in "abcd"]


async def test_two_are_asked_at_once_and_none_twice_while_it_waits() -> None:
    asked: list[Ref] = []
    answers = asyncio.Event()

    async def ask(ref: Ref) -> None:
        asked.append(ref)
        await answers.wait()

    rounds = Rounds(ask)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(rounds.run())
        rounds.add(REFS)
        await asyncio.sleep(0.01)
        assert asked == REFS[:2]
        assert not rounds.is_due(REFS[3], 0), "it waits"
        answers.set()
        await asyncio.sleep(0.01)
        assert asked == REFS
        assert rounds.is_due(REFS[3], 0), "it was asked"
        running.cancel()


def test_who_is_never_asked_asked_lately_put_off_or_forgotten() -> None:
    async def ask(_ref: Ref) -> None:
        return

    rounds, one, other = Rounds(ask), REFS[0], REFS[1]
    assert rounds.is_due(one, 60)
    assert not rounds.is_due(one, None)
    rounds.put_off(one, 0)
    assert not rounds.is_due(one, 60)
    assert rounds.is_due(one, 0)
    rounds.put_off(one, 60)
    assert not rounds.is_due(one, 0)
    assert rounds.forget(one)
    assert not rounds.forget(other), "it was not asked"
    assert rounds.is_due(one, 60)
