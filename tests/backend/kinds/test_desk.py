import pytest

from backend.devices import DeviceKind, PartSpec
from backend.errors import ProblemError
from backend.kinds import catalogue, desk
from backend.kinds.moment import Moment, Room
from backend.operations import part_offers
from backend.parts import Part
from tests.backend.kinds.moments import FULL, ROOMY, moment

SPICE = Room(8, 3, ROOMY.controllers, has_spice=True)


def test_the_bus_that_has_room_is_proposed() -> None:
    bus = desk.INPUT.fields[1]
    without_usb = Room(8, 3, frozenset())
    assert next(one.name for one in bus.candidates(moment())) == "usb"
    assert next(one.name for one in bus.candidates(moment(room=without_usb))) == "virtio"
    assert all(one.problem for one in bus.candidates(moment(room=FULL)))


ORIGIN, ADDRESS = desk.REDIRECTION.fields


def test_a_viewer_hands_on_only_over_spice() -> None:
    without = {one.name: one.problem for one in ORIGIN.candidates(moment())}
    assert list(without) == ["listen", "connect", "viewer"]
    assert without["listen"] is None
    assert without["viewer"]
    assert without["viewer"].message_id == "NeedsSpice"
    with_spice = ORIGIN.candidates(moment(room=SPICE))
    assert [one.name for one in with_spice if not one.problem] == ["viewer", "listen", "connect"]


def made(at: Moment, *values: tuple[str, str]) -> Part:
    (part,) = part_offers.make(PartSpec(DeviceKind.USB_REDIRECTION, values), at)
    return part


def test_a_device_comes_over_the_network_either_way() -> None:
    listens = made(moment())
    assert desk.REDIRECTION.detail(listens) == ("tcp", "127.0.0.1:4000")
    assert listens.get("source@mode") == "bind"
    again = made(moment(listens), ("origin", "connect"))
    assert desk.REDIRECTION.detail(again) == ("tcp", "127.0.0.1:4001"), "the next that is free"
    assert again.get("source/reconnect@enabled") == "yes", "it starts while nobody is there"
    far = made(moment(), ("origin", "connect"), ("address", "[fe80::1]:4000"))
    assert far.get("source@host") == "fe80::1"
    assert desk.REDIRECTION.detail(far)[1] == "[fe80::1]:4000"


def test_an_address_is_asked_for_only_where_one_is_needed() -> None:
    at = moment(room=SPICE)
    viewer = made(at, ("origin", "viewer"), ("address", "nonsense"))
    assert viewer.get("@type") == "spicevmc"
    assert desk.REDIRECTION.detail(viewer) == ("spicevmc",)
    for wrong in ("127.0.0.1", ":4000", "host:0", "a b:1", "host:65536", "host:70000", ""):
        with pytest.raises(ProblemError) as refused:
            made(moment(), ("address", wrong))
        assert refused.value.problem.message_id == "NoAddressWithPort"


def test_only_of_its_own_address_it_is_said_that_it_is_taken() -> None:
    # QEMU 7.2, at a start and when one is added, and of the screen of the same machine.
    taken = "Failed to find an available port: Address already in use"
    for words in (
        f"-chardev socket,id=charredir0,host=127.0.0.1,port=4000,server=on,wait=off: {taken}",
        f"QEMU command 'chardev-add': Failed to add chardev 'charredir0': {taken}",
    ):
        found = catalogue.meant((words,), (desk.REDIRECTION,))
        assert found
        assert found.message_id == "AddressTaken"
    assert catalogue.meant((f"-vnc 127.0.0.1:7: {taken}",), (desk.REDIRECTION,)) is None
