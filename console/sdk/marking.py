"""Texts that are translated later than they are written down."""


def NOOP(_context: str, text: str) -> str:
    """Mark a text for lupdate: QT_TRANSLATE_NOOP, which PySide types as returning an object."""
    return text
