import pytest
from PySide6.QtGui import QColor

from console.widgets.terminal_lines import PLAIN, Style
from console.widgets.terminal_palette import DARK, LIGHT, Ground, colours, contrast

NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")


@pytest.mark.parametrize("ground", [DARK, LIGHT])
@pytest.mark.parametrize("name", [*NAMES, *(f"bright{name}" for name in NAMES), "bfightmagenta"])
def test_every_colour_can_be_read_on_the_ground(ground: Ground, name: str) -> None:
    text, back = colours(Style(fg=name), ground)
    assert back is None
    assert contrast(text, QColor(ground.back)) >= 3


@pytest.mark.parametrize("ground", [DARK, LIGHT])
def test_a_guest_cannot_hide_text_by_its_colour(ground: Ground) -> None:
    text, back = colours(Style(fg="808080", bg="808080"), ground)
    assert back == QColor("#808080")
    assert contrast(text, back) >= 3


def test_plain_reverse_and_bold() -> None:
    assert colours(PLAIN, DARK) == (QColor(DARK.text), None)
    assert colours(Style(reverse=True), LIGHT) == (QColor(LIGHT.back), QColor(LIGHT.text))
    assert colours(Style(fg="red", bold=True), DARK) == colours(Style(fg="brightred"), DARK)
    assert colours(Style(fg="ff8000"), DARK)[0] == QColor("#ff8000")
