"""Pixels of a bounded size, and damage that stays short."""

import contextlib
import mmap
import os
import resource

import pytest

from backend.display.surface import Damage, Rect, Surface
from backend.errors import DisplayBroken


def test_what_is_written_is_in_the_memory_that_a_viewer_holds() -> None:
    surface = Surface(4, 3)
    surface.pixels[1, 2] = 0x112233
    assert bytes(surface.memory[surface.stride + 8 : surface.stride + 11]) == b"\x33\x22\x11"
    assert (surface.stride, surface.whole) == (16, Rect(0, 0, 4, 3))


@pytest.mark.parametrize("size", [(0, 10), (10, 0), (65535, 65535), (16_385, 1), (16_384, 16_384)])
def test_a_size_that_no_screen_has_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(DisplayBroken):
        Surface(*size)


def test_another_size_takes_over_what_fits() -> None:
    before, after = Surface(4, 3), Surface(2, 5)
    before.pixels[:] = 7
    after.copy_from(before)
    assert after.pixels.tolist() == [[7, 7]] * 3 + [[0, 0]] * 2


def test_damage_is_told_once_and_what_is_inside_it_is_not_told_again() -> None:
    damage = Damage()
    damage.add(Rect(0, 0, 9, 9))
    damage.add(Rect(2, 2, 3, 3))
    assert damage.take() == (Rect(0, 0, 9, 9),)
    assert not damage
    assert damage.take() == ()


def test_many_rectangles_become_one_around_them() -> None:
    damage = Damage()
    for number in range(100):
        damage.add(Rect(number * 10, number, 5, 1))
    taken = damage.take()
    assert len(taken) <= 16
    around = taken[0]
    for rect in taken:
        around = around.union(rect)
    assert around == Rect(0, 0, 995, 100)


def test_another_process_can_be_lent_a_large_one_and_one_that_was_handed_over() -> None:
    ours = Surface(1024, 768)
    ours.pixels[3, 4] = 0x112233
    assert ours.descriptor is not None
    theirs = Surface(1024, 768, ours.descriptor)
    assert theirs.pixels[3, 4] == 0x112233
    assert theirs.descriptor not in {None, ours.descriptor}
    with mmap.mmap(theirs.descriptor or -1, len(theirs.memory), prot=mmap.PROT_READ) as seen:
        assert seen[: theirs.stride * 4] == bytes(ours.memory[: ours.stride * 4])
    lent = theirs.descriptor or -1
    del theirs
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(lent)


def test_a_small_one_needs_no_descriptor() -> None:
    assert Surface(320, 200).descriptor is None


@pytest.mark.parametrize("free", [0, 1, 2])
def test_one_is_there_also_where_few_descriptors_are_free(free: int) -> None:
    limits, held = resource.getrlimit(resource.RLIMIT_NOFILE), [os.open("/dev/null", os.O_RDONLY)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (held[0] + 32, limits[1]))
    try:
        with contextlib.suppress(OSError):
            while True:
                held.append(os.dup(held[0]))
        for _ in range(free):
            os.close(held.pop())
        surface = Surface(1024, 768)
        assert (surface.descriptor is not None) == (free == 2)
        held += [os.dup(held[0]) for _ in range(free if free < 2 else 0)]
    finally:
        for one in held:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert not surface.pixels.any()
