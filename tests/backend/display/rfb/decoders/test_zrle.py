"""ZRLE gives back the picture in each of its ways; what it cannot mean is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.display.surface import Pixels
from backend.errors import DisplayBroken
from tests.backend.display.rfb.decoders.pictures import CASES, pictures, shown
from tests.backend.display.rfb.script import (
    Deflater,
    bgr,
    greeted,
    rectangle,
    run_length,
    runs,
    tiles,
    update,
)

ZRLE = 16


def raw(tile: Pixels) -> bytes:
    return b"\0" + bgr(tile)


def plain_runs(tile: Pixels) -> bytes:
    found = runs(tile.ravel().tolist())
    return b"\x80" + b"".join(
        bgr(np.array([colour], np.uint32)) + run_length(length) for colour, length in found
    )


def suitable(tile: Pixels) -> bytes:
    """Write a tile with a palette: packed up to 16 colours, in runs up to 127."""
    colours, places = np.unique(tile, return_inverse=True)
    places = places.reshape(tile.shape)
    if len(colours) == 1:
        return b"\1" + bgr(colours)
    if len(colours) <= 16:
        bits = 1 if len(colours) == 2 else 2 if len(colours) <= 4 else 4
        wide = np.unpackbits(places[:, :, None].astype(np.uint8), axis=2)[:, :, 8 - bits :]
        return (
            bytes([len(colours)])
            + bgr(colours)
            + np.packbits(wide.reshape(len(places), -1), axis=1).tobytes()
        )
    if len(colours) <= 127:
        data = b"".join(
            bytes([place]) if length == 1 else bytes([place | 128]) + run_length(length)
            for place, length in runs(places.ravel().tolist())
        )
        return bytes([128 + len(colours)]) + bgr(colours) + data
    return raw(tile)


@pytest.mark.parametrize("way", [raw, plain_runs, suitable])
@CASES
@given(picture=st.one_of(pictures(), pictures(60)), piece=st.integers(1, 999))
def test_it_comes_back(way: object, picture: Pixels, piece: int) -> None:
    assert callable(way)
    data = Deflater()(tiles(picture, 64, way))
    content = len(data).to_bytes(4) + data
    assert shown(picture, [(ZRLE, content)], piece) == picture.tobytes()


@pytest.mark.parametrize(
    "tile",
    [
        b"",
        b"\x11",  # a kind that is not there
        b"\x81\1\2\3",  # a palette of one
        b"\0\1\2",  # less than a picture
        b"\x80\1\2\3\xff\xff",  # a run beyond the tile, and beyond the data
        b"\x80\1\2\3\x40",  # a run beyond the tile
        b"\x83\1\2\3\1\2\3\1\2\3\x85\x0f",  # a colour that is not in the palette
        b"\x03\1\2\3\1\2\3\1\2\3\xff\xff\xff\xff",
    ],
)
def test_nonsense_is_refused(tile: bytes) -> None:
    picture = np.zeros((4, 4), np.uint32)
    data = Deflater()(tile) if tile else b""
    with pytest.raises(DisplayBroken):
        greeted(4, 4).feed(update(rectangle(0, 0, picture, ZRLE, len(data).to_bytes(4) + data)))
