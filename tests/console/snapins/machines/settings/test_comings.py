"""How much room there is for devices, and the wizards that add and remove them."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backend.devices import Device, DeviceKind
from backend.kinds.moment import Room
from backend.model import Kind, Ref
from backend.settings import Place, Section
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.settings.comings import Comings
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, domain


def test_the_room_is_told_once_it_is_known(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["device.room"] = Room(8, 6, frozenset())
    comings = Comings(context, domain("web-01").ref, QObject(context.bridge))
    with qtbot.waitSignal(comings.changed):
        assert comings.room == ""
    assert comings.room == "6 of 8 hot-plug slots free"


def test_the_wizards_are_of_the_machine(context: LentContext) -> None:
    comings = Comings(context, domain("web-01").ref, QObject(context.bridge))
    comings.add()
    comings.remove(Place(Section.RNG, "0", (), Device(DeviceKind.RNG, "ua-1")))
    assert [type(one) for one in context.dialogs] == [AddDeviceWizard, RemoveDeviceWizard]


def test_of_a_machine_that_has_gone_there_is_nothing(context: LentContext) -> None:
    comings = Comings(context, Ref(HOST.host, Kind.DOMAIN, "gone"), QObject(context.bridge))
    assert comings.room == ""
    comings.add()
    comings.remove(Place(Section.RNG, "0"))
    assert context.dialogs == []
