"""The tabs below a list: pages for the record selected, built when first looked at."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QWidget
from typing_extensions import override

from backend.model import Record, Ref
from console.sdk import afterwards
from console.sdk.context import Context
from console.sdk.look import GRID
from console.sdk.tabs import TabbedView
from console.sdk.views import DetailPage
from console.shell.registry import name_of

_NAMED = 12
PREPARED_MS = 1000
"""After the list was first shown: its own start comes first."""
STEP_MS = 10
"""Between two steps, so that what the user does comes first."""
_COMING = (QEvent.Type.Enter, QEvent.Type.FocusIn)
_GOING = (QEvent.Type.Leave, QEvent.Type.FocusOut)
_UNASKED = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def _tr(text: str) -> str:
    return QCoreApplication.translate("detail_tabs", text)


class DetailTabs(QWidget):
    """The details of one record at a time, or words where there is not one."""

    def __init__(
        self,
        pages: Sequence[DetailPage],
        context: Context,
        first: Callable[[], Record | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._is_awake = self._is_near = False
        self._since_seen = QElapsedTimer()
        self.is_ready = False
        """Whether the first look waits for nothing that could be made before."""
        self.view = TabbedView(context)
        self.view.set_pages(pages)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        self._hint.setWordWrap(True)
        self._hint.setMargin(8 * GRID)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.view)
        self.setMinimumHeight(30 * GRID)
        self._preparation = QTimer(self, singleShot=True, interval=PREPARED_MS)
        self._preparation.timeout.connect(self._prepare)
        self._steps: Iterator[None] | None = None
        self.show_records(())

    def show_records(self, records: Sequence[Record]) -> None:
        """Show the details of one record; of none or several, say so."""
        record = records[0] if len(records) == 1 else None
        if record is None:
            self._hint.setText(_several(records) if records else _nothing())
        self.view.set_record(record)
        self._settle()
        # Last: what is seen already is laid out anew with each line that is filled in.
        self._stack.setCurrentWidget(self._hint if record is None else self.view)

    def refresh(self, refs: Sequence[Ref]) -> None:
        """Something beside the record changed for these: draw the page again if it is theirs."""
        if any(self._is_its(ref) for ref in refs):
            self.view.refresh()

    def wake(self) -> None:
        """The tabs are seen."""
        self._is_awake = True
        if not self._since_seen.isValid():
            self._since_seen.start()
        self._settle()

    def sleep(self) -> None:
        """The tabs are not seen any more."""
        self._is_awake = False
        self._preparation.stop()
        self._settle()

    @override
    def eventFilter(self, around: QObject, event: QEvent) -> bool:
        """Have the first look made ready once a hand is where a record can be chosen.

        That is the pointer, or keys that came there: not because the window was opened. Who has a
        list stand there all day, and looks into nothing, keeps 20 MiB.
        """
        if event.type() in _COMING:
            if not (isinstance(event, QFocusEvent) and event.reason() in _UNASKED):
                self._is_near = True
                self._settle()
        elif event.type() in _GOING:
            self._is_near = False
            if self._steps is None:
                self._preparation.stop()
        return super().eventFilter(around, event)

    @property
    def has_record(self) -> bool:
        """Whether there are details to see."""
        return self.view.record is not None

    def take_focus(self) -> None:
        """Have the keyboard, at the tabs."""
        self.view.take_focus()

    @property
    def current(self) -> str:
        """The id of the page in front."""
        return self.view.current

    def bring_forward(self, page_id: str) -> None:
        """Show a page."""
        self.view.bring_forward(page_id)

    def _prepare(self) -> None:
        """Do one step of what the first look would wait for."""
        if self._steps is None and (first := self._first()):
            self._steps = self._getting_ready(first)
        # With a record that look is over. Without any row nobody can look: it waits for the first.
        if self.has_record or (self._steps and next(self._steps, self) is self):
            self.is_ready = True
        elif self._steps:
            self._preparation.start(STEP_MS)

    def _getting_ready(self, like: Record) -> Iterator[None]:
        yield from self.view.prepare(like)
        self._rehearse()

    def _rehearse(self) -> None:
        """Have the view laid out and drawn once, for nobody: that costs as much as all the rest."""
        self.setUpdatesEnabled(False)
        self._stack.setCurrentWidget(self.view)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        afterwards.at_once()
        self.view.grab()
        self._stack.setCurrentWidget(self._hint)
        self.setUpdatesEnabled(True)

    def _is_its(self, ref: Ref) -> bool:
        record = self.view.record
        return record is not None and ref.of(record.ref.kind) == record.ref

    def _settle(self) -> None:
        if self._is_awake and self.has_record:
            self.view.wake()
        else:
            self.view.sleep()
        is_wanted = self._is_awake and (self._is_near or self._steps or self.has_record)
        if is_wanted and not (self.is_ready or self._preparation.isActive()):
            self._preparation.start(max(STEP_MS, PREPARED_MS - self._since_seen.elapsed()))


def _nothing() -> str:
    return _tr("Select one to see its details here.")


def _several(records: Sequence[Record]) -> str:
    names = ", ".join(name_of(record) for record in records[:_NAMED])
    more = len(records) - _NAMED
    if more > 0:
        names = _tr("{names} and {count} more").format(names=names, count=more)
    return _tr(
        "{count} selected: {names}.\n\n"
        "What is chosen among the actions is done to each that it fits."
    ).format(count=len(records), names=names)
