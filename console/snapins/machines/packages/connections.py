"""What the adapters of an imported machine are plugged into: a box for each, in a form."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QFormLayout, QLabel

from backend.devices import Choice
from backend.model import Nic
from console.sdk import wording
from console.sdk.forms import Remark
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices.fields import OfferBox, switch_words
from console.snapins.machines.devices.outlook import Offered

_BOXES = 6
_UNPLUGGED = "-"
"""No switch can be called so: the box tells nothing chosen by no name."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Connections(QObject):
    """Rows of a form. Of very many adapters the last box stands for all that have none."""

    edited = Signal()

    def __init__(self, form: QFormLayout, remark: Remark) -> None:
        super().__init__(form)
        self._form, self._remark = form, remark
        self._place = form.rowCount()
        self._count = 0
        self.boxes: list[OfferBox] = []

    def networks(self) -> tuple[str, ...]:
        """Return a switch for each adapter, "" for none."""
        chosen = ["" if box.name == _UNPLUGGED else box.name for box in self.boxes]
        rest = chosen[-1:] * (self._count - len(chosen))
        return (*chosen, *rest)

    def verdict(self) -> Verdict:
        """Return why what is chosen will not do."""
        return next((told for box in self.boxes if (told := box.verdict())[0]), FITS)

    def show_adapters(
        self, adapters: Sequence[Nic], proposed: Sequence[str], switches: Sequence[Choice]
    ) -> None:
        """Ask for these, with what is proposed for each."""
        while self.boxes:
            self.boxes.pop()
            self._form.removeRow(self._place)
        self._count = len(adapters)
        offered = [
            (
                Offered(one.name, wording.sentence(one.next_start) if one.next_start else ""),
                switch_words(one.name),
            )
            for one in switches
        ]
        for number, adapter in enumerate(adapters[:_BOXES]):
            box = OfferBox(self._remark)
            wanted = proposed[number] or _UNPLUGGED
            box.offer([*offered, (Offered(_UNPLUGGED), _tr("Not connected"))], (wanted,))
            label = QLabel(self._words(number, adapter))
            label.setBuddy(box)
            box.setAccessibleName(label.text().replace("&", ""))
            self._form.insertRow(self._place + number, label, box)
            self.boxes.append(box)
            box.currentIndexChanged.connect(self.edited)

    def _words(self, number: int, adapter: Nic) -> str:
        if number == _BOXES - 1 and self._count > _BOXES:
            return _tr("Adapters {first} to {last}").format(first=number + 1, last=self._count)
        one = _tr("Adapter") if self._count == 1 else _tr("Adapter {n}").format(n=number + 1)
        was = adapter.source if len(adapter.source) <= 24 else f"{adapter.source[:23]}…"
        return _tr("{adapter} (was {switch})").format(adapter=one, switch=was) if was else one
