"""The words of a notice: two lines at most, so that names of any length leave room below them."""

from bisect import bisect_right
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from console.sdk.long_words import Copies, breakable

_LINES: Final = 2
_TITLE: Final = 0.7
"""What a title that has to give way has of a line, so that it is clear what it is about."""
_HEAD: Final = 0.3
"""Of a sentence that does, the end tells what to do."""


class NoticeWords(QLabel):
    """A title and a sentence. What has no room gives way in the middle, and the tip has all."""

    cut = Signal(bool)
    """Whether something gave way; told when that changes."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._title, self._sentence = title, sentence
        self._is_cut = False
        Copies.begin()
        self.setAccessibleName(f"{title}  {sentence}")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show(title, sentence)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        is_cut = not self._fits(self._title, self._sentence)
        if is_cut:
            bold = QFont(self.font())
            bold.setBold(True)
            room = round(_TITLE * self.width())
            middle = Qt.TextElideMode.ElideMiddle
            title = QFontMetrics(bold).elidedText(self._title, middle, room)
            lengths = range(len(self._sentence))
            most = bisect_right(
                lengths,
                0,
                key=lambda n: 0 if self._fits(title, _shortened(self._sentence, n)) else 1,
            )
            self._show(title, _shortened(self._sentence, max(0, most - 1)))
        self.setToolTip(f"{self._title}\n{self._sentence}" if is_cut else "")
        if is_cut is not self._is_cut:
            self._is_cut = is_cut
            self.cut.emit(is_cut)

    def _fits(self, title: str, sentence: str) -> bool:
        self._show(title, sentence)
        lines = self.heightForWidth(self.width()) / self.fontMetrics().lineSpacing()
        return lines < _LINES + 0.5  # of bold ones Qt tells a point more

    def _show(self, title: str, sentence: str) -> None:
        bold, plain = (_plain(breakable(text)) for text in (title, sentence))
        self.setText(f"<b>{bold}</b>&nbsp;&nbsp; {plain}")


def _shortened(text: str, length: int) -> str:
    """Return the beginning and the end of a text, so many letters in all."""
    if length >= len(text):
        return text
    head = round(_HEAD * length)
    return f"{text[:head]}…{text[len(text) - (length - head) :]}"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
