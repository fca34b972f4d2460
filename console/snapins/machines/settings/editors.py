"""A field for a setting, made from what the backend declares of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from backend.settings import Bounds, Entry, Value, ValueKind
from console.sdk.look import GRID
from console.snapins.machines.settings import measures, words
from console.widgets.order_list import Ordered, OrderList
from console.widgets.quantity_box import QuantityBox

_LINES: Final = 5
_SHORTEST: Final = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Editor(QObject):
    """A widget and its value. `edited` is told when the user has entered something else."""

    edited = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    @property
    def value(self) -> Value:
        """What is entered."""
        raise NotImplementedError

    @property
    def complaint(self) -> str:
        """Why what is entered is no value at all; "" if it is one."""
        return ""

    def show(self, entry: Entry, value: Value) -> None:
        """Show a value, within what the entry allows now."""
        raise NotImplementedError

    def lock(self, is_locked: bool) -> None:  # noqa: FBT001  # as Qt's own setters
        """Have nothing be entered."""
        self.widget.setEnabled(not is_locked)


class Switch(Editor):
    """Yes or no."""

    def __init__(self, entry: Entry) -> None:
        self._box = QCheckBox(words.switch(entry.setting.field))
        super().__init__(self._box)
        self._box.clicked.connect(self.edited)

    @property
    @override
    def value(self) -> Value:
        return self._box.isChecked()

    @override
    def show(self, entry: Entry, value: Value) -> None:
        self._box.setChecked(bool(value))


class _Choices(QComboBox):
    """A box that the wheel scrolls past: a page is read without changing anything on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_SHORTEST)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Choice(Editor):
    """One of a few values. Those that will not do here say so, and why once they are chosen."""

    def __init__(self, entry: Entry) -> None:
        self._box = _Choices()
        super().__init__(self._box)
        self._values: list[Value] = []
        self._offer: list[tuple[Value, str]] = []
        self._is_open = entry.bounds.is_open
        self._box.activated.connect(lambda _index: self.edited.emit())
        if self._is_open:
            typed = QLineEdit()
            self._box.setEditable(True)  # Qt's own
            self._box.setLineEdit(typed)
            self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            typed.textEdited.connect(lambda _text: self.edited.emit())

    @property
    @override
    def value(self) -> Value:
        typed = self._box.currentText()
        index = self._box.findText(typed) if self._is_open else self._box.currentIndex()
        if 0 <= index < len(self._values):
            return self._values[index]
        return typed.strip() or None

    @override
    def show(self, entry: Entry, value: Value) -> None:
        offer = [(one, _offered(entry, one)) for one in _to_choose(entry.bounds, entry.kind)]
        # What is being typed stays as it is typed, and the cursor where it is.
        if self._is_open and offer == self._offer and _index([self.value], value) >= 0:
            return
        self._offer = offer
        values = _values(entry.bounds, entry.kind, value)
        wanted = [_offered(entry, one) for one in values]
        if values != self._values or wanted != [
            self._box.itemText(row) for row in range(self._box.count())
        ]:
            self._values = values
            self._box.clear()
            self._box.addItems(wanted)
            for row, text in enumerate(wanted):
                self._box.setItemData(row, text, Qt.ItemDataRole.ToolTipRole)
        self._box.setCurrentIndex(_index(values, value))
        self._box.setProperty("unset", value is None)
        self._box.update()


def _to_choose(bounds: Bounds, kind: ValueKind) -> list[Value]:
    """Return what there is to choose."""
    offered: list[Value] = [choice.value for choice in bounds.choices]
    if kind is ValueKind.SWITCH and not offered:
        offered = [True, False]
    if bounds.can_be_unset and None not in offered:
        offered.insert(0, None)
    return offered


def _values(bounds: Bounds, kind: ValueKind, value: Value) -> list[Value]:
    """Return what there is to choose, with what is there now if it is none of it."""
    offered = _to_choose(bounds, kind)
    return offered if _index(offered, value) >= 0 else [*offered, value]


def _index(values: list[Value], value: Value) -> int:
    # True is 1 in Python, and neither is the other here.
    for number, one in enumerate(values):
        if one == value and isinstance(one, bool) is isinstance(value, bool):
            return number
    return -1


def _offered(entry: Entry, value: Value) -> str:
    told = words.value(entry.setting.field, value)
    refused = any(c.value == value and c.problem for c in entry.bounds.choices)
    return _tr("{value} (not on this server)").format(value=told) if refused else told


class Quantity(Editor):
    """A number or a size."""

    def __init__(self, entry: Entry) -> None:
        field = entry.setting.field
        unset = words.value(field, None) if entry.bounds.can_be_unset else ""
        measure = (
            measures.size_measure(unset, words.unit(field))
            if entry.kind is ValueKind.BYTES
            else measures.count_measure(unset, words.unit(field))
        )
        self._box = QuantityBox(measure)
        super().__init__(self._box)
        self._box.edited.connect(self.edited)

    @property
    @override
    def value(self) -> Value:
        return self._box.value

    @property
    @override
    def complaint(self) -> str:
        if self._box.is_readable:
            return ""
        return _tr("This is no number that can be read here. Type one, as the field had it before.")

    @override
    def show(self, entry: Entry, value: Value) -> None:
        self._box.set_bounds(entry.bounds.minimum, entry.bounds.maximum)
        # What is being typed stays as it is typed: "2" on the way to "2048".
        if self._box.value != value or not self._box.is_readable:
            self._box.set_value(value if isinstance(value, int) else None)

    @override
    def lock(self, is_locked: bool) -> None:
        self._box.setReadOnly(is_locked)
        self._box.setEnabled(not is_locked)


class Line(Editor):
    """A line of text; empty is unset where that is a value."""

    def __init__(self, entry: Entry) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit)
        self._can_be_unset = entry.bounds.can_be_unset
        self._is_list = entry.kind is ValueKind.LIST
        if self._can_be_unset:
            self._edit.setPlaceholderText(words.value(entry.setting.field, None))
        self._edit.textEdited.connect(lambda _text: self.edited.emit())

    @property
    @override
    def value(self) -> Value:
        text = self._edit.text().strip()
        if self._is_list:
            return tuple(word for word in text.replace(",", " ").split() if word) or None
        return None if not text and self._can_be_unset else text

    @override
    def show(self, entry: Entry, value: Value) -> None:
        if self.value != value:
            self._edit.setText(", ".join(value) if isinstance(value, tuple) else str(value or ""))
            self._edit.setCursorPosition(0)
            self._edit.setToolTip(self._edit.text())  # a path may be longer than its field

    @override
    def lock(self, is_locked: bool) -> None:
        self._edit.setReadOnly(is_locked)


class Notes(Editor):
    """Several lines of text."""

    def __init__(self, _entry: Entry) -> None:
        self._edit = QPlainTextEdit()
        super().__init__(self._edit)
        self._edit.setTabChangesFocus(True)
        self._edit.setFixedHeight(_LINES * self._edit.fontMetrics().lineSpacing() + 3 * GRID)
        self._edit.textChanged.connect(self.edited)

    @property
    @override
    def value(self) -> Value:
        return self._edit.toPlainText().strip() or None

    @override
    def show(self, entry: Entry, value: Value) -> None:
        if self.value != value:
            self._edit.blockSignals(True)  # noqa: FBT003  # Qt's own
            self._edit.setPlainText(str(value or ""))
            self._edit.blockSignals(False)  # noqa: FBT003

    @override
    def lock(self, is_locked: bool) -> None:
        self._edit.setReadOnly(is_locked)


class Order(Editor):
    """Which of the choices, and in which order."""

    def __init__(self, entry: Entry) -> None:
        self._list = OrderList(words.field(entry.setting.field))
        super().__init__(self._list)
        self._things: list[Ordered] = []
        self._list.edited.connect(self.edited)

    @property
    @override
    def value(self) -> Value:
        return self._list.value

    @override
    def show(self, entry: Entry, value: Value) -> None:
        field = entry.setting.field
        things = [
            Ordered(
                str(one.value), words.choice_icon(str(one.value)), words.value(field, one.value)
            )
            for one in entry.bounds.choices
        ]
        if self._list.rows.count() and (self.value, self._things) == (value, things):
            return
        self._things = things
        self._list.show_things(things, value if isinstance(value, tuple) else ())

    @override
    def lock(self, is_locked: bool) -> None:
        self._list.lock(is_locked)


def editor_for(entry: Entry) -> Editor:
    """Return the field for a setting."""
    return _maker(entry)(entry)


def _maker(entry: Entry) -> Callable[[Entry], Editor]:
    has_choices = bool(entry.bounds.choices)
    if words.is_long(entry.setting.field):
        return Notes
    if entry.kind is ValueKind.LIST:
        return Order if has_choices else Line
    if entry.kind is ValueKind.SWITCH:
        return Choice if entry.bounds.can_be_unset else Switch
    if has_choices or entry.kind is ValueKind.WORD:
        return Choice
    return Line if entry.kind is ValueKind.TEXT else Quantity
