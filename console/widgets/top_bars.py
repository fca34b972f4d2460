"""The few that do most: a bar each, the longest first."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from console.sdk.look import GRID
from console.widgets.cells import paint_meter
from console.widgets.heat_map import HeatTile, TileView, accent

_HEIGHT: Final = 28
_CLEARLY, _LEAST = 1.15, 0.02
_NAME_SHARE: Final = 0.45


class TopBars(TileView):
    """Lines by what they do."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, paint_bar, QSize(30 * GRID, _HEIGHT), parent)
        self._order: tuple[str, ...] = ()

    def show_most(self, tiles: Sequence[HeatTile], most: int) -> None:
        """Show so many of these that are known to do something, those that do most first.

        Who does much the same stays where it is: a line that moves each second cannot be read.
        """
        known = {tile.id: tile for tile in tiles if tile.share}
        self._order = ranked(self._order, {key: tile.share or 0.0 for key, tile in known.items()})
        self._keep_place([known[key] for key in self._order[:most]])

    def begin_anew(self) -> None:
        """Forget who stood where: something else is compared."""
        self._order = ()


def ranked(before: Sequence[str], shares: Mapping[str, float]) -> tuple[str, ...]:
    """Return those that have a share, most first, in the order of before as far as that holds.

    One passes another if it has clearly more than that.
    """
    stood = [key for key in before if key in shares]
    order = stood + sorted(shares.keys() - stood, key=lambda key: -shares[key])
    if not stood:
        return tuple(sorted(shares, key=lambda key: -shares[key]))
    for index in range(1, len(order)):
        share = shares[order[index]]
        passed = (n for n in range(index) if _is_clearly_more(share, shares[order[n]]))
        order.insert(next(passed, index), order.pop(index))
    return tuple(order)


def _is_clearly_more(share: float, other: float) -> bool:
    return share > max(other * _CLEARLY, other + _LEAST)


def paint_bar(painter: QPainter, option: QStyleOptionViewItem, tile: HeatTile) -> None:
    """Paint a line into the option's rectangle."""
    palette, whole = option.palette, option.rect.adjusted(GRID, 0, -GRID, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
        painter.setPen(QPen(accent(palette), 1))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
    metrics = option.fontMetrics
    figure = metrics.horizontalAdvance("0" * 11)
    name = QRect(whole)
    name.setWidth(int((whole.width() - figure) * _NAME_SHARE))
    bar = QRectF(whole)
    bar.setLeft(name.right() + 2 * GRID)
    bar.setRight(whole.right() - figure)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    shown = metrics.elidedText(tile.name, Qt.TextElideMode.ElideMiddle, name.width())
    painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, shown)
    painter.drawText(whole, middle | Qt.AlignmentFlag.AlignRight, tile.words)
    if bar.width() > 4 * GRID:
        paint_meter(painter, bar, tile.share or 0.0, palette, accent(palette))
    painter.restore()
