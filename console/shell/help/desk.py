"""F1: finds the page for what has the keyboard, in every window of the program."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from console.sdk.actions import NodeAction, Selection, StandardVerb
from console.sdk.context import Context
from console.sdk.snapin import SnapIn
from console.sdk.topics import topics_of
from console.shell.help import window as help_window
from console.shell.help.library import Library
from console.shell.palette.finds import Find, Standing

FIRST_PAGE = "start"
_LAST = 99
_HAS_KEY = "has_help_key"


def _tr(text: str) -> str:
    return QCoreApplication.translate("help", text)


class HelpDesk(QObject):
    """Opens the help. The pages are read when they are first wanted."""

    _shown: "ClassVar[help_window.HelpWindow | None]" = None
    """The one window of the program, whichever of the main windows asked for it first."""

    def __init__(self, window: QMainWindow, read: Callable[[], Library]) -> None:
        super().__init__(window)
        self._read = read
        self._library: Library | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    @property
    def library(self) -> Library:
        """The pages."""
        if self._library is None:
            self._library = self._read()
        return self._library

    def address_for(self, widget: QWidget | None) -> str:
        """Return where help on a widget stands: the nearest topic that a page answers."""
        answers = (self.library.answer(topic) for topic in topics_of(widget))
        return next((address for address in answers if address), FIRST_PAGE)

    def contents(self) -> SnapIn:
        """Return what stands at the end of every node's actions, as in MMC."""
        help_of_node = NodeAction(
            "help.node",
            _tr("Help"),
            "ph.question",
            node_types=(),
            run=self._show_for_node,
            section=_LAST,
            verb=StandardVerb.HELP,
            no_script=_tr("This opens a page."),
        )
        return SnapIn("help", _tr("Help"), node_actions=(help_of_node,))

    def _show_for_node(self, _context: Context, selection: Selection) -> None:
        topic = f"node/{selection.node.node_type}" if selection.node else ""
        self.show_page(self.library.answer(topic) or FIRST_PAGE)

    def show_for_focus(self) -> None:
        """Show the page for what has the keyboard."""
        window = QApplication.activeWindow()
        self.show_page(self.address_for(QApplication.focusWidget() or window))

    def show_page(self, address: str) -> None:
        """Show a page in the one window there is for that."""
        if HelpDesk._shown is None:
            HelpDesk._shown = help_window.HelpWindow(self.library)
        HelpDesk._shown.open_at(address)

    def finds(self) -> tuple[Find, ...]:
        """Return the pages and their sections as something to find."""
        return tuple(
            Find(
                id=f"help:{section.address}",
                title=section.title,
                beside=self.library.pages[section.page].title if section.level > 1 else "",
                icon="ph.question",
                standing=Standing.HELP,
                run=self._opener(section.address),
            )
            for section in self.library.sections()
            if section.level < 3
        )

    def close(self) -> None:
        """Take the help away: the program ends."""
        if HelpDesk._shown is not None:
            HelpDesk._shown.close()
            HelpDesk._shown.deleteLater()
            HelpDesk._shown = None

    def _opener(self, address: str) -> Callable[[], None]:
        return lambda: self.show_page(address)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # A dialog is a window of its own: the main window's F1 does not reach it, and one that is
        # modal shuts out the whole program's. So each gets the key when it gets the keyboard.
        window = now.window() if now is not None and isValid(now) else None
        if window is None or isinstance(window, QMainWindow) or window.property(_HAS_KEY):
            return
        window.setProperty(_HAS_KEY, "F1")
        key = QShortcut(QKeySequence("F1"), window)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(self.show_for_focus)
