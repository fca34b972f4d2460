import asyncio
from concurrent.futures import Future
from typing import Any, cast

import pytest

from backend.history.failures import HistoryNotAnswering
from backend.history.screens import Screen
from backend.model import Kind, Ref
from backend.operations import screens
from tests.backend.conftest import Heard


def test_what_is_kept_of_a_machine_is_shown_again(heard: Heard, vm: Ref) -> None:
    heard.engine.query(screens.keep, vm, 100.0, b"login").result(10)
    found = heard.engine.query(screens.shown, vm, [(90.0, 110.0), (0.0, 9.0)]).result(10)
    assert found == (Screen(1, 100.0, 100.0, b"login"), None)


async def test_a_disk_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "READ_DEADLINE_S", 0.05)

    class Hung:
        def shown(self, *_arguments: object) -> "Future[tuple[Screen | None, ...]]":
            return Future()

    class Host:
        history = type("History", (), {"album": Hung()})

    asked = screens.shown(cast("Any", Host()), Ref("t", Kind.DOMAIN, "t"), [(0.0, 1.0)])
    with pytest.raises(HistoryNotAnswering):
        await asyncio.wait_for(asked, 5)
