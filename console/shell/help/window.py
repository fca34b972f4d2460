"""The window that shows the help: contents and search at the left, the page at the right."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QPalette, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, icon
from console.sdk.menu_key import hear_menu_key
from console.sdk.tall_sheet import WINDOW_FRAME
from console.sdk.topics import set_topic
from console.shell.about import mark
from console.shell.actions_pane import Line
from console.shell.buttons import quiet_button
from console.shell.help import render
from console.shell.help.library import Library, Section, address_of
from console.shell.navigation import History
from console.widgets.filter_box import FilterBox

_ADDRESS = Qt.ItemDataRole.UserRole
_WIDE = 1000
_ROW_HEIGHT = 26
_PAGE_LEAST = 90 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("help", text)


class HelpWindow(QWidget):
    """Modeless and one for the program. `open_at` brings a page into it."""

    def __init__(self, library: Library) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._library = library
        self._shown = ""
        self._history = History(library.has)
        self.setObjectName("help_window")
        self.setWindowTitle(_tr("Help"))
        self.setAccessibleName(_tr("Help"))
        self.setWindowIcon(mark())
        set_topic(self, "help")
        hear_menu_key(self)
        self.search = FilterBox(_tr("Search the help (Ctrl+F)"))
        self.contents = QTreeWidget()
        self.browser = QTextBrowser()
        self._nothing = QLabel(_tr("No page has all of these words."))
        self._back = quiet_button(_tr("Back"), _tr("Back (Alt+Left)"))
        self._forward = quiet_button(_tr("Forward"), _tr("Forward (Alt+Right)"))
        self._set_up()
        self._lay_out()
        self._connect()
        self._list_pages()
        self._back.setIcon(icon("ph.arrow-left"))
        self._forward.setIcon(icon("ph.arrow-right"))
        self.resize(QSize(_WIDE, 720).boundedTo(self.screen().availableSize() - WINDOW_FRAME))

    @property
    def address(self) -> str:
        """What is shown."""
        return self._history.here

    def open_at(self, address: str) -> None:
        """Show a page, at a section of it, in front of the other windows, with the keyboard."""
        self.go(address)
        self.show()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus()

    def go(self, address: str) -> None:
        """Show a page, at a section of it. A page that is not there is not gone to."""
        if self._library.has(address):
            self._history.go(address)
            self._show()

    # What is shown

    def _show(self) -> None:
        page_id, _, anchor = self._history.here.partition("#")
        page = self._library.pages[page_id]
        if page_id != self._shown:
            self._shown = page_id
            render.fill(self.browser.document(), page.markdown, self.palette())
            self.browser.setAccessibleName(page.title)
        self.setWindowTitle(_tr("{page} - Celadon Help").format(page=page.title))
        self.setAccessibleName(self.windowTitle())
        self._mark_in_contents(self._history.here)
        self._back.setEnabled(self._history.can_go_back())
        self._forward.setEnabled(self._history.can_go_forward())
        # The document is laid out when it is next drawn; before that no place in it is known.
        QTimer.singleShot(0, self, lambda: self._scroll_to(anchor))

    def _scroll_to(self, anchor: str) -> None:
        document = self.browser.document()
        heading = render.place_of(document, anchor) if anchor else None
        cursor = QTextCursor(heading or document.begin())
        self.browser.setTextCursor(cursor)
        top = document.documentLayout().blockBoundingRect(cursor.block()).top()
        self.browser.verticalScrollBar().setValue(round(top) - 2 * GRID if anchor else 0)

    def _list_pages(self) -> None:
        self.contents.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for page in self._library.pages.values():
            if page.group not in groups:
                groups[page.group] = _group(page.group)
                self.contents.addTopLevelItem(groups[page.group])
            groups[page.group].addChild(_item(page.title, page.id))
        self.contents.expandAll()
        self._mark_in_contents(self._history.here)

    def _list_found(self, sections: Iterable[Section]) -> None:
        self.contents.clear()
        for section in sections:
            title = self._library.pages[section.page].title
            text = f"{section.title} - {title}" if section.level > 1 else title
            self.contents.addTopLevelItem(_item(text, section.address))

    def _on_words(self, text: str) -> None:
        if text:
            found = self._library.search(text)
            self._list_found(found)
        else:
            found = []
            self._list_pages()
        self._nothing.setVisible(bool(text) and not found)

    def _mark_in_contents(self, address: str) -> None:
        wanted = (address, address.partition("#")[0])
        items = QTreeWidgetItemIterator(self.contents)
        self.contents.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        while item := items.value():
            if item.data(0, _ADDRESS) in wanted:
                self.contents.setCurrentItem(item)
                break
            items += 1
        self.contents.blockSignals(False)  # noqa: FBT003

    # What the user does

    def _on_item(self, item: QTreeWidgetItem | None) -> None:
        if item and (address := item.data(0, _ADDRESS)):
            self.go(address)

    def _on_left(self) -> None:
        if self.search.text() and (first := self.contents.topLevelItem(0)):
            self.contents.setCurrentItem(first)
        self.contents.setFocus()

    def _on_link(self, link: QUrl) -> None:
        if link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
        else:
            self.go(address_of(link.toString(), self._shown))

    def _turn(self, turn: str) -> None:
        self._history.back() if turn == "back" else self._history.forward()
        self._show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the page anew in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_back"):
            self._shown = ""
            if self._history.here:
                self._show()

    # Putting it together

    def _set_up(self) -> None:
        self.contents.setHeaderHidden(True)
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setAccessibleName(_tr("Contents"))
        self.contents.setIndentation(2 * GRID)
        self.contents.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.contents.setRootIsDecorated(False)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setOpenLinks(False)
        self.browser.setMinimumWidth(_PAGE_LEAST)
        self.browser.setAccessibleName(_tr("Page"))
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing.setWordWrap(True)
        self._nothing.setMargin(2 * GRID)
        self._nothing.hide()
        for button in (self._back, self._forward):
            button.setIconSize(QSize(18, 18))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setAutoFillBackground(True)
        column = QVBoxLayout(side)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        for button in (self._back, self._forward):
            bar.addWidget(button)
        bar.addWidget(self.search, 1)
        column.addLayout(bar)
        column.addWidget(self._nothing)
        column.addWidget(self.contents, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(side)
        halves.addWidget(self.browser)
        halves.setStretchFactor(1, 1)
        halves.setSizes([300, _WIDE - 300])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Line())
        outer.addWidget(halves)

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(lambda now, _before: self._on_item(now))
        self.contents.itemActivated.connect(lambda _item, _column: self.browser.setFocus())
        self.search.words_changed.connect(self._on_words)
        self.search.left.connect(self._on_left)
        self.browser.anchorClicked.connect(self._on_link)
        deeds = (
            (self._back, "Alt+Left", lambda: self._turn("back")),
            (self._forward, "Alt+Right", lambda: self._turn("forward")),
            (None, "Ctrl+F", self.search.setFocus),
            (None, "Escape", self.close),
            (None, "Ctrl+W", self.close),
        )
        for button, keys, deed in deeds:
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(deed)
            self.addAction(action)
            if isinstance(button, QToolButton):
                button.clicked.connect(action.trigger)


def _item(text: str, address: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text])
    item.setData(0, _ADDRESS, address)
    item.setToolTip(0, text)
    item.setSizeHint(0, QSize(0, _ROW_HEIGHT))
    return item


def _group(text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text])
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setSizeHint(0, QSize(0, _ROW_HEIGHT + GRID))
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
    return item
