"""Figures with units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sdk.views import Quantity
from console.shell.query.figures import EXAMPLES, UNITS, Figure, Lack, figure


@pytest.mark.parametrize(
    ("text", "quantity", "value", "step"),
    [
        ("80", Quantity.SHARE, 0.8, 0.01),
        ("80%", Quantity.SHARE, 0.8, 0.01),
        ("0.5 %", Quantity.SHARE, 0.005, 0.001),
        ("4", Quantity.COUNT, 4, 1),
        ("4GiB", Quantity.SIZE, 4 * 2**30, 2**30),
        ("1.5 gib", Quantity.SIZE, 1.5 * 2**30, 2**30 / 10),
        ("4G", Quantity.SIZE, 4 * 2**30, 2**30),
        ("4GB", Quantity.SIZE, 4e9, 1e9),
        ("512b", Quantity.SIZE, 512, 1),
        ("10MiB/s", Quantity.RATE, 10 * 2**20, 2**20),
        ("10MiB", Quantity.RATE, 10 * 2**20, 2**20),
        ("3d", Quantity.DURATION, 3 * 86400, 86400),
        ("90min", Quantity.DURATION, 5400, 60),
        ("1d12h", Quantity.DURATION, 36 * 3600, 3600),
        ("1w 2d", Quantity.DURATION, 9 * 86400, 86400),
        ("04:12", Quantity.DURATION, 4 * 3600 + 12 * 60, 60),
    ],
)
def test_what_they_say(text: str, quantity: Quantity, value: float, step: float) -> None:
    read = figure(text, quantity)
    assert isinstance(read, Figure)
    assert read.value == pytest.approx(value)
    assert read.step == pytest.approx(step)


@pytest.mark.parametrize(
    ("text", "quantity", "lack"),
    [
        ("4", Quantity.SIZE, Lack.UNIT),
        ("4", Quantity.DURATION, Lack.UNIT),
        ("4 fortnights", Quantity.DURATION, Lack.UNIT),
        ("1d12x", Quantity.DURATION, Lack.FIGURE),
        ("4GiB", Quantity.SHARE, Lack.UNIT),
        ("", Quantity.COUNT, Lack.FIGURE),
        ("much", Quantity.SIZE, Lack.FIGURE),
        ("1e9", Quantity.COUNT, Lack.FIGURE),
        ("٣", Quantity.COUNT, Lack.FIGURE),
        ("04:99", Quantity.DURATION, Lack.FIGURE),
    ],
)
def test_what_is_none(text: str, quantity: Quantity, lack: Lack) -> None:
    assert figure(text, quantity) is lack


def test_a_unit_that_stands_elsewhere_is_meant() -> None:
    read = figure("1", Quantity.SIZE, "GiB")
    assert isinstance(read, Figure)
    assert read.value == 2**30


@pytest.mark.parametrize("quantity", UNITS)
def test_the_examples_are_figures(quantity: Quantity) -> None:
    assert isinstance(figure(EXAMPLES[quantity], quantity), Figure)


@given(st.text(max_size=30), st.sampled_from(sorted(UNITS, key=lambda quantity: quantity.value)))
def test_any_text_is_judged(text: str, quantity: Quantity) -> None:
    assert isinstance(figure(text, quantity), Figure | Lack)
