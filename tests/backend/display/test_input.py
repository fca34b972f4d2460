"""Key numbers are those of QEMU, and a chord lets go of what it pressed."""

import pytest

from backend.display import input as inputs
from backend.display.input import Key, chord, qnum_of_linux


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (1, inputs.ESCAPE),
        (30, 0x1E),  # A
        (88, inputs.F12),
        (103, inputs.UP),
        (97, inputs.CTRL_RIGHT),
        (100, inputs.ALT_RIGHT),
        (111, inputs.DELETE),
        (119, inputs.PAUSE),
        (125, inputs.META),
        (86, 0x56),  # the key between left Shift and Z
    ],
)
def test_numbers_of_linux_keys(code: int, number: int) -> None:
    assert qnum_of_linux(code) == number


@pytest.mark.parametrize("code", [0, 84, 400, -1])
def test_a_key_that_qemu_does_not_know(code: int) -> None:
    assert qnum_of_linux(code) is None


def test_no_two_keys_have_one_number() -> None:
    numbers = [n for n in map(qnum_of_linux, range(250)) if n is not None]
    assert len(set(numbers)) == len(numbers) > 120
    assert all(0 < number < 256 for number in numbers)


def test_a_chord() -> None:
    assert chord(0x1D, 0x38, 0xD3) == (
        Key(0x1D, is_down=True),
        Key(0x38, is_down=True),
        Key(0xD3, is_down=True),
        Key(0xD3, is_down=False),
        Key(0x38, is_down=False),
        Key(0x1D, is_down=False),
    )
