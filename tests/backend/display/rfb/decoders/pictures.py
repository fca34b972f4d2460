"""Pictures of few and of many colours, and what a client shows of one that was sent to it."""

from collections.abc import Sequence

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backend.display.surface import Pixels
from tests.backend.display.rfb.script import greeted, rectangle, update

# Few enough for every run; no time is asserted of them.
CASES = settings(max_examples=25, deadline=None)


def pictures(most: int = 0xFFFFFF) -> st.SearchStrategy[Pixels]:
    """Pictures of up to 140 x 70 pixels: noise, or patches of a few colours."""
    shapes = st.tuples(st.integers(1, 70), st.integers(1, 140))
    few = st.sampled_from([0, 0x112233, 0xFF0000, 0x00FF00, 0xFFFFFF])
    colours = st.one_of(st.integers(0, most), few)
    noise = shapes.flatmap(lambda shape: arrays.arrays(np.uint32, shape, elements=colours))
    patches = st.tuples(shapes, st.lists(few, min_size=1, max_size=9)).map(_patches)
    return st.one_of(noise, patches)


def _patches(told: tuple[tuple[int, int], list[int]]) -> Pixels:
    (height, width), colours = told
    picture = np.empty((height, width), np.uint32)
    for number, colour in enumerate(colours):
        picture[number * height // len(colours) :, number * width // len(colours) // 2 :] = colour
    return picture


def shown(picture: Pixels, contents: Sequence[tuple[int, bytes]], piece: int) -> bytes:
    """Return the pixels that a client has after these (encoding, content) in pieces of a size."""
    height, width = picture.shape
    # A frame around it, which has to stay as it is.
    client = greeted(width + 2, height + 3)
    rectangles = [rectangle(1, 2, picture, encoding, data) for encoding, data in contents]
    sent = update(*rectangles)
    for at in range(0, len(sent), piece):
        client.feed(sent[at : at + piece])
    surface = client.surface
    assert surface is not None
    assert not client.is_within
    assert client.updates == 1
    kept = surface.pixels.copy()
    inside = kept[2 : 2 + height, 1 : 1 + width].copy()
    kept[2 : 2 + height, 1 : 1 + width] = 0
    assert not kept.any()
    return inside.tobytes()
