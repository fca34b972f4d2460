"""The page Screens of a server: the screens of all its machines that run, side by side and live."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Change, Domain, Record, Ref
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import places
from console.snapins.machines.pages.wall_tile import WallTile
from console.snapins.machines.wishes import wishes

LEAST_WIDTH = 240
_CAPTION = 9 * GRID
_GAP = 2 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class WallPage(DetailView):
    """Tiles, as large as there is room for; only those in sight have their screens open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Screens"))
        self.tiles: dict[Ref, WallTile] = {}
        self._unsubscribe: Unsubscribe | None = None
        self.told = ToneLabel("", Tone.MUTED)
        self.told.setWordWrap(True)
        # In line with the pictures, which stand a frame's width further in than their tiles.
        self.told.setContentsMargins(_GAP + GRID, 2 * GRID, 4 * GRID, GRID)
        self._ground = QWidget()
        self._area = QScrollArea()
        self._area.setWidget(self._ground)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(_tr("Screens"))
        self._area.viewport().setBackgroundRole(self._area.palette().ColorRole.Base)
        self._area.verticalScrollBar().valueChanged.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.told)
        column.addWidget(self._area, 1)

    @override
    def show_record(self, record: Record | None) -> None:
        self._fill()

    @override
    def on_wake(self) -> None:
        self._unsubscribe = self.context.subscribe(self._on_changes)
        self._fill()

    @override
    def on_sleep(self) -> None:
        if self._unsubscribe:
            self._unsubscribe()
        for tile in self.tiles.values():
            tile.sleep()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tiles anew."""
        super().resizeEvent(event)
        self._place()

    @override
    def event(self, event: QEvent) -> bool:
        """Place them once the layout has given the area its room."""
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return is_done

    def _step(self, here: WallTile, way: QPoint) -> None:
        """Have the keyboard at the tile that stands there from this one, if there is one."""
        step = QPoint(way.x() * (here.width() + _GAP), way.y() * (here.height() + _GAP))
        spot = here.geometry().center() + step
        for tile in self.tiles.values():
            if tile.geometry().contains(spot):
                tile.setFocus()
                self._area.ensureWidgetVisible(tile)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        host = self.record.ref.host if self.record else ""
        if any(change.ref.host == host for change in changes):
            self._fill()

    def _fill(self) -> None:
        """Have a tile for each machine that runs, in the order of their names."""
        host = self.record.ref.host if self.record else ""
        found = list(self.context.lookup.records(Domain, host)) if host else []
        running = sorted((one for one in found if one.is_active), key=lambda one: one.name.lower())
        before = list(self.tiles)
        for ref in set(self.tiles) - {domain.ref for domain in running}:
            tile = self.tiles.pop(ref)
            tile.sleep()
            tile.hide()
            tile.deleteLater()
        for domain in running:
            if domain.ref in self.tiles:
                self.tiles[domain.ref].set_domain(domain)
            else:
                self.tiles[domain.ref] = self._new_tile(domain)
        self.tiles = {domain.ref: self.tiles[domain.ref] for domain in running}
        if list(self.tiles) != before:
            for tile in self.tiles.values():
                tile.raise_()  # Tab and a screen reader meet them as they stand
        self.told.setText(_summary(len(running), len(found)))
        self._place()

    def _new_tile(self, domain: Domain) -> WallTile:
        tile = WallTile(self.context, domain, self._ground)
        tile.opened.connect(lambda: self._open(domain.ref))
        tile.stepped.connect(lambda way: self._step(tile, way))
        tile.show()
        return tile

    def _open(self, ref: Ref) -> None:
        wishes.make(ref)
        self.context.navigate(places.machine_node_id(ref))

    def _place(self) -> None:
        room = self._area.viewport().size()
        places, height = placed(len(self.tiles), room.width(), room.height())
        self._ground.resize(room.width(), max(height, room.height()))
        for tile, place in zip(self.tiles.values(), places, strict=True):
            tile.setGeometry(place)
        self._look()

    def _look(self) -> None:
        """Have the screens of the tiles in sight, and of no others."""
        top = self._area.verticalScrollBar().value()
        sight = QRect(0, top, self._ground.width(), self._area.viewport().height())
        for tile in self.tiles.values():
            if self.is_awake and tile.geometry().intersects(sight):
                tile.wake()
            else:
                tile.sleep()


def placed(count: int, width: int, height: int) -> tuple[list[QRect], int]:
    """Return where so many tiles stand, and how high they are together.

    They are as large as they can be with all in sight; at `LEAST_WIDTH` one has to scroll.
    """
    most = max(1, (width - _GAP) // (LEAST_WIDTH + _GAP))
    sizes = [(columns, *_size(count, columns, width, height)) for columns in range(1, most + 1)]
    columns, across, down = max(sizes, key=lambda one: min(one[1], (one[2] - _CAPTION) * 1.6))
    if (down - _CAPTION) * 1.6 < LEAST_WIDTH:
        columns, across, down = most, sizes[-1][1], round(sizes[-1][1] / 1.6) + _CAPTION
    found = [
        QRect(
            _GAP + number % columns * (across + _GAP),
            _GAP + number // columns * (down + _GAP),
            across,
            down,
        )
        for number in range(count)
    ]
    return found, -(-count // columns) * (down + _GAP) + _GAP


def _size(count: int, columns: int, width: int, height: int) -> tuple[int, int]:
    """Return a tile's size where so many stand in a row, and all rows are in sight."""
    across = (width - _GAP) // columns - _GAP
    rows = max(1, -(-count // columns))
    return across, min(round(across / 1.6) + _CAPTION, (height - _GAP) // rows - _GAP)


def _summary(running: int, total: int) -> str:
    if running:
        text = _tr("{running} of {total} machines run. A click on a screen opens it.")
    elif total:
        text = _tr("No machine runs here now. One that is started shows its screen.")
    else:
        text = _tr("There are no machines here yet.")
    return text.format(running=running, total=total)
