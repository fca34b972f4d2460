"""How much room there is for devices, and the wizards that add and remove them."""

from dataclasses import replace

from backend.devices import Device, DeviceKind
from backend.model import Kind, Ref
from backend.settings import Place, Section
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.settings.comings import Comings
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import running
from tests.fakes.machines import HOST, domain
from tests.fakes.turning import turn


def test_the_room_is_that_of_the_machine_as_it_is_now(context: LentContext) -> None:
    web = running()
    comings = Comings(context, web.ref)
    context.engine.put(web)
    turn()
    assert comings.room == "6 of 8 hot-plug slots free"
    assert web.live
    context.engine.put(replace(web, live=replace(web.live, free_pci_slots=5)))
    turn()
    assert comings.room == "5 of 8 hot-plug slots free"


def test_the_wizards_are_of_the_machine(context: LentContext) -> None:
    comings = Comings(context, domain("web-01").ref)
    comings.add()
    comings.remove(Place(Section.RNG, "0", (), Device(DeviceKind.RNG, "ua-1")))
    assert [type(one) for one in context.dialogs] == [AddDeviceWizard, RemoveDeviceWizard]


def test_of_a_machine_that_has_gone_there_is_nothing(context: LentContext) -> None:
    comings = Comings(context, Ref(HOST.host, Kind.DOMAIN, "gone"))
    assert comings.room == ""
    comings.add()
    comings.remove(Place(Section.RNG, "0"))
    assert context.dialogs == []
