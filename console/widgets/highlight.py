"""Light colours for code: comments, texts and words that lead, in the tones of the palette."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtGui import QFont, QPalette, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from typing_extensions import override

from console.sdk.look import tone_colour
from console.sdk.nodes import Tone


class Language(Enum):
    """What a code view may hold."""

    PLAIN = "plain"
    SHELL = "shell"
    PYTHON = "python"
    XML = "xml"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Piece:
    """What looks so: from `begin` to `end`, over lines if need be; without `end`, `begin` alone."""

    begin: re.Pattern[str]
    tone: Tone
    end: re.Pattern[str] | None = None
    is_bold: bool = False


def _piece(begin: str, tone: Tone, end: str = "", *, bold: bool = False) -> Piece:
    return Piece(re.compile(begin), tone, re.compile(end) if end else None, bold)


_KEYWORDS = r"\b(?:from|import|as|for|in|if|else|try|finally|with|def|class|return|not|and|or)\b"
PIECES: Final[dict[Language, tuple[Piece, ...]]] = {
    Language.PLAIN: (),
    Language.SHELL: (
        _piece(r"(?<!\S)#.*", Tone.MUTED),
        _piece(r"\\.", Tone.PLAIN),  # a quote after it opens nothing
        _piece("'", Tone.GOOD, "'"),
        _piece('"', Tone.GOOD, '"'),
        _piece(r"^(?:virsh|qemu-img|set|trap|rm)\b", Tone.PLAIN, bold=True),
    ),
    Language.PYTHON: (
        _piece(r"#.*", Tone.MUTED),
        _piece('"""', Tone.GOOD, '"""'),
        _piece(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", Tone.GOOD),
        _piece(_KEYWORDS, Tone.PLAIN, bold=True),
    ),
    Language.XML: (
        _piece("<!--", Tone.MUTED, "-->"),
        _piece(r"</?[\w:.-]+|/?>|<\?.*?\?>", Tone.GOOD),
        _piece(r"\"[^\"]*\"|'[^']*'", Tone.WARNING),
    ),
    Language.DIFFERENCE: (
        _piece(r"^@@.*", Tone.MUTED),
        _piece(r"^\+.*", Tone.GOOD),
        _piece(r"^-.*", Tone.BAD),
    ),
}


class Highlighter(QSyntaxHighlighter):
    """Colours a document; whoever owns it calls `tint` when the palette changes."""

    def __init__(self, document: QTextDocument, language: Language, palette: QPalette) -> None:
        super().__init__(document)
        self._pieces = PIECES[language]
        self._palette = palette

    def tint(self, palette: QPalette) -> None:
        """Take the colours of this palette."""
        self._palette = palette
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        """Colour one line; the state is the number of the piece that goes on in the next."""
        at = 0
        self.setCurrentBlockState(-1)
        if (open_piece := self.previousBlockState()) >= 0:
            at = self._close(text, 0, open_piece, 0)
        while at < len(text):
            found = [
                (match.start(), number, match)
                for number, piece in enumerate(self._pieces)
                if (match := piece.begin.search(text, at)) and match.end() > match.start()
            ]
            if not found:
                return
            start, number, match = min(found, key=lambda one: one[:2])
            piece = self._pieces[number]
            if piece.end is None:
                self.setFormat(start, match.end() - start, self._format(piece))
                at = match.end()
            else:
                at = self._close(text, start, number, match.end())

    def _close(self, text: str, start: int, number: int, inside: int) -> int:
        """Colour from `start` to the end of the piece; return where that is."""
        piece = self._pieces[number]
        match = piece.end.search(text, inside) if piece.end else None
        end = match.end() if match else len(text)
        if match is None:
            self.setCurrentBlockState(number)
        self.setFormat(start, end - start, self._format(piece))
        return end

    def _format(self, piece: Piece) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(tone_colour(self._palette, piece.tone))
        if piece.is_bold:
            form.setFontWeight(QFont.Weight.Bold)
        return form
