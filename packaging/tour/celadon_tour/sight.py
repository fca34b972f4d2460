"""What a person sees of the program: widgets that are really on the screen, and what they say."""

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QListView,
    QMenu,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QTreeView,
    QWidget,
)

from console.sdk.more_tabs import MoreTabs

_MARGINS, _ICON = 12, 24
"""What of a cell's width its text does not get."""
_TAG = re.compile(r"<[^>]+>")


def windows() -> list[QWidget]:
    """Return the windows on the screen, the one in front first: menus, dialogs, the rest."""
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and not _is_tip(w)]
    popup = QApplication.activePopupWidget()
    modal = QApplication.activeModalWidget()
    front = QApplication.activeWindow()

    def depth(window: QWidget) -> int:
        if window is popup:
            return 0
        if isinstance(window, QMenu):
            return 1
        if window is modal:
            return 2
        if isinstance(window, QDialog):
            return 3 if window is front else 4
        # Of several windows of the program, the one that has the keyboard lies over the others.
        return 5 if window is front else 6

    return sorted(shown, key=depth)


def words(widget: QWidget) -> set[str]:
    """Return what the widget is called: its accessible name and what stands on it."""
    found = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton | QLabel):
        found.add(widget.text())
    if widget.isWindow():
        found.add(widget.windowTitle())
    return {plain(text) for text in found if text}


def plain(text: str) -> str:
    """Return a text as it is read: without marks for the keyboard, mark-up and dots at its end.

    Nor has it the places where a long word can be broken.
    """
    text = _TAG.sub("", text).split("\t")[0].replace("\u200b", "")
    text = (
        text.replace("&ensp;", " ")
        .replace("&nbsp;", " ")
        .replace("&&", "\0")
        .replace("&", "")
        .replace("\0", "&")
    )
    return text.strip().removesuffix("...").removesuffix("…")


def visible(kind: type[QWidget] = QWidget) -> Iterator[QWidget]:
    """Yield the widgets of which something can be seen, those of the window in front first."""
    for window in windows():
        for widget in (window, *window.findChildren(kind)):
            is_here = isinstance(widget, kind) and widget.window() is window
            if is_here and widget.isVisible() and not seen(widget).isEmpty():
                yield widget


def seen(widget: QWidget) -> QRect:
    """Return the part of the widget that its parents leave in sight, in its own coordinates."""
    # Not visibleRegion(): a list that its own rows fill has none.
    part, parent = widget.rect(), widget.parentWidget()
    while parent and not widget.isWindow():
        place = widget.mapFrom(parent, QPoint(0, 0))
        part = part.intersected(parent.rect().translated(place))
        if parent.isWindow():
            break
        parent = parent.parentWidget()
    return part


def out_of_sight(fits: Callable[[str], bool]) -> tuple[QWidget, bool] | None:
    """Return what one would scroll for a widget that is called so, and whether it is below."""
    for area in visible(QScrollArea):
        inside = area.widget() if isinstance(area, QScrollArea) else None
        for widget in inside.findChildren(QWidget) if inside else ():
            if widget.isVisible() and any(fits(told) for told in words(widget)):
                view = area.viewport()  # type: ignore[attr-defined]  # it is a QScrollArea
                y = widget.mapTo(view, widget.rect().center()).y()
                if not 0 <= y < view.height():
                    return view, y > 0
    return None


def spot(widget: QWidget) -> QPoint | None:
    """Return where in the widget one would click; None if that is covered by something else."""
    part = seen(widget)
    point = part.center()
    if isinstance(widget, QCheckBox):  # beside its words nothing happens
        point.setX(part.left() + min(10, part.width() // 2))
    return point if is_uncovered(widget, point) else None


def is_uncovered(widget: QWidget, point: QPoint) -> bool:
    """Whether a click at this point of the widget reaches it."""
    window = widget.window()
    inside = widget.mapTo(window, point)
    hit = window.childAt(inside) or window
    if hit is not widget and not widget.isAncestorOf(hit):
        return False
    place = widget.mapToGlobal(point)
    order = windows()
    above = order[: order.index(window)] if window in order else order
    return not any(other.frameGeometry().contains(place) for other in above)


def rows(view: QTreeView) -> Iterator[tuple[QModelIndex, list[str]]]:
    """Yield the rows in sight, each with the texts of the columns that are shown."""
    height = view.viewport().height()
    index = view.indexAt(QPoint(4, 1))
    while index.isValid() and view.visualRect(index).top() < height:
        yield index, texts(view, index)
        index = view.indexBelow(index)


def texts(view: QTreeView, index: QModelIndex | QPersistentModelIndex) -> list[str]:
    """Return the texts of a row in the columns that are shown: as one reads them, "Runn…" too."""
    columns = [c for c in range(view.model().columnCount()) if not view.isColumnHidden(c)]
    return [_legible(view, index.sibling(index.row(), column)) for column in columns]


def line(text: str) -> tuple[QWidget, QRect] | None:
    """Return where the line of a list is that reads so and can be chosen, in sight or not."""
    for view in visible(QListView):
        model = view.model() if isinstance(view, QListView) else None
        rows = [model.index(row, 0) for row in range(model.rowCount())] if model else []
        for index in rows:
            is_line = bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)
            if is_line and index.data(Qt.ItemDataRole.DisplayRole) == text:
                return view.viewport(), view.visualRect(index)  # type: ignore[attr-defined]
    return None


def _legible(view: QTreeView, index: QModelIndex) -> str:
    text = index.data(Qt.ItemDataRole.DisplayRole)
    has_icon = index.data(Qt.ItemDataRole.DecorationRole) is not None
    room = view.visualRect(index).width() - _MARGINS - (_ICON if has_icon else 0)
    return view.fontMetrics().elidedText(str(text or ""), Qt.TextElideMode.ElideRight, room)


def entry(menu: QMenu | QMenuBar, fits: Callable[[str], bool]) -> tuple[QAction, QRect] | None:
    """Return the entry of a menu that reads so, with its place."""
    for action in menu.actions():
        if action.isVisible() and fits(plain(action.text())):
            return action, menu.actionGeometry(action)
    return None


def tab(fits: Callable[[str], bool]) -> tuple[QTabBar, QPoint] | None:
    """Return the tab that is called so and is not in front, with where one would click."""
    for bar in visible(QTabBar):
        if not isinstance(bar, QTabBar):
            continue
        for number in range(bar.count()):
            point = bar.tabRect(number).center()
            can_be = bar.isTabVisible(number) and bar.isTabEnabled(number)
            is_here = can_be and seen(bar).contains(point)
            if number != bar.currentIndex() and fits(plain(bar.tabText(number))) and is_here:
                return (bar, point) if is_uncovered(bar, point) else None
    return None


def way_to_tab(fits: Callable[[str], bool]) -> MoreTabs | None:
    """Return the button that offers a tab called so, where there is no room for it in its bar."""
    for more in visible(MoreTabs):
        tabs = more.parentWidget()
        if not isinstance(more, MoreTabs) or not isinstance(tabs, QTabWidget):
            continue
        if any(fits(plain(tabs.tabText(number))) for number in more.hidden()):
            return more
    return None


def account() -> str:
    """Tell in a line what can be seen now, for who has to find out why something was not."""
    told: list[str] = []
    for widget in visible():
        for text in words(widget):
            mark = text if widget.isEnabled() else f"{text} (off)"
            if text and len(text) < 60 and mark not in told:
                told.append(mark)
    for menu in visible(QMenu):
        told += [plain(a.text()) for a in menu.actions() if a.isVisible() and a.text()]
    for view in visible(QTreeView):
        if isinstance(view, QTreeView):
            told += [" | ".join(text for text in found if text) for _, found in rows(view)]
    return "; ".join(told)


def _is_tip(widget: QWidget) -> bool:
    return widget.windowType() is Qt.WindowType.ToolTip
