"""A list with its details below, and the strip above it while it may not be true any more."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from backend.model import Change, Host, Kind, Record, Ref
from console.bridge.door import Bridge
from console.sdk.context import Context
from console.sdk.reading_order import stand_in_order
from console.sdk.views import ListView
from console.shell.action_set import ActionSet
from console.shell.detail_tabs import DetailTabs
from console.shell.lines import Row
from console.shell.list_area import ListArea
from console.shell.outdated_strip import OutdatedStrip
from console.shell.settings import Settings
from console.shell.tab_memory import remember_tab
from console.shell.watching import Watching


class ListPage(QWidget):
    """A `ListView`, drawn. While it is seen, the figures of its machines are read."""

    def __init__(
        self,
        view: ListView[Any],
        bridge: Bridge,
        context: Context,
        actions: ActionSet,
        settings: Settings,
        key: str,
    ) -> None:
        super().__init__()
        self._view = view
        self._bridge = bridge
        self._settings = settings
        self._key = key
        self._is_awake = False
        self._watching = Watching(bridge)
        self.area = ListArea(view, context, actions, settings, key)
        self.area.model.load(bridge.mirror.every_record())
        self._strip = OutdatedStrip(actions)
        self.details = DetailTabs(view.details, context, self._first) if view.details else None
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._settle()

    def _lay_out(self) -> None:
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.area)
        if self.details:
            self._splitter.addWidget(self.details)
            self._splitter.setSizes([370, 380])
            self.area.selected.chosen_changed.connect(self.details.show_records)
            for place in (self, self.area.pane, self.area.tiles):
                place.installEventFilter(self.details)
            remember_tab(self.details.view, self._settings, self._view.kind)
        stand_in_order(self._splitter)
        self._splitter.restoreState(self._settings.blob(f"details/{self._key}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._splitter)

    def renew(self, view: ListView[Any]) -> None:
        """Take the words of the same view as it is now: its heading, its empty message."""
        self._view = view
        self.area.renew(view)
        self._settle()

    def follow(self, changes: Sequence[Change]) -> None:
        """Follow the records."""
        self.area.model.apply(changes)
        if any(change.ref.kind is Kind.HOST for change in changes):
            self.area.drawn.viewport().update()  # rows of one that is away are faint
        self._settle()
        if self.details:
            self.details.show_records(self.chosen())
            self.details.refresh([c.ref for c in changes if c.ref.kind is not self._view.kind])

    def touch(self, refs: Sequence[Ref]) -> None:
        """Follow what is beside the records: jobs."""
        self.area.model.touch(refs)
        if self.details:
            self.details.refresh(refs)

    def tick(self, refs: Sequence[Ref]) -> None:
        """Follow new readings."""
        self.area.model.tick(refs)

    def count(self) -> None:
        """Say anew how long it is until the moments that are named."""
        self._strip.count()
        self.area.count_down()

    def set_filter(self, text: str) -> None:
        """Choose among the rows."""
        self.area.set_filter(text)

    @property
    def title(self) -> str:
        """What is listed, in a word or two."""
        return self._view.title

    @property
    def has_tiles(self) -> bool:
        """Whether its rows can be shown as large icons."""
        return self._view.tile is not None

    def chosen(self) -> tuple[Record, ...]:
        """Return what is selected, from top to bottom."""
        return self.area.selected.records()

    def choose(self, refs: Iterable[Ref]) -> None:
        """Select these where they are shown, and bring the first of them into sight."""
        self.area.choose(refs)

    def stops(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Return where one goes from pane to pane, each with how it is entered."""
        top = (self.area, self.area.take_focus())
        if self.details and self.details.has_record:
            return (top, (self.details, self.details.take_focus))
        return (top,)

    def wake(self) -> None:
        """Somebody sees it."""
        self._is_awake = True
        # Readings were let go while nobody looked.
        self.area.model.roster.tally.forget_all()
        self._settle()
        if self.details:
            self.details.wake()

    def sleep(self) -> None:
        """Nobody sees it."""
        self._is_awake = False
        self._settle()
        if self.details:
            self.details.sleep()

    def save(self) -> None:
        """Remember columns and the height of the details."""
        self.area.arranger.save()
        self._settings.put(f"details/{self._key}", self._splitter.saveState())

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        self.area.tint()
        self._strip.tint()

    def _first(self) -> Record | None:
        rows = (line for line in self.area.model.lines if isinstance(line, Row))
        return next((row.record for row in rows), None)

    def _settle(self) -> None:
        self._watching.follow(self._hosts() if self._is_awake else ())
        self.area.settle()
        is_known = len(self.area.model.roster.members) > 0
        self._strip.show_message(self._view.outdated if is_known else None)
        if self.details:
            self.details.setVisible(is_known)

    def _hosts(self) -> list[Ref]:
        """Return the hosts whose figures stand in the rows."""
        if not any(column.is_live for column in self._view.columns):
            return []
        ids = self.area.model.roster.members.hosts()
        hosts = self._bridge.mirror.records(Host)
        return [host.ref for host in hosts if host.ref.host in ids]
