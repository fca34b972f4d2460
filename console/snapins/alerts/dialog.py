"""The dialog of the thresholds: made, changed, switched off and deleted, each at once in force."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from backend.model import Record
from backend.thresholds import Severity, Threshold
from console.sdk import alert_words
from console.sdk.context import Context
from console.sdk.dialog import KeyedDialog
from console.sdk.list_layout import stand_beside
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.snapins.alerts import words
from console.snapins.alerts.edit import ThresholdDialog, fresh

_ID: Final = Qt.ItemDataRole.UserRole
_IN_LIST: Final = Qt.ShortcutContext.WidgetShortcut


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


class AlertsDialog(KeyedDialog):
    """The thresholds in a list. `subject` is what a new one is for at first."""

    def __init__(
        self, context: Context, subject: Record | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._subject = subject
        self._is_filling = False
        self.setWindowTitle(_tr("Alerts"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QTreeWidget()
        self._hint = QLabel()
        self.add = _button(_tr("Add..."), "ph.plus", "Ins")
        self.edit = _button(_tr("Edit..."), "ph.pencil-simple", "Return")
        self.delete = _button(_tr("Delete"), "ph.trash", "Del")
        self._lay_out()
        for button, keys, act in (
            (self.add, "Ins", self._add),
            (self.edit, "Return", self._edit),
            (self.delete, "Del", self._delete),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(keys), self.list, context=_IN_LIST)
            shortcut.activated.connect(button.click)
        self.list.itemChanged.connect(self._on_switched)
        self.list.currentItemChanged.connect(self._judge)
        self.list.itemDoubleClicked.connect(self._edit)
        end = context.thresholds.subscribe(self._fill)
        self.destroyed.connect(end)
        self._fill()

    def chosen(self) -> Threshold | None:
        """Return the threshold that one stands on."""
        item = self.list.currentItem()
        wanted = item.data(0, _ID) if item else ""
        known = (one for one in self._context.thresholds.all() if one.id == wanted)
        return next(known, None)

    @override
    def sizeHint(self) -> QSize:
        """Take room for a sentence and whose it is."""
        return QSize(236 * GRID, 110 * GRID)

    def _fill(self) -> None:
        item = self.list.currentItem()
        wanted, row = (item.data(0, _ID), self.list.indexOfTopLevelItem(item)) if item else ("", 0)
        known = self._context.thresholds.all()
        self._is_filling = True
        self.list.clear()
        for threshold in known:
            item = self._item(threshold)
            self.list.addTopLevelItem(item)
            if threshold.id == wanted:
                self.list.setCurrentItem(item)
        # Of one that was deleted the place is kept: who presses Del twice means its neighbour.
        near = self.list.topLevelItem(min(row, len(known) - 1))
        if self.chosen() is None and near:
            self.list.setCurrentItem(near)
        self._is_filling = False
        on = sum(one.is_enabled for one in known)
        self._hint.setText(
            _tr("{on} of {count} are watched for, as long as Celadon is open.").format(
                on=on, count=len(known)
            )
            if known
            else _tr("Nothing is watched for: add what you want to hear of.")
        )
        self._judge()

    def _item(self, threshold: Threshold) -> QTreeWidgetItem:
        is_bad = threshold.severity is Severity.CRITICAL
        rule = alert_words.rule(threshold)
        whose = words.whose(threshold, self._context.lookup)
        severity = alert_words.severity(threshold.severity)
        item = QTreeWidgetItem([rule, whose, severity])
        item.setData(0, _ID, threshold.id)
        state = Qt.CheckState.Checked if threshold.is_enabled else Qt.CheckState.Unchecked
        item.setCheckState(0, state)
        mark = "ph.x-circle-fill" if is_bad else "ph.warning-circle-fill"
        item.setIcon(2, icon(mark, Tone.BAD if is_bad else Tone.WARNING))
        for column, text in enumerate((rule, whose, severity)):
            item.setToolTip(column, text)
        standing = _tr("on") if threshold.is_enabled else _tr("off")
        item.setData(
            0, Qt.ItemDataRole.AccessibleTextRole, f"{rule}, {whose}, {severity}, {standing}"
        )
        return item

    def _judge(self) -> None:
        has_one = self.chosen() is not None
        self.edit.setEnabled(has_one)
        self.delete.setEnabled(has_one)

    def _on_switched(self, item: QTreeWidgetItem) -> None:
        if self._is_filling:
            return
        known = {one.id: one for one in self._context.thresholds.all()}
        threshold = known.get(str(item.data(0, _ID)))
        is_on = item.checkState(0) is Qt.CheckState.Checked
        if threshold and threshold.is_enabled is not is_on:
            # The item is made anew by that: not while Qt still speaks of it.
            self._context.run(_put(self._context, threshold, is_on=is_on))

    def _add(self) -> None:
        self._open(_tr("New Threshold"), fresh(self._subject))

    def _edit(self) -> None:
        if threshold := self.chosen():
            self._open(_tr("Threshold"), threshold)

    def _delete(self) -> None:
        if threshold := self.chosen():
            self._context.thresholds.remove(threshold)

    def _open(self, title: str, threshold: Threshold) -> None:
        dialog = ThresholdDialog(self._context, title, threshold, self)
        dialog.finished.connect(partial(self._stand_on, threshold.id))
        dialog.open()

    def _stand_on(self, name: str, _result: int) -> None:
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item and item.data(0, _ID) == name:
                self.list.setCurrentItem(item)
        self.list.setFocus()

    def _set_up_list(self) -> None:
        self.list.setAccessibleName(_tr("Thresholds"))
        self.list.setHeaderLabels([_tr("Threshold"), _tr("Of"), _tr("Severity")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumSize(180 * GRID, 60 * GRID)
        self.list.setAllColumnsShowFocus(True)
        self.list.setIconSize(QSize(17, 17))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setColumnWidth(1, 54 * GRID)

    def _lay_out(self) -> None:
        self._set_up_list()
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setWordWrap(True)
        stand_beside(self, self.list, (self.add, self.edit, self.delete), below=self._hint)


async def _put(context: Context, threshold: Threshold, *, is_on: bool) -> None:
    context.thresholds.put(replace(threshold, is_enabled=is_on))


def _button(text: str, name: str, keys: str) -> QPushButton:
    button = QPushButton(icon(name), text)
    button.setToolTip(f"{text.removesuffix('...')} ({keys})")
    button.setAutoDefault(False)
    return button
