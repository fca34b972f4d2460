from dataclasses import replace

from backend.kinds import catalogue, screens
from backend.parts import Part
from tests.backend.kinds.moments import moment

VNC = Part("graphics", (("@type", "vnc"),))
VGA = Part("video", (("model@type", "vga"), ("address@type", "pci"), ("address@slot", "0x01")))


def test_a_machine_has_one_display_of_each_kind() -> None:
    (kind,) = screens.DISPLAY.fields
    found = {one.name: one.problem for one in kind.candidates(moment(VNC, is_live=False))}
    assert found["vnc"]
    assert found["vnc"].message_id == "OnlyOne"
    assert found["spice"] is None


def test_displays_come_and_go_at_the_next_start() -> None:
    for rule in (screens.DISPLAY.comes, lambda at: screens.DISPLAY.leaves(VNC, at)):
        problem = rule(moment(VNC))
        assert problem
        assert problem.message_id == "OnlyAtNextStart"
        assert rule(moment(VNC, is_live=False)) is None


def test_the_only_video_adapter_of_a_machine_with_a_display_stays() -> None:
    problem = screens.VIDEO.leaves(VGA, moment(VNC, VGA, is_live=False))
    assert problem
    assert problem.message_id == "DisplayNeedsVideo"
    second = replace(VGA, facts=(*VGA.facts[:2], ("address@slot", "0x05")))
    assert screens.VIDEO.leaves(VGA, moment(VNC, VGA, second, is_live=False)) is None
    assert screens.VIDEO.leaves(VGA, moment(VGA, is_live=False)) is None


def test_no_video_is_no_device() -> None:
    assert catalogue.device_of(Part("video", (("model@type", "none"),))) is None


def test_a_second_adapter_is_one_that_can_be_second() -> None:
    (model,) = screens.VIDEO.fields
    names = [one.name for one in model.candidates(moment(VGA, is_live=False))]
    assert names == ["virtio", "qxl"]
    assert "vga" in [one.name for one in model.candidates(moment(is_live=False))]
