"""The palette over the window: a line to type in, and below it what fits."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.shell.actions_pane import Line
from console.shell.button_style import outline_colour
from console.shell.palette.catalogue import Catalogue, Hit, narrowed
from console.shell.palette.field import HEIGHT
from console.shell.palette.finds import Find
from console.shell.palette.rows import ROW_HEIGHT, HitDelegate, HitModel, in_words

WIDTH = 640
_ROWS_SHOWN = 12
_SHADOW = 12
_Key = Qt.Key


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)


class Entry(QLineEdit):
    """The line one types in; it hands on the keys that steer."""

    def __init__(self, overlay: "Overlay") -> None:
        super().__init__()
        self._overlay = overlay
        self.setFrame(False)
        self.setAccessibleName(_tr("Search machines, actions, settings"))

    @override
    def event(self, event: QEvent) -> bool:
        """Have Tab, too: the way to the second step."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        is_taken = is_press and self._overlay.steer(cast("QKeyEvent", event).key(), self)
        return is_taken or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; what the line does not want ends here, for the window below is covered."""
        super().keyPressEvent(event)
        event.accept()


class Overlay(QWidget):
    """Covers the window while it is open; a click beside the panel closes it."""

    def __init__(self, window: QWidget, anchor: QWidget, catalogue: Catalogue) -> None:
        super().__init__(window)
        self._window = window
        self._anchor = anchor
        self._catalogue = catalogue
        self._subject: Find | None = None
        self._further: tuple[Find, ...] = ()
        self._before: QWidget | None = None
        self._words_before = ""
        self.setObjectName("palette")
        self.setAccessibleName(_tr("Command palette"))
        set_topic(self, "palette")
        self.panel = QFrame(self)
        self.entry = Entry(self)
        self._lens = QLabel()
        self._of = QLabel()
        self.model = HitModel(self)
        self.list = QListView()
        self._nothing = ToneLabel(tone=Tone.MUTED)
        self._hint = ToneLabel(tone=Tone.MUTED)
        self._set_up_list()
        self._lay_out()
        self.entry.textChanged.connect(self._look)
        window.installEventFilter(self)
        self.hide()

    @property
    def hit(self) -> Hit | None:
        """The line that is chosen."""
        row = self.list.currentIndex().row()
        return self.model.hits[row] if 0 <= row < len(self.model.hits) else None

    def open_with(self, text: str = "") -> None:
        """Stand over the window, with these letters typed."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._catalogue.gather()
        self._set_subject(None)
        self._lens.setPixmap(icon("ph.magnifying-glass", Tone.MUTED).pixmap(16, 16))
        self.entry.setText(text)
        self._look()
        self.show()
        self.raise_()
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Be gone, and give the keyboard back to who had it."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def steer(self, key: int, entry: QLineEdit) -> bool:
        """Do what a key says that is not for typing; return whether there was something to do."""
        is_at_end = entry.cursorPosition() == len(entry.text()) and not entry.hasSelectedText()
        steps = {_Key.Key_Down: 1, _Key.Key_Up: -1, _Key.Key_PageDown: _ROWS_SHOWN - 1,
                 _Key.Key_PageUp: 1 - _ROWS_SHOWN}  # fmt: skip
        if key in steps:
            self._move(steps[_Key(key)])
        elif key == _Key.Key_Escape:
            self.dismiss()
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            self._do(self.hit)
        elif key == _Key.Key_Tab or (key == _Key.Key_Right and is_at_end):
            self._step_in(self.hit)
        elif key == _Key.Key_Backtab or (key in _BACK and not entry.text()):
            self._step_out()
        else:
            return False
        return True

    # Going about

    def _look(self) -> None:
        text = self.entry.text()
        found = narrowed(text, self._further) if self._subject else self._catalogue.search(text)
        self._show(found)

    def _show(self, hits: Sequence[Hit]) -> None:
        self.model.show_hits(hits)
        self._nothing.setText("" if hits else _tr("Nothing is called so. Try fewer letters."))
        self._nothing.setVisible(not hits)
        self.list.setVisible(bool(hits))
        self.list.setFixedHeight(min(len(hits), _ROWS_SHOWN) * ROW_HEIGHT)
        if hits and (self.entry.text() or self._subject):
            self.list.setCurrentIndex(self.model.index(0))
        elif not hits:
            self._announce(self._nothing.text())
        self._place()

    def _move(self, step: int) -> None:
        if count := len(self.model.hits):
            # Before a letter is typed no line is chosen, so that Return alone does nothing.
            row = self.list.currentIndex().row()
            is_single = abs(step) == 1 and row >= 0
            row = (row + step) % count if is_single else min(max(row + step, 0), count - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def _on_current(self) -> None:
        if hit := self.hit:
            place = _tr("{number} of {count}").format(
                number=self.list.currentIndex().row() + 1, count=len(self.model.hits)
            )
            self._announce(f"{in_words(hit)}, {place}")

    def _step_in(self, hit: Hit | None) -> None:
        if hit and hit.find.further and not self._subject:
            self._words_before = self.entry.text()
            self._set_subject(hit.find)
            self.entry.clear()
            self._look()

    def _step_out(self) -> None:
        if self._subject:
            self._set_subject(None)
            self.entry.setText(self._words_before)
            self._look()

    def _set_subject(self, find: Find | None) -> None:
        self._subject = find
        self._further = find.further() if find and find.further else ()
        self._of.setVisible(find is not None)
        self._of.setText(f"{find.title}  \u203a" if find else "")
        hint = _tr("Type for a machine, an action, a setting, a help page")
        self.entry.setPlaceholderText(_tr("Type for an action") if find else hint)
        self._hint.setText(
            _tr("Return: do it    Backspace: back    Escape: close")
            if find
            else _tr("Return: go or do    Tab: actions of a thing    Escape: close")
        )

    def _do(self, hit: Hit | None) -> None:
        if hit is None:
            return
        if hit.find.refusal:
            self._announce(hit.find.refusal)
            return
        self._catalogue.remember(hit.find)
        self.dismiss()
        hit.find.run()

    def _announce(self, text: str) -> None:
        """Have it heard: the keyboard stays in the line while the choice moves below it."""
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.entry, text))

    # What Qt asks

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the panel."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window when its size changes."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the panel, and a soft shadow around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 4))
        ground = QRectF(self.panel.geometry())
        for grow in range(1, _SHADOW + 1):
            painter.drawRoundedRect(ground.adjusted(-grow, 2 - grow, grow, grow + 3), grow, grow)
        painter.setPen(outline_colour(self.palette()))
        painter.setBrush(self.palette().brush(QPalette.ColorRole.Base))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _place(self) -> None:
        """Cover the window; put the panel where the field is, as if that had opened."""
        window = self._window
        self.setGeometry(window.rect())
        field = QRect(
            self._anchor.mapTo(window, self._anchor.rect().topLeft()), self._anchor.size()
        )
        right = min(field.right() + 1, window.width() - 2 * GRID)
        width = min(WIDTH, right - 2 * GRID)
        height = min(self.panel.sizeHint().height(), window.height() - field.top() - 2 * GRID)
        self.panel.setGeometry(right - width, field.top(), width, height)

    def _set_up_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setAccessibleName(_tr("What was found"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(lambda: self._do(self.hit))
        self.list.selectionModel().currentChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        row.setSpacing(2 * GRID)
        for widget in (self._lens, self._of, self.entry):
            row.addWidget(widget)
        self.entry.setMinimumHeight(HEIGHT - 2)
        self._nothing.setMargin(3 * GRID)
        self._hint.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Line())
        column.addSpacing(GRID)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        column.addSpacing(GRID)
        column.addWidget(Line())
        column.addWidget(self._hint)


_BACK = (_Key.Key_Backspace, _Key.Key_Left)
