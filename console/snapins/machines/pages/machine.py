"""The view of a machine's own node: the same pages as below the list, as tabs."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Record
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import DetailView
from console.snapins.machines.pages.display import DisplayPage
from console.snapins.machines.pages.memory import MemoryPage
from console.snapins.machines.pages.networking import NetworkingPage
from console.snapins.machines.pages.summary import SummaryPage
from console.snapins.machines.wishes import wishes


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MachineForm(DetailView):
    """Tabs of one machine; only the one in front is awake."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._unsubscribe: Unsubscribe | None = None
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_tr("Details of the machine"))
        self._pages: tuple[DetailView, ...] = (
            SummaryPage(context),
            DisplayPage(context),
            MemoryPage(context),
            NetworkingPage(context),
        )
        titles = (_tr("Summary"), _tr("Display"), _tr("Memory"), _tr("Networking"))
        for title, page in zip(titles, self._pages, strict=True):
            room = QScrollArea()
            room.setWidget(page)
            room.setWidgetResizable(True)
            room.setFrameShape(QScrollArea.Shape.NoFrame)
            room.setAccessibleName(title)
            self._tabs.addTab(room, title)
        self._tabs.currentChanged.connect(self._on_tab)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._tabs)

    @override
    def show_record(self, record: Record | None) -> None:
        for page in self._pages:
            page.set_record(record)
        self._pages[self._tabs.currentIndex()].refresh()
        self._grant_wish()

    @override
    def on_wake(self) -> None:
        self._unsubscribe = wishes.listen(self._grant_wish)
        self._pages[self._tabs.currentIndex()].wake()
        self._grant_wish()

    @override
    def on_sleep(self) -> None:
        if self._unsubscribe:
            self._unsubscribe()
        for page in self._pages:
            page.sleep()

    def _on_tab(self, index: int) -> None:
        for number, page in enumerate(self._pages):
            if number != index:
                page.sleep()
        if self.is_awake:
            self._pages[index].wake()

    def _grant_wish(self) -> None:
        if self.is_awake and self.record and wishes.grant(self.record.ref):
            for number, page in enumerate(self._pages):
                if isinstance(page, DisplayPage):
                    self._tabs.setCurrentIndex(number)
                    page.enter()
