"""Things in a line, and in more lines where one has no room for them."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class Flow(QLayout):
    """A layout that goes on in the next line; it is as high as its lines need at its width."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        """Have one more at the end."""
        self._items.append(item)

    @override
    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    @override
    def itemAt(self, index: int, /) -> QLayoutItem | None:
        """Return the one at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int, /) -> QLayoutItem | None:
        """Have one less."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        """Take what width there is, and no more height than is needed."""
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        """Be the higher the narrower it is."""
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        """Return how high its lines are."""
        places = self._places(QRect(0, 0, width, 0))
        return max((place.bottom() + 1 for place in places), default=0)

    @override
    def setGeometry(self, rect: QRect, /) -> None:
        """Stand in lines."""
        super().setGeometry(rect)
        for item, place in zip(self._shown(), self._places(rect), strict=True):
            item.setGeometry(place)

    @override
    def sizeHint(self) -> QSize:
        """Ask for one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() + self.spacing() for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        """Do with room for the widest."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, rect: QRect) -> list[QRect]:
        corner, line, found = rect.topLeft(), 0, []
        for item in self._shown():
            size = item.sizeHint()
            if corner.x() > rect.left() and corner.x() + size.width() > rect.right() + 1:
                corner, line = QPoint(rect.left(), corner.y() + line + self.spacing()), 0
            found.append(QRect(corner, size))
            corner = corner + QPoint(size.width() + self.spacing(), 0)
            line = max(line, size.height())
        return found
