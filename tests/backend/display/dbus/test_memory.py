"""Pixels that two processes see."""

import os

import pytest

from backend.display.dbus.memory import SharedMemory
from backend.display.dbus.wire import Broken
from backend.display.surface import Surface


def test_what_is_drawn_on_a_sheet_is_seen_on_the_surface() -> None:
    sheet = SharedMemory().make(3, 2)
    surface = Surface(3, 2, sheet.descriptor)
    sheet.memory[4:8] = b"\1\2\3\0"
    assert surface.pixels[0, 1] == 0x030201


def test_nobody_can_take_the_memory_away_again() -> None:
    sheet = SharedMemory().make(3, 2)
    for size in (0, 100):
        with pytest.raises(PermissionError):
            os.ftruncate(sheet.descriptor, size)


def test_somebodys_memory_is_only_read_and_has_to_be_there() -> None:
    descriptor = os.memfd_create("x")
    os.write(descriptor, bytes(range(100)))
    sheet = SharedMemory().share(descriptor, 4, 16, (3, 6))
    assert sheet.memory[0] == 4
    assert sheet.memory.readonly
    with pytest.raises(Broken, match="less memory"):
        SharedMemory().share(descriptor, 8, 16, (3, 6))
    os.close(descriptor)
