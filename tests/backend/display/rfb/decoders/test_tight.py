"""Tight gives back the picture in each of its ways; what it cannot mean is refused."""

import numpy as np
import pytest
import simplejpeg
from hypothesis import given
from hypothesis import strategies as st

from backend.display.surface import Pixels
from backend.errors import DisplayBroken
from tests.backend.display.rfb.decoders.pictures import CASES, pictures, shown
from tests.backend.display.rfb.script import (
    Deflater,
    compact,
    greeted,
    rectangle,
    rgb,
    update,
)

TIGHT = 7


def packed(data: bytes) -> bytes:
    if len(data) < 12:
        return data
    deflated = Deflater()(data)
    return compact(len(deflated)) + deflated


@CASES
@given(pictures(), st.integers(1, 999))
def test_copy_and_a_stream_that_begins_anew(picture: Pixels, piece: int) -> None:
    # Bit 1 resets stream 1, which both rectangles use.
    content = b"\x12" + packed(rgb(picture))
    assert shown(picture, [(TIGHT, content)] * 2, piece) == picture.tobytes()


@CASES
@given(pictures(), st.integers(1, 999))
def test_palette_fill_and_two_colours(picture: Pixels, piece: int) -> None:
    colours, places = np.unique(picture, return_inverse=True)
    places = places.reshape(picture.shape)
    if len(colours) > 256:
        return
    palette = rgb(colours)
    if len(colours) == 1:
        content = b"\x80" + palette
    elif len(colours) == 2:
        data = np.packbits(places.astype(np.uint8), axis=1).tobytes()
        content = b"\x41\x01\x01" + palette + packed(data)
    else:
        data = places.astype(np.uint8).tobytes()
        content = b"\x41\x01" + bytes([len(colours) - 1]) + palette + packed(data)
    assert shown(picture, [(TIGHT, content)], piece) == picture.tobytes()


@CASES
@given(pictures())
def test_gradient(picture: Pixels) -> None:
    height, width = picture.shape
    parts = np.frombuffer(rgb(picture), np.uint8).reshape(height, width, 3).astype(int)
    around = np.zeros((height + 1, width + 1, 3), int)
    around[1:, 1:] = parts
    guess = np.clip(around[1:, :-1] + around[:-1, 1:] - around[:-1, :-1], 0, 255)
    data = ((parts - guess) & 255).astype(np.uint8).tobytes()
    assert shown(picture, [(TIGHT, b"\x41\x02" + packed(data))], 500) == picture.tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b"\x90\x05\xff\xd8\xff\xe0\x00",  # JPEG, which was not asked for
        b"\x40\x07",  # a filter that is not there
        b"\x00\xff\xff\xff",  # four million bytes for sixteen pixels
        b"\x00" + packed(b"too little for that"),
    ],
)
def test_nonsense_is_refused(content: bytes) -> None:
    picture = np.zeros((4, 4), np.uint32)
    with pytest.raises(DisplayBroken):
        greeted(4, 4).feed(update(rectangle(0, 0, picture, TIGHT, content)))


def jpeg(picture: Pixels) -> bytes:
    parts = np.ascontiguousarray(picture).view(np.uint8).reshape(*picture.shape, 4)
    return bytes(simplejpeg.encode_jpeg(parts, 95, "BGRX", "444"))


def jpeg_content(data: bytes) -> bytes:
    return b"\x90" + compact(len(data)) + data


def test_jpeg_is_nearly_the_picture() -> None:
    across, down = np.meshgrid(np.arange(300, dtype=np.uint32), np.arange(200, dtype=np.uint32))
    mixed = (across * 255 // 300) | (down * 255 // 200) << 8 | 0x400000
    picture = mixed.astype(np.uint32)
    told = np.frombuffer(shown(picture, [(TIGHT, jpeg_content(jpeg(picture)))], 999), np.uint32)
    apart = np.abs(told.view(np.uint8).astype(int) - picture.view(np.uint8).reshape(-1).astype(int))
    assert apart.reshape(-1, 4)[:, :3].max() <= 8


@pytest.mark.parametrize(
    "content",
    [
        jpeg_content(b""),
        jpeg_content(b"no picture"),
        jpeg_content(jpeg(np.zeros((8, 9), np.uint32))),
        jpeg_content(jpeg(np.zeros((8, 8), np.uint32))[:-40]),
        jpeg_content(jpeg(np.zeros((8, 8), np.uint32)) + b"\xff\xda" * 99),
        jpeg_content(bytes(60_000)),
        b"\x90\xff\xff\xff",
    ],
)
def test_jpeg_that_is_none(content: bytes) -> None:
    client = greeted(8, 8)
    with pytest.raises(DisplayBroken):
        client.feed(update((0, 0, 8, 8, TIGHT, content)))


@CASES
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=5))
def test_jpeg_that_was_tampered_with_is_shown_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(jpeg(np.arange(64, dtype=np.uint32).reshape(8, 8) * 999))
    for at, value in changes:
        data[at % len(data)] = value
    client = greeted(8, 8)
    try:
        client.feed(update((0, 0, 8, 8, TIGHT, jpeg_content(bytes(data)))))
    except DisplayBroken:
        return
    assert client.updates == 1
