from backend.kinds import desk
from backend.kinds.moment import Room
from tests.backend.kinds.moments import FULL, ROOMY, moment


def test_the_bus_that_has_room_is_proposed() -> None:
    bus = desk.INPUT.fields[1]
    without_usb = Room(8, 3, frozenset())
    assert next(one.name for one in bus.candidates(moment())) == "usb"
    assert next(one.name for one in bus.candidates(moment(room=without_usb))) == "virtio"
    assert all(one.problem for one in bus.candidates(moment(room=FULL)))


def test_a_viewer_hands_on_only_over_spice() -> None:
    problem = desk.REDIRECTION.comes(moment())
    assert problem
    assert problem.message_id == "NeedsSpice"
    spice = Room(8, 3, ROOMY.controllers, has_spice=True)
    assert desk.REDIRECTION.comes(moment(room=spice)) is None
