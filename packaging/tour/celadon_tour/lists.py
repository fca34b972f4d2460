"""Lists to choose from: a person finds a line in the one that has the keyboard, and goes there."""

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QApplication, QListView, QWidget

from celadon_tour import sight
from celadon_tour.person import Person, turn_the_wheel
from celadon_tour.waiting import PATIENCE_S


def choose(person: Person, text: str, *, patience_s: float = PATIENCE_S) -> None:
    """Go by keys to the line that contains `text`. Raises NotSeen."""
    person.see(f"a line {text!r} in a list", lambda: _has(text) or None, patience_s=patience_s)
    person.press("Home")
    person.press_until("Down", f"the line {text!r}", lambda: text in _current())


def click(person: Person, text: str, *, patience_s: float = PATIENCE_S) -> None:
    """Click on the line of a list that reads so; one that is out of sight is scrolled to."""

    def look() -> tuple[QWidget, QPoint] | None:
        if (found := sight.line(text)) is None:
            return None
        view, place = found
        if not view.rect().contains(place.center()):
            turn_the_wheel(view, place.top() > 0)
            return None
        return (view, place.center()) if sight.is_uncovered(view, place.center()) else None

    person.click_at(*person.see(f"the line {text!r} to click on", look, patience_s=patience_s))


def _view() -> QListView | None:
    view = QApplication.focusWidget()
    return view if isinstance(view, QListView) else None


def _has(text: str) -> bool:
    view = _view()
    model = view.model() if view else None
    rows = range(model.rowCount()) if model else range(0)
    return any(text in str(model.index(row, 0).data()) for row in rows if model)


def _current() -> str:
    view = _view()
    index = view.currentIndex() if view else QModelIndex()
    return str(index.data()) if index.isValid() else ""
