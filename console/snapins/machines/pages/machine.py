"""The view of a machine's own node: the same pages as below the list, as tabs."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.model import Record
from console.sdk.context import Context, Unsubscribe
from console.sdk.tabs import TabbedView
from console.snapins.machines.pages.display import DisplayPage
from console.snapins.machines.wishes import wishes


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MachineForm(TabbedView):
    """Tabs of one machine. A wish to see its screen brings the display forward."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._unsubscribe: Unsubscribe | None = None
        self.tabs.setAccessibleName(_tr("Details of the machine"))

    @override
    def show_record(self, record: Record | None) -> None:
        super().show_record(record)
        self._grant_wish()

    @override
    def on_wake(self) -> None:
        super().on_wake()
        self._unsubscribe = wishes.listen(self._grant_wish)
        self._grant_wish()

    @override
    def on_sleep(self) -> None:
        super().on_sleep()
        if self._unsubscribe:
            self._unsubscribe()

    def _grant_wish(self) -> None:
        if self.is_awake and self.record and wishes.grant(self.record.ref):
            self.bring_forward("display")
            page = self.built.get("display")
            if isinstance(page, DisplayPage):
                page.enter()
