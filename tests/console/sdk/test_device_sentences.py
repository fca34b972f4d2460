from backend.errors import Problem
from backend.refusals import GuestKeepsDevice
from console.sdk.device_sentences import DEVICES
from console.sdk.wording import sentence


def test_what_the_guest_does_not_let_go_says_what_can_be_done() -> None:
    told = sentence(GuestKeepsDevice(device="vdb", seconds=20).problem)
    assert "vdb" in told
    assert "20 s" in told
    assert "next start" in told


def test_each_is_among_the_sentences() -> None:
    assert all(sentence(Problem(message_id)) != sentence(Problem("?")) for message_id in DEVICES)
