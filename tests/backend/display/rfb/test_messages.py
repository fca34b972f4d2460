"""What is done at the screen, in the words of RFB and of QEMU's extensions."""

import struct

import pytest

from backend.display.input import Button, Key, PointerBy, PointerTo, Press, Wheel
from backend.display.rfb import messages
from backend.display.rfb.messages import Encoding, Hands, Link
from backend.display.surface import Rect


def pointer(mask: int, x: int, y: int) -> bytes:
    return struct.pack(">BBHH", 5, mask, x, y)


def test_scan_codes_where_the_server_takes_them_and_keysyms_where_not() -> None:
    hands = Hands()
    assert hands.dump(Key(0x1E, is_down=True)) == struct.pack(">BBxxI", 4, 1, ord("a"))
    hands.dump(Key(0x2A, is_down=True))
    assert hands.dump(Key(0x1E, is_down=True)) == struct.pack(">BBxxI", 4, 1, ord("A"))
    hands.dump(Key(0x2A, is_down=False))
    assert hands.dump(Key(0xFE, is_down=True)) == b""
    hands.takes_scan_codes = True
    assert hands.dump(Key(0xFE, is_down=False)) == struct.pack(">BBHII", 255, 0, 0, 0, 0xFE)


def test_a_button_is_held_where_the_pointer_is() -> None:
    hands = Hands()
    assert hands.dump(PointerTo(10, 20)) == pointer(0, 10, 20)
    assert hands.dump(Press(Button.LEFT, is_down=True)) == pointer(1, 10, 20)
    assert hands.dump(PointerTo(11, 20)) == pointer(1, 11, 20)
    assert hands.dump(Press(Button.RIGHT, is_down=True)) == pointer(5, 11, 20)
    assert hands.dump(Press(Button.LEFT, is_down=False)) == pointer(4, 11, 20)


def test_the_wheel_turns_in_notches() -> None:
    hands = Hands()
    assert hands.dump(Wheel(0, 2)) == (pointer(16, 0, 0) + pointer(0, 0, 0)) * 2
    assert hands.dump(Wheel(-1, -1)) == (
        pointer(8, 0, 0) + pointer(0, 0, 0) + pointer(32, 0, 0) + pointer(0, 0, 0)
    )
    assert len(hands.dump(Wheel(0, 10**6))) < 1000


def test_a_mouse_moves_by_differences() -> None:
    hands = Hands()
    assert hands.dump(PointerBy(3, 4)) == b""
    hands.is_absolute = False
    assert hands.dump(PointerTo(3, 4)) == b""
    assert hands.dump(PointerBy(3, -4)) == pointer(0, 0x7FFF + 3, 0x7FFF - 4)
    assert hands.dump(Press(Button.LEFT, is_down=True)) == pointer(1, 0x7FFF, 0x7FFF)
    assert hands.dump(PointerBy(10**9, -(10**9))) == pointer(1, 0xFFFF, 0)


@pytest.mark.parametrize("link", Link)
def test_one_compressor_at_most_and_what_every_server_can(link: Link) -> None:
    encodings = messages.encodings_for(link)
    compressors = {Encoding.ZLIB, Encoding.TIGHT, Encoding.ZRLE} & set(encodings)
    assert len(compressors) == (0 if link is Link.LOCAL else 1)
    assert Encoding.RAW in encodings
    setup = messages.dump_setup(encodings)
    count = int.from_bytes(setup[22:24])
    assert len(setup) == 24 + 4 * count
    # Where no quality is asked for, no server sends JPEG.
    told = struct.unpack(f">{count}i", setup[24:])
    assert any(-32 <= one <= -23 for one in told) is (link is Link.SLOW)


def test_requests() -> None:
    rect = Rect(0, 0, 640, 480)
    head = struct.pack(">HHHH", 0, 0, 640, 480)
    assert messages.dump_request(rect, is_incremental=True) == b"\3\1" + head
    assert messages.dump_request(rect, is_incremental=False) == b"\3\0" + head
    assert messages.dump_size(800, 600, 7) == struct.pack(
        ">BxHHBxIHHHHI", 251, 800, 600, 1, 7, 0, 0, 800, 600, 0
    )
