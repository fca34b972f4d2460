import pytest
from pytestqt.qtbot import QtBot

from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.device_page import DevicePage
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.conftest import Ask


def test_it_has_its_place_while_its_kind_is_chosen(
    context: LentContext, ask: Ask, qtbot: QtBot
) -> None:
    first = ask()
    page = DevicePage(context, first, kinds.NEW_DISK, "A sentence.")
    qtbot.addWidget(page)
    assert not page.applies()
    first.kinds.choose(kinds.NEW_DISK.key)
    assert page.applies()
    assert page.title == "New virtual hard disk"
    assert page.facts() == ()
    with pytest.raises(NotImplementedError):
        page.specs()
