"""Import Virtual Machine: what is in a package, and what it becomes on this server."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from typing_extensions import override

from backend.model import Host
from backend.operations.package import incoming
from backend.operations.package.arrival import Identity, ImportSpec, Outlook
from backend.operations.package.contents import Contents
from backend.specs import Then
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.whole_file import typed_path
from console.sdk.wizard_page import Verdict
from console.snapins.machines import names, places
from console.snapins.machines.creation.file_field import FileField
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.devices.outlook import Offered
from console.snapins.machines.dialogs.making import form_of
from console.snapins.machines.dialogs.remark_list import RemarkList
from console.snapins.machines.packages.connections import Connections
from console.snapins.machines.packages.doubts import Doubts

_PATTERNS = "machine.json *.ova *.ovf"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ImportMachineDialog(Dialog):
    """Asks for the package first; what is in it decides the rest. It stays until all is there."""

    def __init__(self, context: Context, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(context, _tr("Import Virtual Machine"), _tr("Import"), parent)
        self._host = host
        self._outlook: Outlook | None = None
        self.doubts = Doubts(context, host.ref, self)
        self.package = FileField(context, _tr("Package"), _PATTERNS, _tr("Exported machines"))
        self.package.path.setPlaceholderText(_tr("The folder of an export, an OVF or an OVA file"))
        self.package.path.setMinimumWidth(110 * GRID)
        self.package.look = self._look_at
        self.name = QLineEdit()
        self.name_remark = Remark(_tr("About the name"))
        self.identity = QComboBox()
        self.identity_hint = Remark(_tr("About its identity"), Tone.MUTED)
        self.pool = OfferBox(Remark(_tr("About the storage location")))
        self.is_started = QCheckBox(_tr("Start it when it is ready"))
        self.remarks = RemarkList(_tr("What to know before"))
        self.switch_remark = Remark(_tr("About the adapters"))
        form = form_of(
            (
                (_tr("&Package"), self.package),
                (_tr("&Name"), self.name),
                ("", self.name_remark),
                (_tr("&It is"), self.identity),
                ("", self.identity_hint),
                (_tr("&Storage"), self.pool),
                ("", self.pool.remark),
            )
        )
        self.connections = Connections(form, self.switch_remark)
        form.addRow("", self.switch_remark)
        form.addRow("", self.is_started)
        self.content.addLayout(form)
        self.content.addWidget(self.remarks)
        self.package.path.setAccessibleName(_tr("Package"))
        self._connect()
        self._show()

    def spec(self) -> ImportSpec:
        """Return what the dialog asks for."""
        found = self._outlook
        return ImportSpec(
            path=found.contents.path if found else typed_path(self.package.path.text()),
            name=self.name.text(),
            networks=self.connections.networks(),
            identity=Identity(self.identity.currentData() or Identity.NEW.value),
            pool=self.pool.name,
            then=Then.START if self.is_started.isChecked() else Then.STAY_OFF,
        )

    @override
    async def act(self, context: Context) -> None:
        context.submit(incoming.bring_in, self._host.ref, self.spec())

    @override
    async def confirm(self) -> str:
        handle = self.context.submit(incoming.bring_in, self._host.ref, self.spec())
        return await self.see_through(handle, partial(places.show_made, self.context))

    def _connect(self) -> None:
        self.package.edited.connect(self._on_package)
        self.name.textChanged.connect(self._judge)
        self.identity.currentIndexChanged.connect(self._judge)
        self.pool.currentIndexChanged.connect(self._judge)
        self.connections.edited.connect(self._judge)
        unsubscribe = self.context.subscribe(lambda _changes: self._judge())
        self.finished.connect(lambda _result: unsubscribe())
        self.finished.connect(self.package.stop)
        self.finished.connect(self.doubts.forget)
        self.doubts.changed.connect(self._show_remarks)

    async def _look_at(self, path: Path) -> str:
        self._outlook = None
        found = await self.context.query(incoming.look, self._host.ref, path)
        self._outlook = found
        self._show()
        return _facts(found.contents)

    def _on_package(self) -> None:
        if self._outlook and typed_path(self.package.path.text()) != self._shown:
            self._outlook = None
            self._show()
        self._judge()

    def _show(self) -> None:
        """Offer what goes with what was found in the package, or nothing before."""
        found = self._outlook
        self._shown = typed_path(self.package.path.text())
        self.identity.clear()
        self.pool.offer([])
        if found is None:
            self.connections.show_adapters((), (), ())
            self._show_remarks()
            self._judge()
            return
        wanted = found.contents.name
        self.name.setText(names.proposal(self._host.ref.host, self.context.lookup, wanted))
        self.identity.addItem(_tr("A machine of its own"), Identity.NEW.value)
        if found.contents.uuid and not found.twin:
            self.identity.addItem(_tr("The machine that it was"), Identity.KEPT.value)
        pools = [
            (
                Offered(one.name, wording.sentence(one.problem) if one.problem else ""),
                _tr("{name}, {free} free").format(
                    name=one.name, free=wording.size(one.available_bytes)
                ),
            )
            for one in found.pools
        ]
        self.pool.offer(pools, ("default",))
        self.connections.show_adapters(found.contents.adapters, found.networks, found.switches)
        self.doubts.forget()
        self._show_remarks()
        self.put_in_order()
        self._judge()

    def _show_remarks(self) -> None:
        found = self._outlook
        text = _tr("Here stands what is missing on this server, and what was left out.")
        nothing = _tr("Nothing is missing here, and nothing was left out.")
        told = (*found.remarks, *self.doubts.found) if found else ()
        self.remarks.show_remarks(told, nothing if found else text)

    def _judge(self) -> None:
        found = self._outlook
        for field in (self.name, self.identity, self.pool, self.is_started):
            field.setEnabled(found is not None)
        told: Verdict = self.package.verdict(_tr("Choose the package to be imported."))
        if found is not None and not told[0]:
            name = names.refusal(self.name.text(), self._host.ref.host, self.context.lookup)
            told = (name, self.name_remark) if name else self._storage_verdict(found)
            told = told if told[0] else self.connections.verdict()
        self.identity_hint.setText(self._identity_words(found))
        self.set_refusal(told[0], told[1] if told[0] else None)
        if found is not None and told[1] is not self.package.remark:
            self.package.verdict("")  # a refusal that is over takes with it what stood there
        if not told[0] and not self.is_busy:
            self.doubts.follow(self.spec())

    def _storage_verdict(self, found: Outlook) -> Verdict:
        pool = next((one for one in found.pools if one.name == self.pool.name), None)
        if pool is None:
            return _tr("There is no storage location here to put its disks in."), self.pool.remark
        needed = found.contents.file_bytes
        if not pool.problem and pool.available_bytes < needed:
            text = _tr("Its disks hold {size}. Choose a location with as much room.")
            return text.format(size=wording.size(needed)), self.pool.remark
        return self.pool.verdict()

    def _identity_words(self, found: Outlook | None) -> str:
        if found is None:
            return ""
        if found.twin:
            text = _tr("“{name}” has its identity here, so it gets one of its own.")
            return text.format(name=found.twin)
        if Identity(self.identity.currentData() or "new") is Identity.KEPT:
            return _tr("It keeps its UUID and its addresses. The other one must not run any more.")
        return _tr("It gets a UUID and addresses of its own, and can run beside the other one.")


def _facts(found: Contents) -> str:
    """Return in words what a package holds."""
    count = _tr("one processor") if found.vcpus == 1 else _tr("{count} processors")
    machine = _tr("{name}: {processors}, {memory}, generation {generation}").format(
        name=found.name,
        processors=count.format(count=found.vcpus),
        memory=wording.size(found.memory_bytes),
        generation=wording.generation(found.firmware),
    )
    total = sum(disk.capacity_bytes for disk in found.disks)
    disks = _tr("{count} disks of {total}, {held} in the package").format(
        count=len(found.disks), total=wording.size(total), held=wording.size(found.file_bytes)
    )
    if len(found.disks) == 1:
        disks = _tr("one disk of {total}, {held} in the package").format(
            total=wording.size(total), held=wording.size(found.file_bytes)
        )
    parts = [machine, disks if found.disks else _tr("no disk")]
    if found.made_at:
        parts.append(_tr("exported {when}").format(when=wording.moment(found.made_at)))
    return "; ".join(parts)
