"""Pages of property sheets, and the fields on them.

A field that nobody touched follows its record. One that was touched keeps what was entered, and
says so if the record was changed elsewhere meanwhile. What does not act at once says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend.model import Record
from console.sdk.context import Context
from console.sdk.forms import Remark, Row, ValueRows, form_layout
from console.sdk.look import GRID
from console.sdk.nodes import Tone

_SHOWN = 40
_LINES = 5


def _tr(text: str) -> str:
    return QCoreApplication.translate("property_page", text)


class Acts(Enum):
    """When a change of a field acts."""

    NOW = "now"
    NEXT_START = "next_start"


def now(_record: Record) -> Acts:
    """Act at once, whatever the record is like."""
    return Acts.NOW


def free(_record: Record) -> str:
    """Refuse nothing."""
    return ""


def fit(_value: object, _record: Record) -> str:
    """Take any value."""
    return ""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a field is for. `name` is what its change is called, `read` its value in a record.

    `refusal` says why it cannot be changed now, `judge` why a value will not do; both "" if not.
    """

    name: str
    label: str
    read: Callable[[Any], Any]
    acts: Callable[[Any], Acts] = now
    refusal: Callable[[Any], str] = free
    judge: Callable[[Any, Any], str] = fit


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget with its value: how it is read, written and locked."""

    widget: QWidget
    value: Callable[[], object]
    write: Callable[[Any], object]
    lock: Callable[[bool], object]


class Field(QObject):
    """One value of a record on a page, with a remark below it."""

    edited = Signal()
    """The user has entered something else."""
    told = Signal()
    """The remark says something else, or nothing any more."""

    def __init__(self, spec: FieldSpec, editor: Editor, changed: Any) -> None:
        super().__init__(editor.widget)
        self.spec = spec
        self.widget = editor.widget
        self.remark = Remark(_tr("About {field}").format(field=spec.label), Tone.MUTED)
        # A form asks a label that wraps for its height before it knows the width.
        self.remark.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._editor = editor
        self._record: Record | None = None
        self._base: object = None
        self._lock = ""
        self._is_elsewhere = False
        self.widget.setAccessibleName(spec.label)
        changed.connect(self._on_edited)

    @property
    def value(self) -> object:
        """What is entered now."""
        return self._editor.value()

    @property
    def is_touched(self) -> bool:
        """Whether something else is entered than the record says."""
        return self._record is not None and self.value != self._base

    @property
    def refusal(self) -> str:
        """Why what was entered will not do; "" if it will, or if nothing was entered."""
        if self._record is None or not self.is_touched:
            return ""
        return self._lock or self.spec.judge(self.value, self._record)

    def follow(self, record: Record, lock: str) -> None:
        """Go by this record from now on; `lock` says why nothing of it can be changed now."""
        value, was_touched = self.spec.read(record), self.is_touched
        self._is_elsewhere |= was_touched and value != self._base
        self._record, self._base = record, value
        if not was_touched and self.value != value:
            self._editor.write(value)
        self._lock = lock or self.spec.refusal(record)
        self._editor.lock(bool(self._lock))
        self.widget.setToolTip(self._lock)
        self._tell()

    def settle(self) -> None:
        """What was entered has come about: show it as the record has it."""
        if self._record is not None:
            self._editor.write(self._base)
            self._tell()

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        self._is_elsewhere &= self.is_touched
        text, tone = self._remark()
        self.remark.set_tone(tone)
        self.remark.setText(text)
        self.told.emit()
        self.widget.setAccessibleDescription(text)

    def _remark(self) -> tuple[str, Tone]:
        if self._record is None:
            return "", Tone.MUTED
        if self._lock:
            return self._lock, Tone.MUTED
        if reason := self.refusal:
            return reason, Tone.WARNING
        if self._is_elsewhere:
            text = _tr("Changed elsewhere meanwhile, to “{value}”. Yours replaces it.")
            return text.format(value=_brief(self._base)), Tone.WARNING
        # What acts at once is the rule, and said once a sheet.
        is_now = self.spec.acts(self._record) is Acts.NOW
        return "" if is_now else _tr("Acts at the next start."), Tone.MUTED


def line(spec: FieldSpec) -> Field:
    """Return a field for a line of text."""
    edit = QLineEdit()

    def write(text: str) -> None:
        edit.setText(text)
        edit.setCursorPosition(0)

    return Field(spec, Editor(edit, edit.text, write, edit.setReadOnly), edit.textEdited)


def text(spec: FieldSpec) -> Field:
    """Return a field for several lines of text."""
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(_LINES * edit.fontMetrics().lineSpacing() + 3 * GRID)
    editor = Editor(edit, edit.toPlainText, edit.setPlainText, edit.setReadOnly)
    return Field(spec, editor, edit.textChanged)


def check(spec: FieldSpec) -> Field:
    """Return a field for yes or no."""
    box = QCheckBox(spec.label)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    editor = Editor(box, box.isChecked, box.setChecked, box.setDisabled)
    return Field(spec, editor, box.clicked)


class SheetPage(QWidget):
    """A page: fields in a form, then facts in lines. Override `facts`; add fields with `add`."""

    edited = Signal()
    """The user has entered something else in one of the fields."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__()
        self.context = context
        self.fields: list[Field] = []
        self.setAccessibleName(title)
        self.form = form_layout()
        self._rows = ValueRows()
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(4 * GRID)
        column.addLayout(self.form)
        column.addWidget(self._rows)
        column.addStretch(1)

    def add(self, field: Field) -> None:
        """Put a field at the end of the form, with its remark below it."""
        self.fields.append(field)
        field.edited.connect(self.edited)
        # A box without a name stands in line with the fields above it, or with the facts below.
        is_named = not isinstance(field.widget, QCheckBox)
        if is_named or any(not isinstance(one.widget, QCheckBox) for one in self.fields):
            name = QLabel(field.spec.label if is_named else "")
            name.setBuddy(field.widget)
            self.form.addRow(name, field.widget)
            self.form.addRow("", field.remark)
        else:
            self.form.addRow(field.widget)
            self.form.addRow(field.remark)
        field.told.connect(lambda: self._fit(field))
        self._fit(field)

    def follow(self, record: Record, lock: str) -> None:
        """Show this record from now on; `lock` says why nothing of it can be changed now."""
        for field in self.fields:
            field.follow(record, lock)
        self._rows.set_rows(self.facts(record))

    def _fit(self, field: Field) -> None:
        self.form.setRowVisible(field.remark, bool(field.remark.text()))

    def facts(self, record: Record) -> tuple[Row, ...]:
        """Return what there is to know and nothing to change."""
        del record
        return ()


def _brief(value: object) -> str:
    if isinstance(value, bool):
        return _tr("on") if value else _tr("off")
    words = " ".join(str(value).split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
