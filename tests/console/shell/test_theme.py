"""The palettes hold their contrasts (WCAG 2.1): text 4.5, outlines 3."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from console.sdk.look import ROLES
from console.sdk.nodes import Tone
from console.shell.button_style import outline_colour
from console.shell.theme import Appearance, palette_for

BOTH = [Appearance.LIGHT, Appearance.DARK]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(colour.redF())
        + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF())
    )


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("appearance", BOTH)
@pytest.mark.parametrize("tone", list(Tone))
def test_words_can_be_read(appearance: Appearance, tone: Tone, qapp: QApplication) -> None:
    palette = palette_for(appearance)
    for ground in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        assert contrast(palette.color(ROLES[tone]), palette.color(ground)) >= 4.5


@pytest.mark.parametrize("appearance", BOTH)
def test_selected_words_can_be_read(appearance: Appearance, qapp: QApplication) -> None:
    palette = palette_for(appearance)
    ground = palette.color(QPalette.ColorRole.Highlight)
    assert contrast(palette.color(QPalette.ColorRole.HighlightedText), ground) >= 4.5
    for tone in (Tone.GOOD, Tone.WARNING, Tone.BAD):
        assert contrast(palette.color(ROLES[tone]), ground) >= 4.5


@pytest.mark.parametrize("appearance", BOTH)
def test_fields_can_be_seen(appearance: Appearance, qapp: QApplication) -> None:
    palette = palette_for(appearance)
    outline = outline_colour(palette)
    for ground in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        assert contrast(outline, palette.color(ground)) >= 3
