"""Letters lead to the entry of a menu that begins so, as they do in tree and list.

Qt's own search takes letters wherever they stand in an entry: "e" led to "Connect".
"""

from time import monotonic

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu
from typing_extensions import override


class MenuLetters(QObject):
    """Hears the keys of the menus on which it is installed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._menu: QObject | None = None
        self._since = 0.0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark what was meant; all else is the menu's own."""
        if event.type() == QEvent.Type.Show:
            self._word = ""
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QMenu):
            return False
        if not isinstance(event, QKeyEvent) or not event.text().isprintable() or not event.text():
            return False
        return self._seek(watched, event.text().casefold())

    def _seek(self, menu: QMenu, letter: str) -> bool:
        interval_s = QGuiApplication.styleHints().keyboardInputInterval() / 1000
        is_new = self._menu is not menu or monotonic() - self._since > interval_s
        before = "" if is_new else self._word
        if not before and letter == " ":
            return False
        entries = [action for action in menu.actions() if _can_be_meant(action)]
        if not before and any(_has_letter(action, letter) for action in entries):
            return False
        self._menu, self._since = menu, monotonic()
        # The same letter again means the next that begins so.
        repeated = before == letter
        self._word = letter if repeated else before + letter
        found = _begin_with(
            entries, self._word, menu.activeAction(), is_next=not before or repeated
        )
        if found is not None:
            menu.setActiveAction(found)
        return True


def _begin_with(
    entries: list[QAction], word: str, here: QAction | None, *, is_next: bool
) -> QAction | None:
    start = entries.index(here) + is_next if here in entries else 0
    turned = entries[start:] + entries[:start]
    return next((one for one in turned if _plain(one).startswith(word)), None)


def _can_be_meant(action: QAction) -> bool:
    return action.isVisible() and not action.isSeparator() and bool(action.text())


def _has_letter(action: QAction, letter: str) -> bool:
    """Whether the letter is underlined in it: that is Qt's to do."""
    keys = QKeySequence.mnemonic(action.text()).toString()
    return bool(keys) and keys[-1].casefold() == letter


def _plain(action: QAction) -> str:
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").casefold()
