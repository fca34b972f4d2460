"""Strips below the tool bar: what went wrong, in a sentence, and what can be done about it now."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.model import Ref
from console.bridge.keeper import Keeper
from console.sdk import kept_words
from console.sdk.kept_file import Trouble
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.shell.actions_pane import Line
from console.shell.buttons import quiet_button
from console.shell.notice_words import NoticeWords

KEPT = 3
_ROOM = 55 * GRID
"""How high a window is for each that it has: below them one wants to work on."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("notices", text)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. `offers` are (text, what it does)."""

    title: str
    sentence: str
    detail: tuple[str, ...] = ()
    subject: Ref | None = None
    offers: tuple[tuple[str, Callable[[], object]], ...] = ()
    tone: Tone = Tone.BAD


def report_trouble(keeper: Keeper, title: str, show_notice: Callable[[Notice], None]) -> None:
    """Tell, now and from now on, when a file of ours is not as it should be."""

    def tell(trouble: Trouble) -> None:
        detail = (trouble.detail,) if trouble.detail else ()
        show_notice(Notice(title, kept_words.sentence(trouble), detail, tone=Tone.WARNING))

    keeper.troubled.connect(tell)
    if keeper.trouble:
        tell(keeper.trouble)


class NoticeStrip(QFrame):
    """One notice on the screen."""

    def __init__(self, notice: Notice, close: Callable[[], None]) -> None:
        super().__init__()
        self.notice = notice
        self.setAccessibleName(notice.title)
        self.setAccessibleDescription(notice.sentence)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._mark = QLabel()
        self._close = quiet_button(_tr("Dismiss"))
        self._close.clicked.connect(close)
        self._words = NoticeWords(notice.title, notice.sentence)
        self._words.cut.connect(self._on_cut)
        self._detail = _detail_field(notice.detail)
        self._details = QPushButton(_tr("Details"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(self._line(close))
        column.addWidget(self._detail)
        self.tint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A label that wraps asks for a square; only its layout knows the height for a width.
        layout = self.layout()
        height = layout.totalHeightForWidth(self.width()) if layout else 0
        if height > 0 and height != self.height():
            self.setFixedHeight(height)

    def _on_cut(self, is_cut: object) -> None:
        notice = self.notice
        whole = (notice.title, notice.sentence) if is_cut else ()
        self._detail.setPlainText("\n".join((*whole, *notice.detail)))
        has_more = bool(whole or notice.detail)
        if not has_more:
            self._details.setChecked(False)
        self._details.setVisible(has_more)

    def _unfold(self, is_open: object) -> None:
        self._detail.setVisible(bool(is_open))
        self._fit()

    def _line(self, close: Callable[[], None]) -> QHBoxLayout:
        top = Qt.AlignmentFlag.AlignTop
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self._mark, 0, top)
        row.addWidget(self._words, 1)
        for text, act in self.notice.offers:
            row.addWidget(_button(text, act, close), 0, top)
        self._details.setCheckable(True)
        if not self.notice.detail:
            self._details.hide()  # shown, it would be a window of its own until it has its place
        self._details.toggled.connect(self._unfold)
        row.addWidget(self._details, 0, top)
        row.addWidget(self._close, 0, top)
        return row

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        mark = icon("ph.warning-circle-fill", self.notice.tone)
        self._mark.setPixmap(mark.pixmap(18, 18))
        self._close.setIcon(icon("ph.x"))


class Notices(QWidget):
    """The last few notices, the newest on top; where it is low, the older ones are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: list[NoticeStrip] = []
        self._lines: dict[NoticeStrip, Line] = {}
        self._most = KEPT
        self.setAccessibleName(_tr("Notices"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def shown(self) -> tuple[Notice, ...]:
        """What stands there, the newest first."""
        return tuple(strip.notice for strip in self._strips)

    def set_room(self, height: int) -> None:
        """Fit into a window of this height."""
        most = max(1, min(KEPT, height // _ROOM))
        if most != self._most:
            self._most = most
            self._settle()

    def show_notice(self, notice: Notice) -> None:
        """Tell this; what was said before of the same thing goes."""
        if notice.subject is not None:
            self.dismiss(notice.subject)
        strip = NoticeStrip(notice, lambda: self._remove(strip))
        self._lines[strip] = Line()
        self._strips.insert(0, strip)
        self._column.insertWidget(0, strip)
        self._column.insertWidget(1, self._lines[strip])
        for old in self._strips[KEPT:]:
            self._remove(old)
        self._settle()

    def dismiss(self, subject: Ref) -> None:
        """Take away what was said of this: it is no longer so."""
        for strip in [s for s in self._strips if s.notice.subject == subject]:
            self._remove(strip)

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        for strip in self._strips:
            strip.tint()

    def _remove(self, strip: NoticeStrip) -> None:
        if strip not in self._strips:
            return
        self._strips.remove(strip)
        for widget in (strip, self._lines.pop(strip)):
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._settle()

    def _settle(self) -> None:
        for number, strip in enumerate(self._strips):
            for part in (strip, self._lines[strip]):
                part.setVisible(number < self._most)
        self.setVisible(bool(self._strips))


def _detail_field(lines: tuple[str, ...]) -> QPlainTextEdit:
    field = QPlainTextEdit("\n".join(lines))
    field.setReadOnly(True)
    field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    field.setAccessibleName(_tr("Details"))
    field.setTabChangesFocus(True)
    field.setMaximumHeight(32 * GRID)
    field.hide()
    return field


def _button(text: str, act: Callable[[], object], close: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)

    def on_click() -> None:
        close()
        act()

    button.clicked.connect(on_click)
    return button
