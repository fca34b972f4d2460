"""Tabs for which there is no room: a button at the end of their bar has their names."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QTabWidget, QToolButton
from typing_extensions import override

from console.sdk.look import icon
from console.sdk.nodes import Tone

_CHANGES: Final = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)
_TURNING: Final = (Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End)
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


def _tr(text: str) -> str:
    return QCoreApplication.translate("more_tabs", text)


class MoreTabs(QToolButton):
    """Takes the last tabs out of their bar and offers them where there is not room for all.

    The one in front stays, so no name is cut, and the keys that lead to a tab lead to each.
    """

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__()
        self._tabs = tabs
        self.setText(_tr("More"))
        self.setIcon(icon("ph.caret-down", Tone.MUTED))
        self.setIconSize(QSize(12, 12))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_tr("More tabs"))
        self.setToolTip(_tr("Tabs for which there is no room here"))
        self.offered = QMenu(self)
        """The tabs that were not seen when it was pressed."""
        self.clicked.connect(self._open)
        tabs.setCornerWidget(self, Qt.Corner.TopRightCorner)
        self.hide()
        tabs.installEventFilter(self)
        tabs.tabBar().installEventFilter(self)
        tabs.currentChanged.connect(self.settle)

    def hidden(self) -> list[int]:
        """Return the tabs that are not seen, from left to right."""
        return [n for n in range(self._tabs.count()) if not self._tabs.isTabVisible(n)]

    def settle(self) -> None:
        """Have as many tabs seen as there is room for."""
        seen = self._seen()
        # The one in front first: Qt turns to another where it is not seen.
        for number in (*seen, *range(self._tabs.count())):
            if self._tabs.isTabVisible(number) != (number in seen):
                self._tabs.setTabVisible(number, number in seen)
        if (is_needed := len(seen) < self._tabs.count()) == self.isHidden():
            self.setVisible(is_needed)

    def _seen(self) -> list[int]:
        bar, room = self._tabs.tabBar(), self._tabs.width()
        widths = [bar.tabSizeHint(number).width() for number in range(self._tabs.count())]
        if sum(widths) <= room:
            return list(range(len(widths)))
        front = max(0, self._tabs.currentIndex())
        room -= self.sizeHint().width() + widths[front]
        seen = [front]
        for number, width in enumerate(widths):
            if number == front:
                continue
            if (room := room - width) < 0:
                break
            seen.append(number)
        return seen

    @override
    def sizeHint(self) -> QSize:
        """Be as high as the tabs: Qt has a lower one stand at their foot, its word below theirs."""
        bar = self._tabs.tabBar().sizeHint()
        return super().sizeHint().expandedTo(QSize(0, bar.height()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with the keys that open a menu."""
        if event.key() in _OPENING:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See to it when the bar has other tabs, or other room; go by keys to each of them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return watched is self._tabs.tabBar() and self._turn(event)
        if event.type() in _CHANGES:
            self.settle()
        return False

    def _turn(self, event: QKeyEvent) -> bool:
        key, last = Qt.Key(event.key()), self._tabs.count() - 1
        if key not in _TURNING or event.modifiers() or last < 0:
            return False
        here = self._tabs.currentIndex()
        number = dict(zip(_TURNING, (0, here - 1, here + 1, last), strict=True))[key]
        self._tabs.setCurrentIndex(min(max(0, number), last))
        return True

    def _open(self) -> None:
        menu = self.offered
        menu.clear()
        for number in self.hidden():
            action = menu.addAction(self._tabs.tabText(number))
            action.triggered.connect(partial(self._go, number))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _go(self, number: int) -> None:
        self._tabs.setCurrentIndex(number)
        self._tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
