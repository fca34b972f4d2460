"""The fake engine with one machine of every kind, and the context over it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from backend.model import Record
from console.snapins.machines.open_screens import open_screens
from console.snapins.machines.pages.screenshot import pictures
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import room


@pytest.fixture(autouse=True)
def _plain_numbers() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    pictures.clear()
    open_screens.clear()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*room())


@pytest.fixture
def context(engine: FakeEngine, qtbot: QtBot) -> Iterator[LentContext]:
    context = LentContext(engine, qtbot)
    yield context
    context.close()


@pytest.fixture
def until(context: LentContext, qtbot: QtBot) -> Callable[[Record], None]:
    """Return a function that puts a record into the engine and returns once the GUI knows it."""

    def put(record: Record) -> None:
        context.engine.put(record)
        qtbot.waitUntil(lambda: context.lookup.any_record(record.ref) == record)

    return put
