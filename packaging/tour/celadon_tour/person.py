"""A person at the window: looks for something, moves the pointer there, clicks; or types.

Events go to the window on the screen, as the display would deliver them, and Qt finds out what they
meet: a dialog in front, a menu that is open, a widget that is off stop them as they stop a hand.
Nothing here calls an action, a slot or the program's parts.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMenuBar, QTreeView, QWidget

from celadon_tour import sight
from celadon_tour.evidence import NotSo
from celadon_tour.waiting import PATIENCE_S, Waiting

T = TypeVar("T")
_NOTCH = 120
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class NotSeen(NotSo):
    """What a person looked for was not there to be seen."""


class Person:
    """Eyes, a hand and a keyboard."""

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting

    # Looking

    def see(self, what: str, look: Callable[[], T | None], *, patience_s: float = PATIENCE_S) -> T:
        """Return what `look` finds. Raises NotSeen, and says what was looked for."""
        found = self.waiting.until(look, patience_s=patience_s)
        if found is None:
            raise NotSeen(
                f"looked for {what} for {patience_s:.0f} s; to be seen was: {sight.account()}"
            )
        return found

    def find(self, name: str, *, patience_s: float = PATIENCE_S) -> QWidget:
        """Return the widget with this name or text, as soon as it is seen."""
        return self.see(
            f"{name!r}", lambda: _named(lambda words: words == name), patience_s=patience_s
        )

    def read(self, text: str, *, patience_s: float = PATIENCE_S) -> str:
        """Return the text of a widget that contains `text`, as soon as it is seen."""

        def look() -> str | None:
            told = (words for widget in sight.visible() for words in sight.words(widget))
            return next((words for words in told if text in words), None)

        return self.see(f"the words {text!r}", look, patience_s=patience_s)

    def read_row(self, name: str, text: str = "", *, patience_s: float = PATIENCE_S) -> list[str]:
        """Return the texts of the row called `name`, once one of them is `text`."""

        def look() -> list[str] | None:
            found = _row(name, text)
            return sight.texts(*found) if found else None

        what = f"the row {name!r}" + (f" with {text!r} in it" if text else "")
        return self.see(what, look, patience_s=patience_s)

    def miss_row(self, name: str, *, patience_s: float = PATIENCE_S) -> None:
        """Return once no row is called so."""
        self.see(f"no row {name!r}", lambda: _row(name) is None or None, patience_s=patience_s)

    # The hand

    def click(self, name: str, *, patience_s: float = PATIENCE_S) -> None:
        """Click on what is called so, once it can be used and nothing covers it.

        What is out of sight is scrolled to by the wheel; a tab without room is among *More*.
        """
        self._click_on(lambda words: words == name, f"{name!r}", patience_s)

    def click_beginning(self, text: str, *, patience_s: float = PATIENCE_S) -> None:
        """Click on what has a name or text that begins so."""
        self._click_on(lambda words: words.startswith(text), f"{text!r} ...", patience_s)

    def click_row(self, name: str, *, patience_s: float = PATIENCE_S) -> None:
        """Click on the row called so, once nothing covers it."""

        def look() -> tuple[QWidget, QPoint] | None:
            if (found := _row(name)) is None:
                return None
            view, index = found
            place = view.visualRect(index).intersected(sight.seen(view.viewport()))
            is_free = sight.is_uncovered(view.viewport(), place.center())
            return (view.viewport(), place.center()) if is_free else None

        self.click_at(*self.see(f"the row {name!r} to click on", look, patience_s=patience_s))

    def click_at(self, widget: QWidget, point: QPoint) -> None:
        """Click on a point of a widget, whatever lies over it."""
        window, place = widget.window(), widget.mapTo(widget.window(), point)
        screen = _handle(window)
        if window is not _popup():
            _stand_in_for_the_desktop(screen)
        QTest.mouseMove(screen, place)
        self.waiting.turn()
        QTest.mouseClick(screen, Qt.MouseButton.LeftButton, _NO_KEYS, place)
        self.waiting.turn(50)

    def click_menu(self, *path: str) -> None:
        """Click from entry to entry, beginning in the menu bar."""
        bar, *inner = path
        self._click_entry(QMenuBar, bar)
        for text in inner:
            self._click_entry(QMenu, text)

    # The keyboard

    def press(self, keys: str, *, times: int = 1) -> None:
        """Press a combination of keys: "Alt+A", "Return", "Tab"."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide forgot to say so
        for _ in range(times):
            QTest.keyClick(self._front(), combination.key(), combination.keyboardModifiers())
            self.waiting.turn()

    def write(self, text: str) -> None:
        """Type a text into what has the keyboard."""
        for letter in text:
            QTest.keyClick(self._front(), ord(letter))
            self.waiting.turn(5)

    def press_until(self, keys: str, what: str, look: Callable[[], object]) -> None:
        """Press keys again and again until `look` holds. Raises NotSeen after 40 times."""
        for _ in range(40):
            if look():
                return
            self.press(keys)
        raise NotSeen(f"pressed {keys} 40 times and never came to {what}; {sight.account()}")

    def choose_by_keys(self, menu_keys: str, text: str) -> None:
        """Open a menu of the menu bar by its keys, walk to an entry, press Return."""
        self.press(menu_keys)
        self.see(f"the menu of {menu_keys}", lambda: isinstance(_popup(), QMenu) or None)

        def is_marked() -> bool:
            menu = _popup()
            marked = menu.activeAction() if isinstance(menu, QMenu) else None
            return marked is not None and sight.plain(marked.text()) == text

        self.press_until("Down", f"the entry {text!r}", is_marked)
        self.press("Return")

    def keyboard_is_at(self) -> str:
        """Return the name of what has the keyboard."""
        self._front()
        widget = QApplication.focusWidget()
        return ", ".join(sorted(sight.words(widget))) if widget else ""

    def _click_on(self, fits: Callable[[str], bool], what: str, patience_s: float) -> None:
        def look() -> tuple[QWidget, QPoint] | None:
            if more := sight.way_to_tab(fits):
                if entry := sight.entry(more.offered, fits) if more.offered.isVisible() else None:
                    return more.offered, entry[1].center()
                if point := sight.spot(more):
                    self.click_at(more, point)
                return None
            if tab := sight.tab(fits):
                return tab
            widget = _named(fits)
            if widget is None and (beyond := sight.out_of_sight(fits)):
                turn_the_wheel(*beyond)
            point = sight.spot(widget) if widget and widget.isEnabled() else None
            return (widget, point) if widget and point else None

        self.click_at(*self.see(f"{what} to click on", look, patience_s=patience_s))

    def _click_entry(self, kind: type[QMenu] | type[QMenuBar], text: str) -> None:
        def fits(words: str) -> bool:
            return words == text

        def look() -> tuple[QWidget, QRect] | None:
            for menu in sight.visible(kind):
                if isinstance(menu, QMenu | QMenuBar) and (found := sight.entry(menu, fits)):
                    action, place = found
                    return (menu, place) if action.isEnabled() else None
            return None

        what = f"the entry {text!r} of a menu"
        self._click_inside(*self.see(what, look), what)

    def _click_inside(self, widget: QWidget, place: QRect, what: str) -> None:
        point = place.intersected(sight.seen(widget)).center()
        if not sight.is_uncovered(widget, point):
            raise NotSeen(f"something covers {what}; to be seen was: {sight.account()}")
        self.click_at(widget, point)

    def _front(self) -> QWindow:
        """Return the window that has the keyboard."""
        if QGuiApplication.focusWindow() is None and (shown := sight.windows()):
            _stand_in_for_the_desktop(_handle(shown[0]))
        return self.see("a window that has the keyboard", QGuiApplication.focusWindow)


def turn_the_wheel(view: QWidget, is_down: object) -> None:
    """Scroll by a notch, if that is not covered."""
    point = view.rect().center()
    if sight.is_uncovered(view, point):
        place = QPointF(view.mapTo(view.window(), point))
        QTest.wheelEvent(_handle(view.window()), place, QPoint(0, -_NOTCH if is_down else _NOTCH))


def _named(fits: Callable[[str], bool]) -> QWidget | None:
    found = [w for w in sight.visible() if any(fits(words) for words in sight.words(w))]
    found.sort(key=lambda widget: isinstance(widget, QLabel))  # one clicks on the field beside it
    usable = [widget for widget in found if widget.isEnabled() and sight.spot(widget)]
    return next(iter(usable or found), None)


def _row(name: str, text: str = "") -> tuple[QTreeView, QModelIndex] | None:
    """Find a row called so, with a cell that reads so; in lists before it is sought in trees."""
    views = [view for view in sight.visible(QTreeView) if isinstance(view, QTreeView)]
    views.sort(key=lambda view: view.header().hiddenSectionCount() - view.header().count())
    for view in views:
        for index, told in sight.rows(view):
            if name in told and (not text or text in told):
                return view, index
    return None


def _popup() -> QWidget | None:
    return QApplication.activePopupWidget()


def _handle(window: QWidget) -> QWindow:
    handle = window.windowHandle()
    if handle is None:
        raise NotSeen(f"{window.windowTitle()!r} is on no screen")
    return handle


def _stand_in_for_the_desktop(window: QWindow) -> None:
    """Where nobody sees the windows there is no desktop that gives them the keyboard.

    A real one gives it to a window that is clicked, and to the next one when a window goes.
    """
    if QGuiApplication.platformName() == "offscreen":
        window.requestActivate()
