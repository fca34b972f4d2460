from backend.kinds.moment import Abilities
from backend.parts import Part
from tests.backend.kinds.moments import ROOMY, moment


def test_a_room_knows_its_controllers_by_type_and_beginning_of_the_model() -> None:
    assert ROOMY.has_controller("scsi", "virtio")
    assert not ROOMY.has_controller("scsi", "lsi")
    assert not ROOMY.has_controller("sata")


def test_abilities_that_are_not_told_are_not_there() -> None:
    can = Abilities(frozenset({("tpm", "model", "tpm-crb")}))
    assert can.values("tpm", "model") == {"tpm-crb"}
    assert can.tells_of("tpm")
    assert not can.tells_of("crypto")


def test_a_moment_knows_its_parts() -> None:
    at = moment(Part("tpm", (("@model", "tpm-tis"),)))
    assert at.has("tpm")
    assert at.has("tpm", "@model", "tpm-tis")
    assert not at.has("tpm", "@model", "tpm-crb")
    assert at.machine == "pc-q35-7.2"
