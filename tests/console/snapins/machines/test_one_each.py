"""One window a machine, until it is closed."""

from PySide6.QtWidgets import QDialog

from backend.model import Domain
from console.sdk.context import Context
from console.snapins.machines.one_each import OneEach
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


class Window(QDialog):
    def __init__(self, _context: Context, machine: Domain) -> None:
        super().__init__()
        self.setWindowTitle(machine.name)


def test_there_is_one_a_machine_until_it_is_closed(context: LentContext) -> None:
    windows = OneEach(Window)
    first = windows.show(context, domain("web-01"))
    first.showMinimized()
    assert windows.show(context, domain("web-01")) is first
    assert not first.isMinimized()
    assert windows.show(context, domain("db-01")) is not first
    first.reject()
    assert windows.show(context, domain("web-01")) is not first
