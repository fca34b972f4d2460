"""New Virtual Machine: asks page by page, has it made, and says on the spot what went wrong."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from backend.model import Host
from backend.operations import machine
from backend.specs import MachineSpec, SourceKind, Then
from console.sdk.context import Context
from console.sdk.forms import Row
from console.sdk.wizard import Wizard
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
        self.generation = GenerationPage(self.ground)
        self.memory = MemoryPage(self.ground, self.name)
        self.network = NetworkPage(self.ground)
        self.disk = DiskPage(self.ground, self.name)
        self.installation = InstallPage(self.ground, self.disk, self.network)
        self.cloud = CloudPage(self.ground, self.disk)
        sentence = _tr("Finish makes it. Show as Script says how virsh and Python do it.")
        self.summary = SummaryPage(context, sentence, self._rows, "new machine/summary")
        self.is_started = QCheckBox(_tr("Start it when it is ready"))
        self._was_started = False
        self._add_to_summary()
        pages = (
            self.before, self.name, self.generation, self.memory, self.network, self.disk,
            self.installation, self.cloud, self.summary,
        )  # fmt: skip
        title = _tr("New Virtual Machine")
        super().__init__(context, title, _tr("Finish"), pages, parent=parent)
        self._show_first()
        self.installation.edited.connect(self._on_installation)
        self.finished.connect(self.ground.leave)
        self.name.begin()

    def specs(self) -> tuple[MachineSpec, ...]:
        """Return what is asked for: one spec a machine."""
        spec = MachineSpec("", SourceKind.NOTHING)
        for page in self._asking():
            spec = page.fill(spec)
        return tuple(replace(spec, name=name) for name in self.name.names())

    @property
    def then(self) -> Then:
        """What becomes of it when it is made."""
        return Then.START if self.is_started.isChecked() else Then.STAY_OFF

    @override
    async def act(self, context: Context) -> None:
        context.submit(machine.create_all, self._host.ref, self.specs(), self.then)

    @override
    async def confirm(self) -> str:
        handle = self.context.submit(machine.create_all, self._host.ref, self.specs(), self.then)
        return await self.see_through(handle, partial(places.show_made, self.context))

    def _asking(self) -> tuple[AskingPage, ...]:
        pages: tuple[AskingPage, ...] = (
            self.name, self.generation, self.memory, self.network, self.disk, self.installation,
            self.cloud,
        )  # fmt: skip
        return tuple(page for page in pages if page.applies())

    def _rows(self) -> tuple[Row, ...]:
        return tuple(row for page in self._asking() for row in page.facts())

    def _show_first(self) -> None:
        if not self.before.applies():
            self._show_page(self.name)

    def _on_installation(self) -> None:
        has_to = self.installation.has_to_start
        if has_to is self.is_started.isEnabled():
            # What was there before is there again, where it has not to be any more.
            before, self._was_started = self._was_started, self.is_started.isChecked()
            self.is_started.setChecked(has_to or before)
            self.is_started.setEnabled(not has_to)
        words = _tr("What is loaded for an installation alone is loaded as the machine is made.")
        self.is_started.setToolTip(words if has_to else "")

    def _add_to_summary(self) -> None:
        copy = QPushButton(_tr("Copy"))
        copy.setAccessibleName(_tr("Copy the summary"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy)
        line = QHBoxLayout()
        line.addWidget(self.is_started)
        line.addStretch(1)
        line.addWidget(copy)
        self.summary.content.addLayout(line)

    def _on_copy(self) -> None:
        lines = (f"{row.label}: {row.value}" for row in self._rows() if row.value)
        QGuiApplication.clipboard().setText("\n".join(lines))
