"""Words that are longer than a line: Qt breaks none, and what holds one is as wide as the word.

A machine can be called by two hundred letters without a space. Labels show such words with places
to break that nobody sees, and what is copied out of them is without these again.
"""

import re
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLabel

_PLACE: Final = "\u200b"
_LONG: Final = re.compile(r"[^\s/-]{25,}")
"""Qt breaks at a stroke and after a hyphen by itself, but before no digit."""
_JOINED: Final = re.compile(r"[^\s/]{25,}")
_DIGIT: Final = re.compile(r"-(?=\d)")
_AT: Final = re.compile(r"[!-~]{8}(?=[!-~])")
"""Between such letters alone: others may be drawn in one with their neighbours."""


def breakable(text: str) -> str:
    """Return a text whose long words can go on in the next line."""
    text = _JOINED.sub(lambda word: _DIGIT.sub(f"-{_PLACE}", word[0]), text)
    return _LONG.sub(lambda word: _AT.sub(rf"\g<0>{_PLACE}", word[0]), text)


def whole(text: str) -> str:
    """Return the text of which `breakable` made this."""
    return text.replace(_PLACE, "")


class Copies(QObject):
    """Takes the places to break out of what is copied from a label, or marked there."""

    @staticmethod
    def begin() -> None:
        """Have it done from now on; there is one for the program."""
        application = QApplication.instance()
        if application and not application.findChild(Copies):
            Copies(application)

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        QApplication.clipboard().changed.connect(self._on_changed)

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        board = QApplication.clipboard()
        # Of what is copied elsewhere, out of a description say, everything is meant.
        is_label = isinstance(QApplication.focusWidget(), QLabel)
        if is_label and _PLACE in (text := board.text(mode)):
            board.setText(whole(text), mode)
