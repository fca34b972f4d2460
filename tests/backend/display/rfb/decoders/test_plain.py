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


@pytest.mark.parametrize("piece", [1, 1000, 70_000, 1 << 20])
@pytest.mark.parametrize("height", [96, 97])
def test_large_raw_rectangles_follow_each_other(piece: int, height: int) -> None:
    """Of a full width they go to the screen without a copy, unless they are here already."""
    width = 100
    picture = np.arange(width * height, dtype=np.uint32).reshape(height, width)
    client = greeted(width, height)
    parts = [
        rectangle(0, 0, picture * 0, 0, bytes(picture.nbytes)),
        rectangle(0, 3, picture[3:], 0, picture[3:].tobytes()),
        rectangle(0, 0, picture[:3], 0, picture[:3].tobytes()),
    ]
    data = update(*parts) * 2
    for at in range(0, len(data), piece):
        client.feed(data[at : at + piece])
    assert client.surface is not None
    assert bytes(client.surface.memory) == picture.tobytes()
    assert client.updates == 2
    assert not client.is_within


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


@pytest.mark.parametrize("piece", [1000, 70_000, 1 << 20])
def test_a_large_picture_is_inflated_part_by_part_and_a_small_one_follows(piece: int) -> None:
    """Its rows are no part of what is inflated at once; its last part is as long as others."""
    random = np.random.default_rng(3)
    for width, height in ((300, 301), (256, 192), (256, 256)):
        picture = random.integers(0, 1 << 24, 7).astype(np.uint32)
        whole = picture[random.integers(0, 7, (height, width))]
        deflate, contents = Deflater(), []
        for data in (bytes(whole.nbytes), whole.tobytes()):
            packed = deflate(data)
            contents.append((6, len(packed).to_bytes(4) + packed))
        assert shown(whole, contents, piece) == whole.tobytes()


def test_of_a_large_picture_too_much_and_too_little_are_refused() -> None:
    picture = np.zeros((300, 300), np.uint32)
    for data, word in (
        (Deflater()(bytes(picture.nbytes + 1)), "more than 360000"),
        (Deflater()(bytes(picture.nbytes - 1)), "359999 of 360000"),
        (b"\x78\x01no zlib", ""),
    ):
        content = len(data).to_bytes(4) + data
        with pytest.raises(DisplayBroken) as caught:
            greeted(300, 300).feed(update(rectangle(0, 0, picture, 6, content)))
        assert word in caught.value.detail[0]


def test_rectangles_of_no_end_are_given_up_before_they_are_all_inflated() -> None:
    picture = np.zeros((100, 100), np.uint32)
    deflate, rects = Deflater(), []
    for _ in range(60):
        packed = deflate(picture.tobytes())
        rects.append(rectangle(0, 0, picture, 6, len(packed).to_bytes(4) + packed))
    client = greeted(100, 100)
    with pytest.raises(DisplayBroken) as caught:
        client.feed(update(*rects))
    assert caught.value.detail == ("an update without an end",)
    assert client._canvas.drawn <= 9 * picture.size
