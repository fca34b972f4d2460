"""What is a comment, a text or a word that leads looks so; and a text goes on over lines."""

import pytest
from PySide6.QtGui import QFont, QPalette, QTextDocument
from PySide6.QtWidgets import QApplication

from console.sdk.look import tone_colour
from console.sdk.nodes import Tone
from console.shell.theme import Appearance, palette_for
from console.widgets.highlight import Highlighter, Language


def looks(text: str, language: Language, palette: QPalette) -> list[tuple[str, str, bool]]:
    """Return (text, colour, whether bold) of each stretch that does not look like the rest."""
    document = QTextDocument()
    highlighter = Highlighter(document, language, palette)
    document.setPlainText(text)
    highlighter.rehighlight()
    found = []
    block = document.begin()
    while block.isValid():
        for stretch in block.layout().formats():
            form = stretch.format
            part = block.text()[stretch.start : stretch.start + stretch.length]
            is_bold = form.fontWeight() == QFont.Weight.Bold
            found.append((part, form.foreground().color().name(), is_bold))
        block = block.next()
    return found


@pytest.fixture
def palette(qapp: QApplication) -> QPalette:
    return palette_for(Appearance.LIGHT)


def colour(palette: QPalette, tone: Tone) -> str:
    return tone_colour(palette, tone).name()


def test_shell(palette: QPalette) -> None:
    muted, good = colour(palette, Tone.MUTED), colour(palette, Tone.GOOD)
    told = looks("virsh desc 'a\nb' x#y  # c 'd'", Language.SHELL, palette)
    assert told[0] == ("virsh", colour(palette, Tone.PLAIN), True)
    assert told[1:] == [("'a", good, False), ("b'", good, False), ("# c 'd'", muted, False)]


def test_a_quote_in_a_quoted_text(palette: QPalette) -> None:
    told = looks(r"x 'it'\''s' y", Language.SHELL, palette)
    assert [part for part, *_ in told] == ["'it'", r"\'", "'s'"]


def test_python(palette: QPalette) -> None:
    good = colour(palette, Tone.GOOD)
    told = looks('from a import b\n"""x\ny"""\nz = "#"  # w', Language.PYTHON, palette)
    assert [(part, tint) for part, tint, _ in told if tint == good] == [
        ('"""x', good), ('y"""', good), ('"#"', good),
    ]  # fmt: skip
    assert [part for part, _, is_bold in told if is_bold] == ["from", "import"]
    assert told[-1][:2] == ("# w", colour(palette, Tone.MUTED))


def test_xml(palette: QPalette) -> None:
    told = looks("<!-- <a>\n--><b c='d'/>", Language.XML, palette)
    muted, good = colour(palette, Tone.MUTED), colour(palette, Tone.GOOD)
    assert [(part, tint) for part, tint, _ in told] == [
        ("<!-- <a>", muted), ("-->", muted), ("<b", good),
        ("'d'", colour(palette, Tone.WARNING)), ("/>", good),
    ]  # fmt: skip


def test_plain_text_stays_plain(palette: QPalette) -> None:
    assert looks("# 'a' <b>", Language.PLAIN, palette) == []


def test_it_follows_the_palette(palette: QPalette) -> None:
    document = QTextDocument("# a")
    highlighter = Highlighter(document, Language.SHELL, palette)
    dark = palette_for(Appearance.DARK)
    highlighter.tint(dark)
    (stretch,) = document.begin().layout().formats()
    assert stretch.format.foreground().color() == tone_colour(dark, Tone.MUTED)
