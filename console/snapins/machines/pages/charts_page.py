"""What pages of charts share: one thing, drawn each second while it is seen, and why it is not."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from backend.model import Domain, Host, Record, Ref, StoragePool
from backend.series import Sample
from console.sdk import reach, wording
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.sdk.look import GRID
from console.snapins.machines.pages.chart_deck import Devices
from console.snapins.machines.pages.chart_kinds import ChartKind
from console.snapins.machines.pages.charts_pane import ChartsPane

R = TypeVar("R", Domain, Host, StoragePool)


class ChartsPage(DetailView, Generic[R]):
    """Charts of a thing of one kind. A page of a kind overrides what differs, and adds to `column`.

    It is lower than its room only where that would be too little for all of it: then it scrolls.
    """

    is_marked: ClassVar[bool] = True
    """Whether what happened to the thing is marked in its charts."""

    def __init__(
        self, context: Context, kind: type[R], charts: Sequence[ChartKind], name: str
    ) -> None:
        super().__init__(context)
        self._kind: type[R] = kind
        self.pane = ChartsPane(context, charts, name, self._draw)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)

    def devices(self, thing: R, samples: Sequence[Sample]) -> Devices:
        """Return which of its devices can be chosen."""
        del thing, samples
        return {}

    def drawn(self, thing: R) -> None:
        """Its charts were drawn: draw what stands beside them."""

    def instead(self, thing: R, samples: Sequence[Sample]) -> str:
        """Return what stands in place of the charts while there is nothing to draw; "": charts."""
        del thing, samples
        return ""

    def why_less(self, thing: R, *, is_any: bool) -> str:
        """Return why there is less to see than might be, of a thing whose server is there."""
        raise NotImplementedError

    @override
    def show_record(self, record: Record | None) -> None:
        if self.is_awake:
            self._follow()
        self._draw()

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def on_wake(self) -> None:
        self._follow()
        self._draw()

    @override
    def on_sleep(self) -> None:
        self.pane.sleep()

    def _follow(self) -> None:
        self.pane.wake(self.record.ref if self.record and self.is_marked else None)

    def _draw(self) -> None:
        thing = self.record
        if not isinstance(thing, self._kind) or not self.isVisible():
            return
        name = reach.short_name(thing) if isinstance(thing, Host) else thing.name
        samples = self.context.lookup.samples(thing.ref)
        is_any = self.pane.draw(thing.ref, name, samples, self.devices(thing, samples))
        words = "" if is_any or not self.pane.view.is_live else self.instead(thing, samples)
        if words:
            self.pane.look_before(thing.ref)
        self.pane.tell("" if words else self._trouble(thing, is_any=is_any), words)
        self.drawn(thing)

    def _trouble(self, thing: R, *, is_any: bool) -> str:
        if self.pane.problem is not None:
            return wording.sentence(self.pane.problem)
        is_live = self.pane.view.is_live
        unread = reach.why_unread(self.context.lookup, thing.ref.host) if is_live else ""
        return unread or self.why_less(thing, is_any=is_any)
