"""The menu Favorites of a window: add the place, organize, go to one."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from console.sdk.look import icon
from console.sdk.nodes import Tone
from console.shell import favorites_dialog
from console.shell.arrangement import Mode
from console.shell.favorites import NAME_MAXIMUM, Favorite, refusal, why_not_there
from console.shell.notices import Notice
from console.shell.scope_model import ROOT

if TYPE_CHECKING:
    from console.shell.window import MainWindow

_KEYS = 9


def _tr(text: str) -> str:
    return QCoreApplication.translate("favorites", text)


class FavoritesMenu(QObject):
    """Fills the menu anew whenever it opens; Alt+1 to Alt+9 go to the first ones."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._favorites = window.session.favorites
        self.menu = QMenu(_tr("Fav&orites"), window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)
        for number in range(1, _KEYS + 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), window)
            keys.activated.connect(partial(self._go_to_number, number))

    def add(self) -> None:
        """Ask for a name, and remember the place."""
        if (place := self._here()) is not None:
            self._window.context.run(self._add(place))

    def organize(self) -> None:
        """Open the dialog in which they are put in order."""
        dialog = favorites_dialog.FavoritesDialog(self._favorites, self._window.session.journey)
        self._window.context.show_dialog(dialog)

    def go(self, favorite: Favorite) -> None:
        """Go there, or say why not."""
        window = self._window
        reason = why_not_there(favorite, window.scope, window.bridge.mirror)
        if reason:
            sentence = _tr("One cannot go there: {reason}.").format(reason=reason)
            window.show_notice(Notice(favorite.name, sentence, tone=Tone.WARNING))
            return
        window.guide.navigate(favorite.node)
        window.filter_box.setText(favorite.filter)
        mode = next((mode for mode in Mode if mode.value == favorite.mode), None)
        if mode and (page := window.panes.result.list):
            page.area.arranger.draw_as(mode)
        window.panes.result.take_focus()

    def _here(self) -> Favorite | None:
        node = self._window.guide.node
        if node is None:
            return None
        above = self._window.scope.node(node.parent)
        is_named = above is None or above.id == ROOT or node.ref is not None
        name = node.text if is_named or above is None else f"{node.text} - {above.text}"
        text = mode = ""
        if page := self._window.panes.result.list:
            text = self._window.filter_box.text()
            mode = page.area.arranger.arrangement.mode.value
        name = name[:NAME_MAXIMUM].strip()  # what is proposed is taken as it is
        return Favorite("", name, node.id, node.icon, node.host, text, mode)

    async def _add(self, place: Favorite) -> None:
        name = await self._window.context.ask_text(
            _tr("Add to Favorites"), _tr("Name"), place.name, refusal
        )
        if name:
            self._favorites.add(replace(place, name=name.strip()))

    def _go_to_number(self, number: int) -> None:
        known = self._favorites.all()
        if number <= len(known):
            self.go(known[number - 1])

    def fill(self) -> None:
        """Put in those that there are, each as it stands now."""
        commands = self._window.commands
        self.menu.clear()
        self.menu.addActions([commands.add_favorite, commands.organize_favorites])
        self.menu.addSeparator()
        for number, favorite in enumerate(self._favorites.all(), 1):
            reason = why_not_there(favorite, self._window.scope, self._window.bridge.mirror)
            text = f"{favorite.name} ({reason})" if reason else favorite.name
            keys = f"\tAlt+{number}" if number <= _KEYS else ""
            action = self.menu.addAction(icon(favorite.icon), text.replace("&", "&&") + keys)
            action.setEnabled(not reason)
            action.setToolTip(_filtered(favorite))
            action.triggered.connect(partial(self.go, favorite))


def _filtered(favorite: Favorite) -> str:
    if not favorite.filter:
        return favorite.name
    return _tr("{name}, filtered by “{words}”").format(name=favorite.name, words=favorite.filter)
