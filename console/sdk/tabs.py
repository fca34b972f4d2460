"""Pages of one record as tabs: below a list, and as the view of the record's own node."""

from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.model import Record
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.sdk.more_tabs import MoreTabs
from console.sdk.reading_order import take_keys_where_it_scrolls
from console.sdk.topics import set_topic
from console.sdk.views import DetailPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("tabs", text)


class TabbedView(DetailView):
    """Tabs, each built when it is first looked at. Only the page that is seen is awake."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.pages: tuple[DetailPage, ...] = ()
        self.built: dict[str, DetailView] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(_tr("Details"))
        self.tabs.currentChanged.connect(self._on_turned)
        self.more = MoreTabs(self.tabs)
        for stack in self.tabs.findChildren(QStackedWidget):
            stack.raise_()  # Tab and a screen reader come to the tabs before their page
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.tabs)

    def set_pages(self, pages: Sequence[DetailPage]) -> None:
        """Have these tabs, in this order. Called once, before anything is shown."""
        self.pages = tuple(pages)
        for page in self.pages:
            self.tabs.addTab(_scrolling(page.title), page.title)

    @property
    def current(self) -> str:
        """The id of the page in front; "" if there is none."""
        number = self.tabs.currentIndex()
        return self.pages[number].id if number >= 0 else ""

    def bring_forward(self, page_id: str) -> None:
        """Show a page, if there is one of this id."""
        for number, page in enumerate(self.pages):
            if page.id == page_id:
                self.tabs.setCurrentIndex(number)

    def take_focus(self) -> None:
        """Have the keyboard, at the tabs."""
        self.tabs.tabBar().setFocus()

    @override
    def show_record(self, record: Record | None) -> None:
        self._settle()

    @override
    def refresh(self) -> None:
        if page := self.built.get(self.current):
            page.refresh()

    @override
    def on_wake(self) -> None:
        self._settle()

    @override
    def on_sleep(self) -> None:
        self._settle()

    @override
    def prepare(self, like: Record) -> Iterator[None]:
        """Have the page in front built before anything is shown there, and it prepared."""
        if (number := self.tabs.currentIndex()) >= 0:
            page = self._page(number)
            yield
            yield from page.prepare(like)

    def _on_turned(self) -> None:
        self._settle()

    def _settle(self) -> None:
        number = self.tabs.currentIndex()
        is_seen = self.is_awake and self.record is not None
        for page_id, page in self.built.items():
            if page_id != self.current or not is_seen:
                page.sleep()
        if is_seen and number >= 0:
            page = self._page(number)
            set_topic(self, f"page/{self.current}")
            page.set_record(self.record)
            page.wake()

    def _page(self, number: int) -> DetailView:
        declared = self.pages[number]
        if declared.id not in self.built:
            page = cast("DetailView", declared.build(self.context))
            self.built[declared.id] = page
            cast("QScrollArea", self.tabs.widget(number)).setWidget(page)
        return self.built[declared.id]


def _scrolling(title: str) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setAccessibleName(title)
    area.viewport().setBackgroundRole(area.palette().ColorRole.Base)
    take_keys_where_it_scrolls(area)
    return area
