"""The names of tabs for which there is no room: a button at the end of their bar."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QTabWidget, QToolButton
from typing_extensions import override

from console.sdk.look import icon
from console.sdk.nodes import Tone

_CHANGES: Final = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


def _tr(text: str) -> str:
    return QCoreApplication.translate("more_tabs", text)


class MoreTabs(QToolButton):
    """Offers the tabs that are not seen whole; is there only while there are such."""

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
        """The tabs that were not seen whole when it was pressed."""
        self.clicked.connect(self._open)
        tabs.setCornerWidget(self, Qt.Corner.TopRightCorner)
        self.hide()
        tabs.installEventFilter(self)
        tabs.tabBar().installEventFilter(self)

    def hidden(self) -> list[int]:
        """Return the tabs that are not seen whole, from left to right."""
        bar = self._tabs.tabBar()
        arrows = [one.x() for one in bar.findChildren(QToolButton) if one.isVisible()]
        end = min(arrows, default=bar.width())
        rects = {number: bar.tabRect(number) for number in range(bar.count())}
        return [n for n, rect in rects.items() if rect.left() < 0 or rect.right() >= end]

    def settle(self) -> None:
        """Be there if there is not room for all tabs."""
        bar = self._tabs.tabBar()
        wanted = sum(bar.tabRect(number).width() for number in range(bar.count()))
        is_needed = wanted > self._tabs.width()
        if is_needed != (not self.isHidden()):
            self.setVisible(is_needed)

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
        """See to it when the bar has other tabs, or other room; go to its ends by Home and End."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return watched is self._tabs.tabBar() and self._go_to_end(event)
        if event.type() in _CHANGES:
            self.settle()
        return False

    def _go_to_end(self, event: QKeyEvent) -> bool:
        end = _ENDS.get(Qt.Key(event.key()))
        if end is None or event.modifiers():
            return False
        self._tabs.setCurrentIndex(range(self._tabs.count())[end])
        return True

    def _open(self) -> None:
        menu = self.offered
        menu.clear()
        for number in self.hidden():
            action = menu.addAction(self._tabs.tabText(number))
            if number == self._tabs.currentIndex():  # boxes at the others would offer to tick them
                action.setCheckable(True)
                action.setChecked(True)
            action.triggered.connect(partial(self._go, number))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _go(self, number: int) -> None:
        self._tabs.setCurrentIndex(number)
        self._tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
