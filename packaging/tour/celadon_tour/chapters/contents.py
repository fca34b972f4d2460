"""The chapters, in the order in which they are shown."""

from celadon_tour.chapters import (
    alerts,
    connections,
    create,
    display,
    first_steps,
    hot_add,
    keyboard,
    keynote,
    lists,
    machine,
    performance,
    scripts,
    serial,
    settings,
    shell,
    why,
)
from celadon_tour.tour import Chapter

CHAPTERS: tuple[Chapter, ...] = (
    first_steps.CHAPTER,
    create.CHAPTER,
    display.CHAPTER,
    serial.CHAPTER,
    machine.CHAPTER,
    performance.CHAPTER,
    why.CHAPTER,
    alerts.CHAPTER,
    hot_add.CHAPTER,
    keynote.CHAPTER,
    settings.CHAPTER,
    scripts.CHAPTER,
    connections.CHAPTER,
    shell.CHAPTER,
    lists.CHAPTER,
    keyboard.CHAPTER,
)


def chosen(title: str) -> tuple[Chapter, ...]:
    """Return the chapters with these words in their title; "" is all of them."""
    words = title.lower().split()
    return tuple(c for c in CHAPTERS if all(word in c.title.lower().split() for word in words))
