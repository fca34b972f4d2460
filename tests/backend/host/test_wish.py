import asyncio

from backend.host.wish import Wish


async def test_who_waits_is_told_of_each_change() -> None:
    wish = Wish(is_wanted=False)
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(wish.until_wanted())
        await asyncio.sleep(0)
        wish.renounce()
        await asyncio.sleep(0.01)
        assert not waiting.done()
        wish.want()
    assert wish.is_wanted
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(wish.until_unwanted())
        await asyncio.sleep(0)
        wish.renounce()
    assert not wish.is_wanted


async def test_a_wait_ends_with_its_delay_or_with_a_word() -> None:
    wish = Wish(is_wanted=True)
    await wish.wait(0.01)
    wish.want()
    async with asyncio.timeout(5):
        await wish.wait(60)
