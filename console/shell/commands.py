"""The window's own commands: going about, showing and hiding, help. Each a QAction, once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from console.sdk.actions import StandardVerb
from console.sdk.look import icon
from console.shell.theme import Appearance


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the commands do."""

    back: Callable[[], None]
    forward: Callable[[], None]
    up: Callable[[], None]
    verb: Callable[[StandardVerb], object]
    filter: Callable[[], None]
    palette: Callable[[], None]
    help: Callable[[], None]
    help_page: Callable[[str], None]
    about: Callable[[], None]
    support: Callable[[], None]
    ring: Callable[[], None]
    columns: Callable[[], None]
    new_window: Callable[[], None]
    window_there: Callable[[], None]
    close_window: Callable[[], object]
    exit: Callable[[], None]
    add_favorite: Callable[[], None]
    organize_favorites: Callable[[], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    set_appearance: Callable[[Appearance], None]


class Commands:
    """The QActions by name. Those that show a pane are checkable; the window listens to them."""

    def __init__(self, window: QWidget, deeds: Deeds) -> None:
        self._window = window
        self._go_about(deeds)
        self._go_between_windows(deeds)
        self._show_and_hide(deeds)

    def _go_about(self, deeds: Deeds) -> None:
        make = self._make
        self.back = make(_tr("Back"), "ph.arrow-left", "Alt+Left", deeds.back)
        self.forward = make(_tr("Forward"), "ph.arrow-right", "Alt+Right", deeds.forward)
        self.up = make(_tr("Up One Level"), "ph.arrow-up", "Alt+Up", deeds.up)
        self.refresh = make(
            _tr("Refresh"), "ph.arrows-clockwise", "F5", lambda: deeds.verb(StandardVerb.REFRESH)
        )
        self.properties = make(
            _tr("Properties"),
            "ph.sliders-horizontal",
            "",
            lambda: deeds.verb(StandardVerb.PROPERTIES),
        )
        self.filter = make(_tr("Filter the List"), "ph.magnifying-glass", "Ctrl+F", deeds.filter)
        self.palette = make(_tr("Command Palette..."), "ph.command", "Ctrl+K", deeds.palette)
        self.undo = make(_tr("Undo"), "ph.arrow-u-up-left", "Ctrl+Z", deeds.undo)
        self.redo = make(_tr("Redo"), "ph.arrow-u-up-right", "Ctrl+Shift+Z", deeds.redo)
        self.help = make(_tr("Help"), "ph.question", "F1", deeds.help)
        self.first_steps = make(
            _tr("Getting Started"), "ph.book-open", "", lambda: deeds.help_page("start")
        )
        self.keys = make(_tr("Keyboard"), "ph.keyboard", "", lambda: deeds.help_page("keyboard"))
        self.support = make(_tr("Save Support Bundle..."), "ph.first-aid-kit", "", deeds.support)
        self.about = make(_tr("About Celadon"), "", "", deeds.about)

    def _go_between_windows(self, deeds: Deeds) -> None:
        make = self._make
        self.add_favorite = make(
            _tr("Add to Favorites..."), "ph.star", "Ctrl+D", deeds.add_favorite
        )
        self.organize_favorites = make(
            _tr("Organize Favorites..."), "", "", deeds.organize_favorites
        )
        self.new_window = make(
            _tr("New Window from Here"), "ph.app-window", "Ctrl+Shift+W", deeds.new_window
        )
        self.window_there = make(_tr("Open in New Window"), "ph.app-window", "", deeds.window_there)
        self.close_window = make(_tr("Close This Window"), "ph.x", "Ctrl+W", deeds.close_window)
        self.exit = make(_tr("Exit"), "ph.sign-out", "Ctrl+Q", deeds.exit)

    def _show_and_hide(self, deeds: Deeds) -> None:
        self.tree = self._make_toggle(_tr("Tree"), "ph.tree-structure", "Ctrl+Shift+T")
        self.actions = self._make_toggle(_tr("Actions"), "ph.columns", "Ctrl+Shift+A")
        self.jobs = self._make_toggle(_tr("Jobs"), "ph.list-bullets", "Ctrl+J")
        self.tool_bar = self._make_toggle(_tr("Tool Bar"), "", "")
        self.heading = self._make_toggle(_tr("Heading"), "", "")
        self.status_bar = self._make_toggle(_tr("Status Bar"), "", "")
        self.notifications = self._make(_tr("Notify of Jobs and Alerts"), "ph.bell", "", deeds.ring)
        self.notifications.setCheckable(True)
        self.notifications.setIconVisibleInMenu(False)
        self.columns = self._make(_tr("Choose Columns..."), "ph.table", "", deeds.columns)
        self.appearances = self._make_appearances(deeds.set_appearance)

    def show_undo(self, to_undo: str, to_redo: str) -> None:
        """Name what can be taken back and what can be done again; "" is nothing."""
        for action, word, title in (
            (self.undo, _tr("Undo"), to_undo),
            (self.redo, _tr("Redo"), to_redo),
        ):
            text = f"{word} {title}".strip()
            action.setEnabled(bool(title))
            action.setText(text.replace("&", "&&"))
            action.setToolTip(f"{text} ({action.shortcut().toString()})")

    def show_appearance(self, appearance: Appearance) -> None:
        """Mark the appearance that is in force."""
        self.appearances[appearance].setChecked(True)

    def _make(self, text: str, name: str, keys: str, deed: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        if name:
            action.setIcon(icon(name))
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setToolTip(f"{text} ({action.shortcut().toString()})")
        action.triggered.connect(lambda _checked: deed())
        self._window.addAction(action)
        return action

    def _make_toggle(self, text: str, name: str, keys: str) -> QAction:
        action = self._make(text, name, keys, lambda: None)
        action.setCheckable(True)
        action.setChecked(True)
        action.setIconVisibleInMenu(False)  # the mark stands there
        if keys:
            action.setToolTip(_tr("Show or hide: {pane} ({keys})").format(pane=text, keys=keys))
        return action

    def panes(self) -> list[QAction]:
        """Return those that show and hide a part of the window."""
        return [
            self.tree,
            self.actions,
            self.jobs,
            self.tool_bar,
            self.heading,
            self.status_bar,
        ]

    def _make_appearances(self, choose: Callable[[Appearance], None]) -> dict[Appearance, QAction]:
        words = {
            Appearance.SYSTEM: _tr("As the System"),
            Appearance.LIGHT: _tr("Light"),
            Appearance.DARK: _tr("Dark"),
        }
        group = QActionGroup(self._window)
        actions: dict[Appearance, QAction] = {}
        for appearance, text in words.items():
            action = QAction(text, group)
            action.setCheckable(True)
            actions[appearance] = action
        by_action = {action: appearance for appearance, action in actions.items()}
        group.triggered.connect(lambda action: choose(by_action[action]))
        return actions
