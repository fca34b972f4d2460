"""The name, how many of that kind, and where their disks are made."""

import re
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.model import Change
from backend.specs import MachineSpec
from console.sdk.forms import Remark, Row
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines import names
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.dialogs.making import form_of

_MOST: Final = 100
_PLACE: Final = re.compile(r"#+")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def numbered(pattern: str, count: int) -> tuple[str, ...]:
    """Return the names of so many machines: "web-#" is web-1, web-2, and "web-##" web-01.

    Without a place for it the number stands behind the name; one machine has the name as it is.
    """
    if count == 1:
        return (pattern,)
    place = _PLACE.search(pattern)
    if place is None:
        return tuple(f"{pattern}-{number}" for number in range(1, count + 1))
    head, width, tail = pattern[: place.start()], len(place.group()), pattern[place.end() :]
    return tuple(f"{head}{number:0{width}}{tail}" for number in range(1, count + 1))


class NamePage(AskingPage):
    """Asks what it is called. It asks the host as well, for all of the pages."""

    def __init__(self, ground: Ground) -> None:
        context = ground.context
        super().__init__(
            context,
            _tr("Name and location"),
            _tr("Name and location"),
            _tr("The name is what this console and the server call it. The guest has its own."),
        )
        set_topic(self, "new machine/name")
        self._ground = ground
        self.name = QLineEdit(names.proposal(ground.host.ref.host, context.lookup))
        self.name_remark = Remark(_tr("About the name"))
        self.count = QSpinBox()
        self.count.setRange(1, _MOST)
        self.hint = Remark(_tr("About the names"), Tone.MUTED)
        self.pool = OfferBox(Remark(_tr("About the storage location")))
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("Name"), self.name),
            ("", self.name_remark),
            (_tr("How many"), self.count),
            ("", self.hint),
            (_tr("Storage location"), self.pool),
            ("", self.pool.remark),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)
        self.name.textChanged.connect(self.edited)
        self.count.valueChanged.connect(self.edited)
        self.pool.currentIndexChanged.connect(self.edited)
        self.edited.connect(self._hint)
        self._judged = self.judge()[0]
        ground.changed.connect(self._offer)
        self._unsubscribe = context.subscribe(self._on_changes)

    def begin(self) -> None:
        """Have asked what the host has."""
        self.look(self._ground.look, _tr("Asking the server what it has..."))

    def names(self) -> tuple[str, ...]:
        """Return what the machines are called."""
        return numbered(self.name.text(), self.count.value())

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with the name, of the first of them, and the location."""
        return replace(spec, name=self.names()[0], pool=self.pool.name)

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        found = self.names()
        label = _tr("Name") if len(found) == 1 else _tr("Names")
        return (
            Row(label, found[0] if len(found) == 1 else f"{found[0]} … {found[-1]}"),
            Row(_tr("How many"), str(len(found)) if len(found) > 1 else ""),
            Row(_tr("Storage location"), "" if self._ground.is_copy else self.pool.name),
        )

    @override
    def verdict(self) -> Verdict:
        host, lookup = self._ground.host.ref.host, self.context.lookup
        found = self.names()
        for name in found:
            if reason := names.refusal(name, host, lookup):
                told = reason if len(found) == 1 else f"{name}: {reason}"
                return told, self.name_remark
        if self._ground.is_copy:
            return FITS
        if not self.pool.name:
            return _tr("The server has no storage location. Make one first."), self.pool.remark
        return self.pool.verdict()

    @override
    def leave(self) -> None:
        super().leave()
        self._unsubscribe()

    def _on_changes(self, _changes: tuple[Change, ...]) -> None:
        # Only if it is another verdict: what went wrong stays to be read while the server changes.
        if self.judge()[0] != self._judged:
            self.edited.emit()

    def _offer(self) -> None:
        self.pool.offer(self._ground.pools(), ("default",))
        self.edited.emit()

    def _hint(self) -> None:
        found = self.names()
        self._judged = self.judge()[0]
        many = _tr("{first} to {last}. A # in the name stands for the number.")
        words = many.format(first=found[0], last=found[-1]) if len(found) > 1 else ""
        if self.hint.text() != words:
            self.hint.setText(words)
