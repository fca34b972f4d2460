import pytest

from backend.ports import SerialPort


@pytest.mark.parametrize(
    ("source", "can_be_opened"),
    [("pty", True), ("unix", True), ("tcp", False), ("file", False), ("null", False)],
)
def test_only_what_libvirt_hands_on_can_be_opened(source: str, can_be_opened: bool) -> None:
    assert SerialPort("serial", 0, source=source).can_be_opened is can_be_opened
