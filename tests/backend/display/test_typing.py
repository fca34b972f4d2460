"""Text becomes keys; what a US keyboard has not is told, not typed wrongly."""

from backend.display.input import SHIFT, chord
from backend.display.typing import prepared, strokes_for


def test_strokes() -> None:
    assert strokes_for("a") == chord(0x1E)
    assert strokes_for("A") == chord(SHIFT, 0x1E)
    assert strokes_for("\n") == chord(0x1C)
    assert strokes_for(" ") == chord(0x39)
    assert strokes_for("ü") is None


def test_a_text_is_made_ready() -> None:
    assert prepared("one\r\ntwo\rthree\n") == ("one\ntwo\nthree\n", 0)
    assert prepared("Grüße!") == ("Gre!", 2)
