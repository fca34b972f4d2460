"""Text becomes keys; what a keyboard has not is told, not typed wrongly."""

from backend.display.input import SHIFT, chord
from backend.display.typing import US


def test_strokes() -> None:
    assert US.strokes_for("a") == chord(0x1E)
    assert US.strokes_for("A") == chord(SHIFT, 0x1E)
    assert US.strokes_for("\n") == chord(0x1C)
    assert US.strokes_for(" ") == chord(0x39)
    assert US.strokes_for("ü") is None


def test_a_text_is_made_ready() -> None:
    assert US.prepared("one\r\ntwo\rthree\n") == ("one\ntwo\nthree\n", ())
    assert US.prepared("Grüße, ü!") == ("Gre, !", ("ü", "ß"))
