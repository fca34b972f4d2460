"""The dialog in which favorites are renamed, put in order and removed, each at once in force."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from console.sdk.dialog import KeyedDialog
from console.sdk.list_layout import stand_beside
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.shell.favorites import Favorite, Favorites, refusal
from console.shell.undo import Journey

_ID = Qt.ItemDataRole.UserRole


def _tr(text: str) -> str:
    return QCoreApplication.translate("favorites", text)


class FavoritesDialog(KeyedDialog):
    """The favorites in a list. Names are changed in place; what is removed can be taken back."""

    def __init__(
        self, favorites: Favorites, journey: Journey, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._favorites = favorites
        self._journey = journey
        self._is_renaming = False
        self.setWindowTitle(_tr("Organize Favorites"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(_tr("Favorites"))
        self.list.setIconSize(QSize(17, 17))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumSize(90 * GRID, 60 * GRID)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.currentRowChanged.connect(self._judge)
        self._hint = QLabel(_tr("There are none yet: Ctrl+D adds the place you are at."))
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        self._hint.setWordWrap(True)
        self.rename = _button(_tr("Rename"), "ph.pencil-simple", "F2")
        self.up = _button(_tr("Move Up"), "ph.arrow-up", "Alt+Up")
        self.down = _button(_tr("Move Down"), "ph.arrow-down", "Alt+Down")
        self.remove = _button(_tr("Remove"), "ph.trash", "Del")
        self._lay_out()
        for button, keys, act in (
            (self.rename, "F2", self._rename),
            (self.up, "Alt+Up", lambda: self._move(-1)),
            (self.down, "Alt+Down", lambda: self._move(1)),
            (self.remove, "Del", self._remove),
        ):
            button.clicked.connect(act)
            QShortcut(QKeySequence(keys), self.list, context=_IN_LIST).activated.connect(
                button.click
            )
        favorites.changed.connect(self._fill)
        self._fill()

    def _lay_out(self) -> None:
        buttons = (self.rename, self.up, self.down, self.remove)
        stand_beside(self, self.list, buttons, below=self._hint)

    def _fill(self) -> None:
        if self._is_renaming:
            return  # its field is still open
        known, row = self._favorites.all(), self.list.currentRow()
        self.list.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.list.clear()
        for favorite in known:
            item = QListWidgetItem(icon(favorite.icon, Tone.PLAIN), favorite.name, self.list)
            item.setData(_ID, favorite.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if favorite.filter:
                words = _tr("Filtered by “{words}”").format(words=favorite.filter)
                item.setToolTip(words)
        self.list.blockSignals(False)  # noqa: FBT003
        self.list.setCurrentRow(min(max(row, 0), len(known) - 1))
        self._hint.setVisible(not known)
        self._judge()

    def _judge(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self.rename.setEnabled(row >= 0)
        self.remove.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)

    def _current(self) -> Favorite | None:
        row, known = self.list.currentRow(), self._favorites.all()
        return known[row] if 0 <= row < len(known) else None

    def _rename(self) -> None:
        self.list.editItem(self.list.currentItem())

    def _on_renamed(self, item: QListWidgetItem) -> None:
        favorite = self._current()
        if favorite is None or self._is_renaming:
            return
        # One that will not do leaves the name that it had.
        name = item.text().strip()
        name = favorite.name if refusal(name) else name
        self._is_renaming = True
        self._favorites.rename(favorite, name)
        item.setText(name)
        self._is_renaming = False

    def _move(self, step: int) -> None:
        order, row = list(self._favorites.all()), self.list.currentRow()
        order.insert(row + step, order.pop(row))
        self._favorites.arrange(order)
        self.list.setCurrentRow(row + step)

    def _remove(self) -> None:
        if (favorite := self._current()) is not None:
            self._journey.note(self._favorites.remove(favorite))


_IN_LIST = Qt.ShortcutContext.WidgetShortcut


def _button(text: str, name: str, keys: str) -> QPushButton:
    button = QPushButton(icon(name), text)
    button.setToolTip(f"{text} ({keys})")
    button.setAutoDefault(False)
    return button
