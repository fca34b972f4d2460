"""A machine, its sheet of settings over the fake engine, and the plan that is told of any edit."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Domain
from backend.settings import Plan, Sheet
from console.snapins.machines.settings.opening import open_sheets
from console.snapins.machines.settings.sheet import SettingsSheet
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.sheets import sheet as as_it_is
from tests.fakes.machines import domain

Open = Callable[..., SettingsSheet]


@pytest.fixture
def web() -> Domain:
    return domain("web-01")


@pytest.fixture
def opened(context: LentContext, web: Domain, qtbot: QtBot) -> Open:
    """Return what opens the sheet of web-01 and returns once it is read."""

    def do(found: Sheet | None = None) -> SettingsSheet:
        context.engine.answers["sheet.look"] = found or as_it_is()
        context.engine.answers.setdefault("sheet.plan", Plan(()))
        sheet = open_sheets.show(context, web)
        qtbot.waitUntil(lambda: sheet.draft is not None)
        return sheet

    return do
