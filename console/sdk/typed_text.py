"""Whether somebody typed something in a window: what a program puts into a field does not count."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def has_typed(window: QWidget) -> bool:
    """Whether a field holds what somebody typed there. Qt knows it of each field by itself."""
    lines = (line for line in window.findChildren(QLineEdit) if line.isModified() and line.text())
    texts = (
        text
        for text in window.findChildren(QPlainTextEdit)
        if text.document().isModified() and not text.document().isEmpty()
    )
    fields: Iterable[QLineEdit | QPlainTextEdit] = (*lines, *texts)
    return any(_is_kept(field, window) for field in fields)


def put_in(line: QLineEdit, text: str) -> None:
    """Put this into a field, as if it was typed: the user chose it elsewhere."""
    line.setText(text)
    line.setModified(True)


def _is_kept(field: QLineEdit | QPlainTextEdit, window: QWidget) -> bool:
    # A dialog that stands over this one asks for itself.
    return field.window() is window and not field.isReadOnly()
