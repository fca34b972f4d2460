from backend.kinds import controllers
from backend.kinds.moment import Room
from backend.parts import Part
from tests.backend.kinds.moments import ALL_CONTROLLERS, moment

SCSI = Part("controller", (("@type", "scsi"), ("@index", "0"), ("@model", "virtio-scsi")))


def test_only_virtio_scsi_comes_while_it_runs() -> None:
    (model,) = controllers.CONTROLLER.fields
    fit = [one.name for one in model.candidates(moment()) if one.problem is None]
    assert fit == ["virtio-scsi"]
    later = [one.name for one in model.candidates(moment(is_live=False)) if one.problem is None]
    assert len(later) == 5


def test_a_new_one_gets_the_first_free_index() -> None:
    (part,) = controllers.CONTROLLER.make({"model": "virtio-scsi"}, moment(SCSI))
    assert part.get("@index") == "1"


def test_one_that_something_is_plugged_into_stays() -> None:
    used = Room(8, 3, ALL_CONTROLLERS, used=frozenset({("scsi", "0")}))
    problem = controllers.CONTROLLER.leaves(SCSI, moment(SCSI, room=used))
    assert problem
    assert problem.message_id == "ControllerInUse"
    assert controllers.CONTROLLER.leaves(SCSI, moment(SCSI)) is None


def test_slots_come_together() -> None:
    made = controllers.SLOTS.make({"count": "4"}, moment(is_live=False))
    assert len(made) == 4
    assert controllers.SLOTS.comes(moment())
    assert controllers.SLOTS.comes(moment(is_live=False)) is None
