"""The view of a machine's own node: the same pages as below the list, as tabs."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Record
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.snapins.machines.pages.memory import MemoryPage
from console.snapins.machines.pages.networking import NetworkingPage
from console.snapins.machines.pages.summary import SummaryPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MachineForm(DetailView):
    """Tabs of one machine; only the one in front is awake."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_tr("Details of the machine"))
        self._pages: tuple[DetailView, ...] = (
            SummaryPage(context),
            MemoryPage(context),
            NetworkingPage(context),
        )
        titles = (_tr("Summary"), _tr("Memory"), _tr("Networking"))
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

    @override
    def on_wake(self) -> None:
        self._pages[self._tabs.currentIndex()].wake()

    @override
    def on_sleep(self) -> None:
        for page in self._pages:
            page.sleep()

    def _on_tab(self, index: int) -> None:
        for number, page in enumerate(self._pages):
            if number != index:
                page.sleep()
        if self.is_awake:
            self._pages[index].wake()
