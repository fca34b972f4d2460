"""What it is made from: nothing that is there, or a machine that serves as its template."""

from enum import Enum

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.model import Change, Domain, Ref
from backend.operations.clone import Copying
from backend.refusals import StartsByItself
from console.sdk import wording
from console.sdk.forms import Remark, Row
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.creation.copying_box import CopyingBox
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.creation.parts import Parts
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.devices.outlook import Offered
from console.snapins.machines.dialogs.making import form_of
from console.widgets.choice_list import ChoiceList, Option


class Origin(Enum):
    """What it is made from."""

    NEW = "new"
    COPY = "copy"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class OriginPage(AskingPage):
    """Asks for a machine that is off: the new one is like it, and no other page asks anything."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground.context,
            _tr("Template"),
            _tr("Start from a template"),
            _tr("Any virtual machine that is off can be the template of others."),
        )
        set_topic(self, "new machine/template")
        self._ground = ground
        self.kinds = ChoiceList(_tr("What it is made from"))
        self.kinds.offer(
            [
                Option("new", "ph.plus-circle", _tr("Set up a new virtual machine")),
                Option("copy", "ph.copy", _tr("Copy a virtual machine of this server")),
            ]
        )
        self.machine = OfferBox(Remark(_tr("About the virtual machine")))
        self.disks = CopyingBox()
        self.hint = Remark(_tr("About the disks"), Tone.MUTED)
        self.parts = Parts()
        self._offered: list[tuple[Offered, str]] = []
        self._lay_out()
        self._offer()
        self.kinds.chosen.connect(self._on_kind)
        self.machine.currentIndexChanged.connect(self._on_edited)
        self.disks.currentIndexChanged.connect(self._on_edited)
        self._unsubscribe = ground.context.subscribe(self._on_changes)

    @property
    def origin(self) -> Ref | None:
        """The machine that is copied; None: it is like no other."""
        domain = self._domain() if self._ground.is_copy else None
        return domain.ref if domain else None

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        domain = self._domain()
        if not self._ground.is_copy or domain is None:
            return ()
        return (
            Row(_tr("Copy of"), domain.name),
            Row(_tr("Hard disks"), self.disks.currentText()),
        )

    @override
    def verdict(self) -> Verdict:
        if not self._ground.is_copy:
            return FITS
        if not self.machine.name:
            reason = _tr("There is no virtual machine on this server that could be copied.")
            return reason, self.machine.remark
        domain = self._domain()
        if domain and domain.is_autostart and self.disks.copying is Copying.LINKED:
            problem = StartsByItself(name=domain.name).problem
            return wording.sentence(problem), self.machine.remark
        return self.machine.verdict()

    @override
    def leave(self) -> None:
        super().leave()
        self._unsubscribe()

    def _domain(self) -> Domain | None:
        return next((one for one in self._domains() if one.ref.key == self.machine.name), None)

    def _domains(self) -> list[Domain]:
        found = self.context.lookup.records(Domain, self._ground.host.ref.host)
        return sorted(found, key=lambda one: one.name.casefold())

    def _offer(self) -> None:
        offered = [(Offered(one.ref.key, _refusal(one)), one.name) for one in self._domains()]
        if offered != self._offered:
            self._offered = offered
            self.machine.offer(offered)
            self._tell()
            if self._ground.is_copy:
                self.edited.emit()

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(isinstance(one.after or one.before, Domain) for one in changes):
            self._offer()

    def _on_kind(self, key: str) -> None:
        self.parts.show_part(key)
        self._ground.is_copy = Origin(key) is Origin.COPY
        self._on_edited()

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        domain = self._domain()
        words = self.disks.hint(domain.name) if domain else ""
        if domain:
            words = f"{words} {_tr('They are made beside its own.')}"
        if self.hint.text() != words:
            self.hint.setText(words)

    def _lay_out(self) -> None:
        self.content.addWidget(self.kinds)
        self.parts.add(Origin.NEW.value, None, _tr("The pages that follow ask for what it has."))
        rows = (
            (_tr("Virtual machine"), self.machine),
            ("", self.machine.remark),
            (_tr("Hard disks"), self.disks),
            ("", self.hint),
        )
        self.parts.add(Origin.COPY.value, form_of(rows))
        self.content.addWidget(self.parts)
        self.content.addStretch(1)


def _refusal(domain: Domain) -> str:
    """Return why a machine cannot be copied now; "" if it can."""
    text = ""
    if domain.is_active:
        text = _tr("{name} is running. Shut it down: what is copied must not change meanwhile.")
    elif domain.has_saved_state:
        text = _tr("{name} is saved. Start it and shut it down, or delete its saved state.")
    return text.format(name=domain.name)
