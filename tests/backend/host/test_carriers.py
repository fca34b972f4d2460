"""A way to a D-Bus display outlives its last view by a while, and whoever keeps it by nothing."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from backend.display.channel import ChannelState
from backend.display.dbus.channel import Carrier
from backend.host import carriers
from backend.host.carriers import KEPT_MOST, Carriers

PATIENCE_S = 20.0


def kept(act: Callable[[Carriers], Awaitable[None]]) -> None:
    """Do this with carriers that are kept, and keep them no more then."""

    async def run() -> None:
        keeper = Carriers()
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(keeper.run())
            await act(keeper)
            keeping.cancel()

    asyncio.run(run())


async def over(carrier: Carrier) -> None:
    """Return once it carries nothing more."""
    async with asyncio.timeout(PATIENCE_S):
        while not carrier.is_over:
            await asyncio.sleep(0.01)


def test_who_comes_back_finds_it_and_with_the_engine_it_ends() -> None:
    carrier = Carrier()

    async def act(keeper: Carriers) -> None:
        view = carrier.view()
        keeper.keep(carrier)
        view.close()
        for _ in range(3):
            await asyncio.sleep(0.02)
            assert not carrier.is_over
            carrier.view().close()

    kept(act)
    assert carrier.is_over


def test_one_that_is_given_when_nobody_keeps_any_more_ends() -> None:
    carrier = Carrier()

    async def act(keeper: Carriers) -> None:
        await asyncio.sleep(0)
        keeper.keep(carrier)

    kept(act)
    assert carrier.is_over


def test_one_that_nobody_looks_at_ends_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "KEPT_S", 0.05)

    async def act(keeper: Carriers) -> None:
        carrier = Carrier()
        view, other = carrier.view(), carrier.view()
        keeper.keep(carrier)
        view.close()
        await asyncio.sleep(0.2)
        assert not carrier.is_over, "somebody looks"
        other.close()
        await over(carrier)

    kept(act)


def test_no_more_than_a_few_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "KEPT_MOST", 2)

    async def act(keeper: Carriers) -> None:
        several = [Carrier() for _ in range(4)]
        seen = several[0].view()
        for carrier in several:
            view = carrier.view()
            keeper.keep(carrier)
            view.close()
            await asyncio.sleep(0.02)
        await over(several[1])
        assert [one.is_over for one in several] == [False, True, False, False]
        keeper.forget()
        assert [one.is_over for one in several] == [False, True, True, True]
        assert seen.standing.state is ChannelState.CONNECTING
        seen.close()

    kept(act)
    assert KEPT_MOST > 2


def test_one_that_ended_is_kept_no_more() -> None:
    async def act(keeper: Carriers) -> None:
        carrier = Carrier()
        carrier.view().close()
        keeper.keep(carrier)
        again = Carrier()
        keeper.keep(again)
        again.close()
        await asyncio.sleep(0.05)
        assert carrier.is_over
        assert again.is_over

    kept(act)
