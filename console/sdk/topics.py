"""What a widget is about, for whoever asks for help on it.

A topic is a word or two, such as "filter" or "quick create/source". The pages in `resources/help`
say which topics they answer; a widget without one is about what the widget around it is about.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget

_PROPERTY: Final = "topic"


def set_topic(widget: QWidget, topic: str) -> None:
    """Have F1 on this widget, and on what is in it, lead to the help on `topic`."""
    widget.setProperty(_PROPERTY, topic)


def topics_of(widget: QWidget | None) -> Iterator[str]:
    """Yield what a widget is about, the nearest first, up to the window that it belongs to.

    A dialog is about itself: "dialog/" and the name of its class.
    """
    while widget is not None:
        topic = widget.property(_PROPERTY)
        if topic:
            yield str(topic)
        if isinstance(widget, QDialog):
            yield f"dialog/{type(widget).__name__}"
        widget = widget.parentWidget()
