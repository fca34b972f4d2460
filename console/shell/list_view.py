"""A list with its details below, and what stands there instead while it is empty."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.model import Change, Host, Record, Ref
from console.bridge.door import Bridge
from console.sdk.context import Context, Unsubscribe
from console.sdk.views import ListView, Message
from console.shell.action_set import ActionSet
from console.shell.detail_tabs import DetailTabs
from console.shell.list_model import ListModel
from console.shell.list_pane import ListPane
from console.shell.message_view import MessageView
from console.shell.outdated_strip import OutdatedStrip
from console.shell.settings import Settings


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_view", text)


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
        self._words = ""
        self._is_awake = False
        self._watches: dict[Ref, Unsubscribe] = {}
        self.model = ListModel(view, bridge.mirror, self)
        self.model.load(self._records())
        self.pane = ListPane(self.model, settings, key)
        self._message = MessageView(actions)
        self._top = QStackedWidget()
        self._strip = OutdatedStrip(actions)
        self._top.addWidget(self.pane)
        self._top.addWidget(self._message)
        self.details = DetailTabs(view.details, context) if view.details else None
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._settle()

    def _lay_out(self) -> None:
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._top)
        if self.details:
            self._splitter.addWidget(self.details)
            self._splitter.setSizes([370, 380])
            self.pane.records_chosen.connect(self.details.show_records)
        self._splitter.restoreState(self._settings.blob(f"details/{self._key}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._splitter)

    def summary(self) -> str:
        """Return what sums the list up."""
        return self._view.heading(self.model.records, self._bridge.mirror)

    def renew(self, view: ListView[Any]) -> None:
        """Take the words of the same view as it is now: its heading, its empty message."""
        self._view = view
        self._settle()

    def follow(self, changes: Sequence[Change]) -> None:
        """Follow the records."""
        self.model.apply(changes)
        self._settle()
        if self.details:
            chosen = self.pane.chosen()
            self.details.show_records(chosen)
            self.details.refresh([c.ref for c in changes if c.ref.kind is not self._view.kind])

    def touch(self, refs: Sequence[Ref]) -> None:
        """Follow what is beside the records: jobs."""
        self.model.touch(refs)
        if self.details:
            self.details.refresh(refs)

    def tick(self, refs: Sequence[Ref]) -> None:
        """Follow new readings."""
        self.model.tick(refs)

    def count(self) -> None:
        """Say anew how long it is until the moments that are named."""
        self._strip.count()
        self._message.count()

    def set_filter(self, text: str) -> None:
        """Choose among the rows."""
        self._words = text
        self.model.set_filter(text)
        self._settle()

    def stops(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Return where one goes from pane to pane, each with how it is entered."""
        first = self.pane if self.model.rowCount() else next(self._message.buttons(), self.pane)
        top = (self._top, first.setFocus)
        if self.details and self.details.has_record:
            return (top, (self.details, self.details.take_focus))
        return (top,)

    def wake(self) -> None:
        """Somebody sees it."""
        self._is_awake = True
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
        self.pane.save()
        self._settings.put(f"details/{self._key}", self._splitter.saveState())

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        self._message.tint()
        self._strip.tint()
        self.pane.viewport().update()

    def _records(self) -> list[Record]:
        known = self._bridge.mirror.every_record()
        return [record for record in known if record.ref.kind is self._view.kind]

    def _settle(self) -> None:
        self._watch()
        if self.model.rowCount():
            self._top.setCurrentWidget(self.pane)
            is_known = True
        else:
            is_known = bool(self.model.records)
            self._message.show_message(self._nothing_found() if is_known else self._view.empty)
            self._top.setCurrentWidget(self._message)
        self._strip.show_message(self._view.outdated if is_known else None)
        self.pane.set_faint(self._view.outdated is not None)
        if self.details:
            self.details.setVisible(is_known)

    def _nothing_found(self) -> Message:
        text = _tr("No name, state or address in this list has “{words}” in it.")
        body = text.format(words=self._words) + "\n" + _tr("Press Escape in the field above.")
        return Message(_tr("Nothing found"), body, icon="ph.magnifying-glass")

    def _watch(self) -> None:
        """Have the hosts of the rows read while somebody looks, and only then."""
        wanted: set[Ref] = set()
        if self._is_awake and any(column.is_live for column in self._view.columns):
            ids = {record.ref.host for record in self.model.records}
            hosts = self._bridge.mirror.records(Host)
            wanted = {host.ref for host in hosts if host.ref.host in ids}
        for ref in self._watches.keys() - wanted:
            self._watches.pop(ref)()
        for ref in wanted - self._watches.keys():
            self._watches[ref] = self._bridge.watch(ref)
