"""Clone: machines like one that is off, under names of their own."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.defaults import NAME_BYTES_MAXIMUM
from backend.model import Domain
from backend.operations import clone
from backend.operations.clone import Copying
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import names, places
from console.snapins.machines.creation.copying_box import CopyingBox
from console.snapins.machines.creation.name_page import numbered
from console.snapins.machines.dialogs.making import form_of

_MOST = 100


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class CloneDialog(Dialog):
    """Asks for names and for what becomes of the disks; it stays until the clones are there."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        title = _tr("Clone {name}").format(name=domain.name)
        super().__init__(context, title, _tr("Clone"), parent)
        self._domain = domain
        self.name = QLineEdit(self._proposal())
        self.name.setMinimumWidth(100 * GRID)
        self.name_remark = Remark(_tr("About the name"))
        self.count = QSpinBox()
        self.count.setRange(1, _MOST)
        self.hint = Remark(_tr("About the names"), Tone.MUTED)
        self.disks = CopyingBox()
        self.disks_hint = Remark(_tr("About the disks"), Tone.MUTED)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("&Name"), self.name),
            ("", self.name_remark),
            (_tr("&How many"), self.count),
            ("", self.hint),
            (_tr("&Disks"), self.disks),
            ("", self.disks_hint),
        )
        self.content.addLayout(form_of(rows))
        self.name.textChanged.connect(self._judge)
        self.count.valueChanged.connect(self._judge)
        self.disks.currentIndexChanged.connect(self._judge)
        unsubscribe = context.subscribe(lambda _changes: self._judge())
        self.finished.connect(lambda _result: unsubscribe())
        self._judge()

    @property
    def copying(self) -> Copying:
        """What becomes of the disks."""
        return self.disks.copying

    def names(self) -> tuple[str, ...]:
        """Return what the clones are called."""
        return numbered(self.name.text(), self.count.value())

    @override
    async def act(self, context: Context) -> None:
        context.submit(clone.clone, self._domain.ref, self.names(), self.copying)

    @override
    async def confirm(self) -> str:
        handle = self.context.submit(clone.clone, self._domain.ref, self.names(), self.copying)
        return await self.see_through(handle, partial(places.show_made, self.context))

    def _proposal(self) -> str:
        taken = {one.name for one in self.context.lookup.records(Domain, self._domain.ref.host)}
        tails = ("" if n == 1 else f" {n}" for n in range(1, len(taken) + 2))
        tries = (_called_after(self._domain.name, tail) for tail in tails)
        return next(name for name in tries if name not in taken)

    def _judge(self) -> None:
        found, host = self.names(), self._domain.ref.host
        told = ((name, names.refusal(name, host, self.context.lookup)) for name in found)
        name, reason = next(((name, why) for name, why in told if why), ("", ""))
        if reason and len(found) > 1:
            reason = f"{name}: {reason}"
        self.set_refusal(reason, self.name_remark if reason else None)
        many = _tr("{first} to {last}. A # in the name stands for the number.")
        self.hint.setText(many.format(first=found[0], last=found[-1]) if len(found) > 1 else "")
        self.disks_hint.setText(self.disks.hint(self._domain.name))


def _called_after(name: str, tail: str) -> str:
    """Return what a clone of this one is called, with as much of the name as there is room for."""
    words = _tr("{name} clone")
    room = NAME_BYTES_MAXIMUM - len((words.format(name="") + tail).encode())
    # A letter that is cut in half goes.
    fit = name.encode()[:room].decode(errors="ignore")
    return words.format(name=fit.rstrip()) + tail
