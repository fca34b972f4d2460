"""A running machine on a host that has answered what it has room for."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backend.devices import Prospects
from backend.model import Domain
from console.snapins.machines.devices.kind_page import KindPage
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import prospects, running, storage

Ask = Callable[..., KindPage]


@pytest.fixture
def web(context: LentContext, qtbot: QtBot) -> Domain:
    web = running()
    context.engine.put(web, *storage())
    qtbot.waitUntil(lambda: context.lookup.any_record(web.ref) == web)
    return web


@pytest.fixture
def ask(context: LentContext, web: Domain, qtbot: QtBot) -> Ask:
    """Return what makes the first page for machines, once it knows what they have room for."""

    def kind(*domains: Domain, found: Prospects | None = None) -> KindPage:
        context.engine.answers["device.look"] = found or prospects()
        page = KindPage(context, domains or (web,))
        qtbot.addWidget(page)
        page.begin()
        qtbot.waitUntil(lambda: not page.is_looking)
        return page

    return kind
