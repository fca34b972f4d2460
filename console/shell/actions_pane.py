"""The pane on the right: two groups with headers, the node's actions and the selection's."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.shell.action_set import ActionSet, sections
from console.shell.registry import Group
from console.shell.splitting import SplitPane


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions_pane", text)


class Line(QFrame):
    """A quiet line between things; the colour follows the palette."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)


class ActionRow(QToolButton):
    """One line of the pane; without an entry it is a header. Up and Down go from line to line."""

    def __init__(self, entry_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry_id = entry_id
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, do it with Return."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class GroupBox(QWidget):
    """A header and its lines; a click on the header folds them."""

    folded = Signal(bool)
    """Its lines were folded, or unfolded."""

    def __init__(self, group: Group, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group_id = group.id
        self.setAccessibleName(group.title)
        self._header = ActionRow()
        self._header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        font = self._header.font()
        font.setBold(True)
        self._header.setFont(font)
        self._header.setIconSize(QSize(10, 10))
        self._header.clicked.connect(self._on_header)
        self._body = QWidget()
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for is_new, entry in sections(group):
            if is_new:
                rows.addSpacing(GRID)
                rows.addWidget(Line())
                rows.addSpacing(GRID)
            row = ActionRow(entry.id)
            if action := actions.action(entry.id):
                row.setDefaultAction(action)
                row.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.setAccessibleName(entry.action.text)
            rows.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._header)
        column.addWidget(self._body)
        self.set_title(group.title)

    def set_title(self, title: str) -> None:
        """Stand under this name."""
        metrics = self._header.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, 170)
        self._header.setText(shown.replace("&", "&&"))
        self._header.setToolTip(title)
        self._header.setAccessibleName(title)
        self._show_mark()

    def fold(self, *, is_folded: bool) -> None:
        """Show its header alone, or its lines as well."""
        self._body.setVisible(not is_folded)
        self._show_mark()

    def row(self, entry_id: str) -> ActionRow:
        """Return the line of this, or the header where that is not shown."""
        rows = (row for row in self.findChildren(ActionRow) if row.isVisibleTo(self))
        return next((row for row in rows if row.entry_id == entry_id), self._header)

    def _on_header(self) -> None:
        is_folded = self._body.isVisibleTo(self)
        self.fold(is_folded=is_folded)
        self.folded.emit(is_folded)

    def _show_mark(self) -> None:
        is_open = self._body.isVisibleTo(self)
        self._header.setIcon(icon("ph.caret-down" if is_open else "ph.caret-right", Tone.MUTED))
        state = _tr("unfolded") if is_open else _tr("folded")
        self._header.setAccessibleDescription(state)


class ActionsPane(SplitPane, QScrollArea):
    """Follows the action set, in the frame after; the same lines stay the same widgets.

    So the focus stays; where others come it goes to the line that does the same.
    """

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._shape: tuple[object, ...] = ()
        self._boxes: list[GroupBox] = []
        self._folded: frozenset[str] = frozenset()
        self.setAccessibleName(_tr("Actions"))
        # Its lines have the keyboard; a stop at the pane itself would be one too many.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(160)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(3 * GRID)
        self._column.addStretch(1)
        self.setWidget(content)
        # What was selected is to be seen first; whether its actions can be done is so at once.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._settle)
        actions.changed.connect(self._follow)
        self._settle()

    def take_focus(self) -> None:
        """Have the keyboard, at the first line."""
        self._settle()
        if self._boxes:
            self._boxes[0].findChildren(ActionRow)[0].setFocus()

    @property
    def folded(self) -> frozenset[str]:
        """The ids of the groups of which only the header is shown, whatever stands in them."""
        return self._folded

    def fold(self, groups: frozenset[str]) -> None:
        """Show these by their headers alone, now and as often as they are there."""
        self._folded = groups
        for box in self._boxes:
            box.fold(is_folded=box.group_id in groups)

    def _follow(self) -> None:
        self.viewport().setUpdatesEnabled(False)  # till then it looks as before
        self._soon.start()

    def _settle(self) -> None:
        self._soon.stop()
        groups = self._actions.groups
        shape = tuple(
            (group.id, tuple((entry.id, entry.section) for entry in group.entries))
            for group in groups
        )
        if shape != self._shape:
            self._shape = shape
            self._build(groups)
        for box, group in zip(self._boxes, groups, strict=True):
            box.set_title(group.title)
        if self.isVisible():  # laid out before: else the first frame has headers without lines
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.viewport().setUpdatesEnabled(True)

    def _build(self, groups: tuple[Group, ...]) -> None:
        before, here = self._boxes, self._here()
        self._boxes = [GroupBox(group, self._actions) for group in groups]
        for index, box in enumerate(self._boxes):
            self._column.insertWidget(index, box)
            box.show()  # Qt would do so only later
            box.fold(is_folded=box.group_id in self._folded)
            box.folded.connect(partial(self._on_folded, box.group_id))
        if here and self._boxes:  # else it would go to whatever comes next in the window
            same = (box for box in self._boxes if box.group_id == here[0])
            next(same, self._boxes[0]).row(here[1]).setFocus()
        for box in before:
            box.hide()
            box.deleteLater()

    def _here(self) -> tuple[str, str] | None:
        """Return the group and the entry of the line that has the keyboard of this window."""
        row = self.window().focusWidget()
        if not isinstance(row, ActionRow):
            return None
        boxes = (box for box in self._boxes if box.isAncestorOf(row))
        return next(((box.group_id, row.entry_id) for box in boxes), None)

    def _on_folded(self, group_id: str, is_folded: object) -> None:
        self._folded = self._folded | {group_id} if is_folded else self._folded - {group_id}
