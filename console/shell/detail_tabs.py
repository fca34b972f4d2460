"""The tabs below a list: pages for the record selected, built when first looked at."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QTabWidget,
    QWidget,
)

from backend.model import Record, Ref
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.sdk.look import GRID
from console.sdk.topics import set_topic
from console.sdk.views import DetailPage
from console.shell.registry import name_of

_NAMED = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("detail_tabs", text)


class DetailTabs(QWidget):
    """One record at a time. Only the page that is seen is awake."""

    def __init__(
        self, pages: Sequence[DetailPage], context: Context, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._context = context
        self._built: dict[int, DetailView] = {}
        self._record: Record | None = None
        self._is_awake = False
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_tr("Details"))
        for page in pages:
            self._tabs.addTab(_scrolling(page.title), page.title)
        self._tabs.currentChanged.connect(self._settle)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        self._hint.setWordWrap(True)
        self._hint.setMargin(8 * GRID)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._tabs)
        self.setMinimumHeight(30 * GRID)
        self.show_records(())

    def show_records(self, records: Sequence[Record]) -> None:
        """Show the details of one record; of none or several, say so."""
        self._record = records[0] if len(records) == 1 else None
        if self._record is None:
            self._hint.setText(_several(records) if records else _nothing())
            self._stack.setCurrentWidget(self._hint)
        else:
            for number, page in enumerate(self._pages):
                self._tabs.setTabVisible(number, page.applies(self._record))
            self._stack.setCurrentWidget(self._tabs)
        self._settle()

    def refresh(self, refs: Sequence[Ref]) -> None:
        """Something beside the record changed for these: draw the page again if it is theirs."""
        page = self._built.get(self._tabs.currentIndex())
        if page and self._record and any(self._is_its(ref) for ref in refs):
            page.refresh()

    def wake(self) -> None:
        """The tabs are seen."""
        self._is_awake = True
        self._settle()

    def sleep(self) -> None:
        """The tabs are not seen any more."""
        self._is_awake = False
        self._settle()

    @property
    def has_record(self) -> bool:
        """Whether there are details to see."""
        return self._record is not None

    def take_focus(self) -> None:
        """Have the keyboard, at the tabs."""
        self._tabs.tabBar().setFocus()

    @property
    def current(self) -> str:
        """The id of the page in front."""
        number = self._tabs.currentIndex()
        return self._pages[number].id if number >= 0 else ""

    def bring_forward(self, page_id: str) -> None:
        """Show a page."""
        for number, page in enumerate(self._pages):
            if page.id == page_id:
                self._tabs.setCurrentIndex(number)

    def _is_its(self, ref: Ref) -> bool:
        return self._record is not None and ref.of(self._record.ref.kind) == self._record.ref

    def _settle(self) -> None:
        number = self._tabs.currentIndex()
        is_seen = self._is_awake and self._record is not None
        for other, page in self._built.items():
            if other != number or not is_seen:
                page.sleep()
        if is_seen and number >= 0:
            page = self._page(number)
            set_topic(self, f"page/{self.current}")
            page.set_record(self._record)
            page.wake()

    def _page(self, number: int) -> DetailView:
        if number not in self._built:
            page = cast("DetailView", self._pages[number].build(self._context))
            self._built[number] = page
            cast("QScrollArea", self._tabs.widget(number)).setWidget(page)
        return self._built[number]


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


def _scrolling(title: str) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setAccessibleName(title)
    area.viewport().setBackgroundRole(area.palette().ColorRole.Base)
    return area
