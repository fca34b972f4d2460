"""A sheet of fields that is shown whole where the screen is high enough, and else scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayoutItem, QScrollArea, QWidget
from typing_extensions import override

from console.sdk.look import GRID

WINDOW_FRAME = QSize(4, 9 * GRID)
"""What a desktop puts around a window, as far as that can be known before it is shown."""
_LEAST = 30 * GRID


class TallSheet(QScrollArea):
    """Wants the room of what it holds; the buttons below stay on the screen where that is less."""

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self._sheet = sheet
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is asked for has the keyboard
        self.setWidget(sheet)
        for part in (self.viewport(), sheet):
            part.setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        """Return what the sheet takes, as wide as it is now."""
        sheet = self._sheet
        hint = sheet.sizeHint()
        if sheet.hasHeightForWidth() and self.width() >= hint.width():
            hint.setHeight(sheet.heightForWidth(self.width()))
        return hint

    @override
    def minimumSizeHint(self) -> QSize:
        """Never scroll sideways; be as low as needs be."""
        least = self._sheet.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(least.width() + bar, min(least.height(), _LEAST))


class GrowingSheet(TallSheet):
    """Has its window grow with what it holds, as far as the screen goes, and scrolls from there.

    It stands in the column of a window, above what always has to be seen.
    """

    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._left = 0
        sheet.installEventFilter(self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Hear from now on what all else in the window needs."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for other room where what it holds needs other room, or what stands beside it."""
        if event.type() is QEvent.Type.LayoutRequest and watched is not self.viewport():
            left, self._left = self._left, self._most()
            if watched is self._sheet or left != self._left:
                self.updateGeometry()
            if self.window().height() > self._high():
                # What has come into sight beside it was given room at once, before this was heard.
                QTimer.singleShot(0, self, self._come_back)
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for other room where words take more lines, or fewer."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        """Be whole where the screen has the room, and never scroll sideways."""
        wanted, most = self._wanted(), self._most()
        least = self._sheet.minimumSizeHint().width()
        bar = self.verticalScrollBar().sizeHint().width() if wanted > most else 0
        return QSize(least + bar, min(wanted, max(most, _LEAST)))

    def _wanted(self) -> int:
        sheet, least = self._sheet, self._sheet.minimumSizeHint()
        if not sheet.hasHeightForWidth():
            return least.height()
        return max(least.height(), sheet.heightForWidth(max(self.width(), least.width())))

    def _come_back(self) -> None:
        window = self.window()
        if not window.isMaximized():
            window.resize(window.width(), min(window.height(), self._high()))

    def _high(self) -> int:
        return self.screen().availableGeometry().height() - WINDOW_FRAME.height()

    def _most(self) -> int:
        """Return what is left of the screen by all else that stands in the window."""
        high = self._high()
        column = self.window().layout()
        if not isinstance(column, QBoxLayout):
            return high
        margins = column.contentsMargins()
        width = self.window().width() - margins.left() - margins.right()
        items = [item for n in range(column.count()) if (item := column.itemAt(n))]
        others = [_height(item, width) for item in items if item.widget() is not self]
        shown = sum(1 for item in items if item.spacerItem() is None and not item.isEmpty())
        room = margins.top() + margins.bottom() + max(0, shown - 1) * column.spacing()
        return high - room - sum(others)


def _height(item: QLayoutItem, width: int) -> int:
    if item.isEmpty():
        return 0
    low = item.minimumSize().height()
    return max(low, item.minimumHeightForWidth(width)) if item.hasHeightForWidth() else low


def show_beside(remark: QWidget, field: QWidget | None) -> None:
    """Scroll to a remark where it is out of sight, but not so far that the field would be."""
    above = remark.parentWidget()
    while above and not above.isWindow():
        if isinstance(above, QScrollArea) and field and above.isAncestorOf(field):
            above.ensureWidgetVisible(remark, 0, GRID)
            above.ensureWidgetVisible(field, 0, GRID)
        above = above.parentWidget()
