"""New Virtual Machine: asks page by page, has it made, and says on the spot what went wrong."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Host
from backend.specs import MachineSpec, SourceKind, Then
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import Row, ToneLabel
from console.sdk.nodes import Tone
from console.sdk.wizard import Wizard
from console.sdk.wizard_page import WizardPage
from console.snapins.machines import places
from console.snapins.machines.creation.before_page import BeforePage
from console.snapins.machines.creation.cloud_page import CloudPage
from console.snapins.machines.creation.disk_page import DiskPage
from console.snapins.machines.creation.generation_page import GenerationPage
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.creation.install_page import InstallPage
from console.snapins.machines.creation.memory_page import MemoryPage
from console.snapins.machines.creation.name_page import NamePage
from console.snapins.machines.creation.network_page import NetworkPage
from console.snapins.machines.creation.order import Copies, NewMachines, Order
from console.snapins.machines.creation.origin_page import OriginPage
from console.snapins.machines.creation.xml_edit import XmlEdit
from console.snapins.machines.devices.summary_page import SummaryPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class NewMachineWizard(Wizard):
    """Hyper-V's pages. It stays until the machine is there, so that a slip is put right in place.

    Who closes it meanwhile ends nothing: the job goes on, and stands among the jobs.
    """

    def __init__(self, context: Context, host: Host, parent: QWidget | None = None) -> None:
        self._host = host
        self.ground = Ground(context, host)
        self.before = BeforePage(context, host.name)
        self.name = NamePage(self.ground)
        self.origin = OriginPage(self.ground)
        self.generation = GenerationPage(self.ground)
        self.memory = MemoryPage(self.ground, self.name)
        self.network = NetworkPage(self.ground)
        self.disk = DiskPage(self.ground, self.name)
        self.installation = InstallPage(self.ground, self.disk, self.network)
        self.cloud = CloudPage(self.ground, self.disk)
        self.edit = XmlEdit(context, host)
        sentence = _tr("Finish makes it. Show as Script says how virsh and Python do it.")
        rows: Callable[[], tuple[Row, ...]] = lambda: self.edit.rows(self._rows())  # noqa: E731
        self.summary = SummaryPage(context, sentence, rows, "new machine/summary")
        self.is_started = QCheckBox(_tr("Start it when it is ready"))
        self.start_reason = ToneLabel(tone=Tone.MUTED)
        self.xml_button = QPushButton(_tr("Show XML..."))
        self._was_started = False
        self._end_xml: Unsubscribe | None = None
        self._add_to_summary()
        pages = (
            self.before, self.name, self.origin, self.generation, self.memory, self.network,
            self.disk, self.installation, self.cloud, self.summary,
        )  # fmt: skip
        title = _tr("New Virtual Machine")
        super().__init__(context, title, _tr("Finish"), pages, parent=parent)
        self._show_first()
        for page in (self.installation, self.origin):
            page.edited.connect(self._on_installation)
        self.finished.connect(self._leave)
        self.edit.changed.connect(self.summary.enter)
        self.name.begin()

    def specs(self) -> tuple[MachineSpec, ...]:
        """Return what is asked for: one spec a machine."""
        spec = MachineSpec("", SourceKind.NOTHING)
        for page in (self.name, *self._of_new()):
            spec = page.fill(spec) if page.applies() else spec
        return tuple(replace(spec, name=name) for name in self.name.names())

    def order(self) -> Order:
        """Return what the pages ask for."""
        if self.ground.is_copy and (origin := self.origin.origin):
            return Copies(origin, self.name.names(), self.origin.disks.copying)
        return NewMachines(self._host.ref, self.specs())

    @property
    @override
    def is_typed_in(self) -> bool:
        return super().is_typed_in or (self.edit.is_there and not self.is_handed_in)

    @override
    def way(self) -> list[WizardPage]:
        """Return the pages that one goes through: a copy is asked for nothing else."""
        if not self.ground.is_copy:
            return super().way()
        return [page for page in super().way() if page not in self._of_new()]

    @property
    def then(self) -> Then:
        """What becomes of it when it is made."""
        return Then.START if self.is_started.isChecked() else Then.STAY_OFF

    @override
    async def act(self, context: Context) -> None:
        self.edit.order(self.order()).submit(context, self.then)

    @override
    async def confirm(self) -> str:
        await self.edit.settle(self.order())
        handle = self.edit.order(self.order()).submit(self.context, self.then)
        return await self.see_through(handle, partial(places.show_made, self.context))

    @override
    def _show_page(self, page: WizardPage) -> None:
        super()._show_page(page)
        if self.edit.is_there and self.edit.is_outdated(self.order()):
            self.context.run(self.edit.settle(self.order()))

    @override
    def _enable(self) -> None:
        super()._enable()
        self.xml_button.setEnabled(self.script_button.isEnabled())

    def _of_new(self) -> tuple[AskingPage, ...]:
        return (
            self.generation, self.memory, self.network, self.disk, self.installation, self.cloud
        )  # fmt: skip

    def _asking(self) -> tuple[AskingPage, ...]:
        way = self.way()
        return tuple(page for page in (self.name, self.origin, *self._of_new()) if page in way)

    def _rows(self) -> tuple[Row, ...]:
        return tuple(row for page in self._asking() for row in page.facts())

    def _on_xml(self) -> None:
        # The button stays as it is meanwhile: one that is off gives the keyboard away.
        if self._end_xml is None:
            self._end_xml = self.context.run(self._show_xml())

    def _leave(self) -> None:
        self.ground.leave()
        if self._end_xml:
            self._end_xml()

    async def _show_xml(self) -> None:
        self._say(_tr("Asking the server how it would be made..."), Tone.MUTED)
        try:
            await self.edit.show(self.order(), self._rows(), self)
        except BackendError as error:
            self._say("\n".join((wording.sentence(error.problem), *error.detail)), Tone.BAD)
        else:
            self._say("", Tone.MUTED)
        finally:
            self._end_xml = None

    def _show_first(self) -> None:
        if not self.before.applies():
            self._show_page(self.name)

    def _on_installation(self) -> None:
        has_to = self.installation.has_to_start and not self.ground.is_copy
        if has_to is self.is_started.isEnabled():
            # What was there before is there again, where it has not to be any more.
            before, self._was_started = self._was_started, self.is_started.isChecked()
            self.is_started.setChecked(has_to or before)
            self.is_started.setEnabled(not has_to)
        words = _tr(
            "It has to start: an installer's kernel is loaded once, as the machine is made."
        )
        self.start_reason.setText(words if has_to else "")
        self.start_reason.setVisible(has_to)
        self.is_started.setAccessibleDescription(words if has_to else "")

    def _add_to_summary(self) -> None:
        copy = QPushButton(_tr("Copy"))
        copy.setAccessibleName(_tr("Copy the summary"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy)
        line = QHBoxLayout()
        line.addWidget(self.is_started)
        line.addStretch(1)
        self.xml_button.setAutoDefault(False)
        self.xml_button.clicked.connect(self._on_xml)
        line.addWidget(self.xml_button)
        line.addWidget(copy)
        self.start_reason.setWordWrap(True)
        self.start_reason.hide()
        self.summary.content.addLayout(line)
        self.summary.content.addWidget(self.start_reason)

    def _on_copy(self) -> None:
        rows = self.edit.rows(self._rows())
        lines = (f"{row.label}: {row.value}" for row in rows if row.value)
        QGuiApplication.clipboard().setText("\n".join(lines))
