"""A machine, its history over the fake engine."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Domain, DomainState
from backend.operations.alterations import Alterations
from console.snapins.machines.history.opening import open_histories
from console.snapins.machines.history.window import HistoryWindow
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.history.changes import compared, three
from tests.fakes.machines import domain

Open = Callable[..., HistoryWindow]


@pytest.fixture
def web() -> Domain:
    return domain("web-01", DomainState.RUNNING)


@pytest.fixture
def opened(context: LentContext, web: Domain, qtbot: QtBot) -> Open:
    """Return what opens the history of web-01 and returns once it is read."""

    def do(found: Alterations | None = None) -> HistoryWindow:
        context.engine.put(web)
        context.engine.answers["alterations.read"] = three() if found is None else found
        context.engine.answers.setdefault("alterations.compare", compared("m3", "m4"))
        window = open_histories.show(context, web)
        qtbot.waitUntil(lambda: window.past.is_read)
        return window

    return do
