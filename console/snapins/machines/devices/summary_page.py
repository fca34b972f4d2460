"""The last page before something is done: what it will be, to be read and copied."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from console.sdk.context import Context
from console.sdk.forms import Row, ValueRows
from console.sdk.reading_order import take_keys_where_it_scrolls
from console.sdk.tall_sheet import TallSheet
from console.sdk.topics import set_topic
from console.sdk.wizard_page import WizardPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SummaryPage(WizardPage):
    """Rows that `rows` makes anew whenever the page is shown."""

    def __init__(
        self, context: Context, sentence: str, rows: Callable[[], Sequence[Row]], topic: str
    ) -> None:
        super().__init__(context, _tr("Summary"), _tr("Summary"), sentence)
        set_topic(self, topic)
        self._make = rows
        self._rows = ValueRows()
        # What stands below, and has to be pressed, is seen where they are many.
        room = TallSheet(self._rows)
        room.setAccessibleName(_tr("Summary"))
        take_keys_where_it_scrolls(room)
        self.content.addWidget(room, 1)

    @override
    def enter(self) -> None:
        self._rows.set_rows(self._make())
