"""The pane on the left: the tree of what is managed."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, picture
from console.sdk.nodes import Mark, ScopeNode
from console.shell.scope_model import MARK_ROLE, REMARK_ROLE, ROOT, ScopeModel, is_within
from console.shell.splitting import SplitPane

_MARK = 4 * GRID
Index = QModelIndex | QPersistentModelIndex


def _tr(text: str) -> str:
    return QCoreApplication.translate("scope_pane", text)


class ScopeDelegate(QStyledItemDelegate):
    """Draws a node as the style does, and its remark behind it in the quiet colour."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every node one height."""
        return QSize(super().sizeHint(option, index).width(), 24)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the mark at the end of the line, the node, the remark into what is left of it."""
        if mark := index.data(MARK_ROLE):
            _paint_mark(painter, option, mark)
            option.rect.setRight(option.rect.right() - _MARK - 2 * GRID)
        remark = str(index.data(REMARK_ROLE) or "")
        if not remark:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget else QApplication.style()
        words = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
        words.setRight(option.rect.right() - GRID)
        option.text, left = _shared(option, remark, words.width())
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = words.adjusted(left, 0, 0, 0)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = (
            QPalette.ColorRole.HighlightedText
            if is_selected
            else QPalette.ColorRole.PlaceholderText
        )
        painter.setPen(option.palette.color(role))
        text = option.fontMetrics.elidedText(remark, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_mark(painter: QPainter, option: QStyleOptionViewItem, mark: Mark) -> None:
    style = option.widget.style() if option.widget else QApplication.style()
    whole = QStyle.PrimitiveElement.PE_PanelItemViewItem
    style.drawPrimitive(whole, option, painter, option.widget)
    drawn = picture(mark.icon, mark.tone, _MARK, painter.device().devicePixelRatioF())
    area = option.rect
    painter.drawPixmap(area.right() - _MARK - GRID, area.center().y() - _MARK // 2 + 1, drawn)


def _shared(option: QStyleOptionViewItem, remark: str, width: int) -> tuple[str, int]:
    """Return the name as far as it is shown, and where the remark begins, in a line so wide.

    Where there is no room for both, the remark gives way first, for names are what one looks for; a
    quarter of the line is its own: that a server is away must be seen, however long its name.
    """
    metrics = option.fontMetrics
    name, words = metrics.horizontalAdvance(option.text) + 1, metrics.horizontalAdvance(remark)
    gap = 4 * GRID if name + 4 * GRID + words <= width else 2 * GRID
    wanted = min(words, max(width // 4, width - gap - name))  # eliding does not round
    text = metrics.elidedText(option.text, Qt.TextElideMode.ElideMiddle, width - gap - wanted)
    return text, metrics.horizontalAdvance(text) + gap


class ScopePane(SplitPane, QTreeView):
    """The tree. What is chosen stays chosen while the tree changes around it."""

    node_chosen = Signal(object)
    """ScopeNode: the user, or somebody for him, went there."""

    def __init__(self, model: ScopeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = model
        self._top = ROOT
        self._wanted_top = ROOT
        self.setModel(model)
        self.setItemDelegate(ScopeDelegate(self))
        self.setAccessibleName(_tr("Tree"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(17, 17))
        self.setIndentation(18)
        self.setMinimumWidth(140)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names differ at their ends
        self.setExpandsOnDoubleClick(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        model.rowsInserted.connect(self._unfold)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsAboutToBeRemoved.connect(self._on_removal)
        self._unfold(QModelIndex(), 0, 0)

    def chosen(self) -> ScopeNode | None:
        """Return the node one stands on."""
        return self._scope.node_at(self.currentIndex())

    @property
    def top(self) -> str:
        """The node that the tree begins with, or will as soon as it is there."""
        return self._wanted_top

    def begin_with(self, node_id: str) -> None:
        """Have this node uppermost, with nothing beside and above it, as soon as it is there."""
        self._wanted_top = node_id
        if self._scope.node(node_id) is not None:
            self._show_from(node_id)

    def choose(self, node_id: str) -> None:
        """Stand on a node, and see it: what lies beside the top shows the whole tree again."""
        index = self._scope.index_of(node_id)
        if index.isValid() and not is_within(self._scope, node_id, self._top):
            self.begin_with(ROOT)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def take_focus(self) -> None:
        """Have the keyboard."""
        self.setFocus()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where one stands now."""
        super().currentChanged(current, previous)
        if node := self._scope.node_at(current):
            self.node_chosen.emit(node)

    def _show_from(self, node_id: str) -> None:
        top = self._scope.index_of(node_id)
        self._hide_beside(is_hidden=False)
        self._top = node_id
        self.setRootIndex(top.parent())
        self._hide_beside(is_hidden=True)
        self.expand(top)

    def _hide_beside(self, *, is_hidden: bool) -> None:
        top = self._scope.index_of(self._top)
        for row in range(self._scope.rowCount(top.parent())):
            self.setRowHidden(row, top.parent(), is_hidden and row != top.row())

    def _on_inserted(self, _parent: QModelIndex, _first: int, _last: int) -> None:
        if self._wanted_top != self._top:
            self.begin_with(self._wanted_top)
        elif self._top != ROOT:
            self._hide_beside(is_hidden=True)

    def _on_removal(self, parent: QModelIndex, first: int, last: int) -> None:
        rows = (self._scope.index(row, 0, parent) for row in range(first, last + 1))
        going = [node for row in rows if (node := self._scope.node_at(row))]
        if any(is_within(self._scope, self._top, node.id) for node in going):
            self.begin_with(ROOT)

    def _unfold(self, parent: QModelIndex, first: int, last: int) -> None:
        for row in range(first, last + 1):
            index = self._scope.index(row, 0, parent)
            node = self._scope.node_at(index)
            if node and node.is_expanded:
                self.expand(index)
            for child in range(self._scope.rowCount(index)):
                self._unfold(index, child, child)
        # Qt forgets that a node without children was to be open: its first child opens it.
        above = self._scope.node_at(parent)
        if above and above.is_expanded and last - first + 1 == self._scope.rowCount(parent):
            self.expand(parent)
