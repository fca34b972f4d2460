"""The order in which Tab, and who hears a page, go through it: as one reads it."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QWidget,
)

from console.sdk.tall_sheet import TallSheet


def fields(layout: QLayout) -> Iterator[QWidget]:
    """Yield what takes the keyboard by Tab in a layout, and in what scrolls there, as one reads."""
    for item in _items(layout):
        inner, widget = item.layout(), item.widget()
        inside = widget.widget() if isinstance(widget, QScrollArea) else None
        if widget and inside:
            inner = inside.layout()
            if isinstance(widget, TallSheet) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget  # it is scrolled by keys
        elif widget and widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            inner = widget.layout()  # a sheet of fields
        if inner:
            yield from fields(inner)
        elif widget and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget


def _items(layout: QLayout) -> Iterator[QLayoutItem]:
    if isinstance(layout, QFormLayout):
        # It has them as they came; a row that was put in later is read where it stands.
        roles = (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
        asked = [layout.itemAt(row, role) for row in range(layout.rowCount()) for role in roles]
    else:
        asked = [layout.itemAt(number) for number in range(layout.count())]
    yield from (item for item in asked if item)


def put_in_order(layout: QLayout, *last: QWidget) -> QWidget | None:
    """Have Tab go through a layout and then through `last`; return the first that can be used."""
    for box in {parent for widget in last if (parent := widget.parentWidget())}:
        # Qt has a box of buttons stand for the first of them. Where the box is older than the
        # fields, Tab would go from the last button to the first, and never to a field again.
        if isinstance(box, QDialogButtonBox):
            box.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none for none
    found = [*fields(layout), *last]
    for one, next_one in pairwise(found):
        QWidget.setTabOrder(one, next_one)
    return next((one for one in found if one.isEnabled() and one.isVisibleTo(one.window())), None)


def take_keys_where_it_scrolls(area: QScrollArea) -> None:
    """Have Tab stop at an area only while arrows can scroll it: else the stop is an empty one."""

    def settle(_least: int, most: int) -> None:
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most else Qt.FocusPolicy.NoFocus)

    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(settle)
    settle(bar.minimum(), bar.maximum())


def stand_in_order(splitter: QSplitter) -> None:
    """Have a screen reader meet the parts as one reads them: Qt puts each before the last one."""
    count = range(splitter.count())
    # The handles come last: they reach over the parts, by a few points that the hand needs.
    for part in (*map(splitter.widget, count), *map(splitter.handle, count)):
        if part is not None:
            part.raise_()
