"""Raw, Hextile and ZLIB give back the picture, however its bytes arrive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.display.surface import Pixels
from backend.errors import DisplayBroken
from tests.backend.display.rfb.decoders.pictures import CASES, pictures, shown
from tests.backend.display.rfb.script import Deflater, greeted, rectangle, tiles, update

BACKGROUND, FOREGROUND, PARTS, COLOURED = 2, 4, 8, 16


def hextile(tile: Pixels) -> bytes:
    """Write a tile in the way that it allows: as parts of one or of many colours, or raw."""
    colours = np.unique(tile)
    back = int(tile[0, 0])
    spots = [(x, y) for y, x in np.argwhere(tile != back)]
    if len(spots) > 60:
        return b"\1" + tile.tobytes()
    places = [bytes([x << 4 | y, 0]) for x, y in spots]
    head = back.to_bytes(4, "little")
    if len(colours) == 1:
        return bytes([BACKGROUND]) + head
    if len(colours) == 2:
        front = next(int(colour) for colour in colours if colour != back)
        kind = bytes([BACKGROUND | FOREGROUND | PARTS])
        return kind + head + front.to_bytes(4, "little") + bytes([len(spots)]) + b"".join(places)
    parts = [int(tile[y, x]).to_bytes(4, "little") for x, y in spots]
    kind = bytes([BACKGROUND | PARTS | COLOURED])
    return (
        kind + head + bytes([len(spots)]) + b"".join(map(b"".join, zip(parts, places, strict=True)))
    )


@CASES
@given(pictures(), st.integers(1, 999))
def test_raw(picture: Pixels, piece: int) -> None:
    assert shown(picture, [(0, picture.tobytes())], piece) == picture.tobytes()


@CASES
@given(pictures(), st.integers(1, 999))
def test_hextile(picture: Pixels, piece: int) -> None:
    assert shown(picture, [(5, tiles(picture, 16, hextile))], piece) == picture.tobytes()


@CASES
@given(pictures(), st.integers(1, 999))
def test_zlib_goes_on_in_one_stream(picture: Pixels, piece: int) -> None:
    deflate = Deflater()
    contents = []
    for data in (bytes(picture.nbytes), picture.tobytes()):
        packed = deflate(data)
        contents.append((6, len(packed).to_bytes(4) + packed))
    assert shown(picture, contents, piece) == picture.tobytes()


def test_a_zip_bomb_is_not_unpacked() -> None:
    picture = np.zeros((4, 4), np.uint32)
    bomb = Deflater()(bytes(50_000_000))
    assert len(bomb) > 1000
    for data, word in (
        (bomb, "compressed bytes for 64"),
        (Deflater()(bytes(100_000)), "more than"),
    ):
        content = len(data).to_bytes(4) + data
        with pytest.raises(DisplayBroken) as caught:
            greeted(4, 4).feed(update(rectangle(0, 0, picture, 6, content)))
        assert word in caught.value.detail[0]


@pytest.mark.parametrize("data", [b"no zlib at all", Deflater()(b"too little")])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    picture = np.zeros((4, 4), np.uint32)
    with pytest.raises(DisplayBroken):
        greeted(4, 4).feed(update(rectangle(0, 0, picture, 6, len(data).to_bytes(4) + data)))
