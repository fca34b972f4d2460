"""Add Device: whatever machines that run or are off can be given."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from backend.devices import When
from backend.jobs import Job, JobState
from backend.model import Domain
from backend.operations import device as verbs
from console.sdk.context import Context
from console.sdk.forms import Row
from console.sdk.wizard import Wizard
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.adapter_page import AdapterPage
from console.snapins.machines.devices.course_page import CoursePage, Errand
from console.snapins.machines.devices.device_page import DevicePage
from console.snapins.machines.devices.disk_page import NewDiskPage
from console.snapins.machines.devices.file_page import FilePage
from console.snapins.machines.devices.growth_page import CpuPage, MemoryPage
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.devices.part_kinds import PARTS
from console.snapins.machines.devices.part_page import PartPage
from console.snapins.machines.devices.summary_page import SummaryPage

_GROWN: Final = (kinds.MEMORY, kinds.PROCESSORS)
"""What is no device to plug in, and so needs no slot."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class AddDeviceWizard(Wizard):
    """Asks what is to be added, has it added to each machine, and shows what comes of it."""

    def __init__(
        self, context: Context, domains: Sequence[Domain], parent: QWidget | None = None
    ) -> None:
        self._domains = tuple(domains)
        self.kind = KindPage(context, domains)
        self.adapter = AdapterPage(context, self.kind)
        self.new_disk = NewDiskPage(context, self.kind)
        self.existing_disk = FilePage(context, self.kind, kinds.EXISTING_DISK)
        self.dvd = FilePage(context, self.kind, kinds.DVD_DRIVE)
        self.memory = MemoryPage(context, self.kind)
        self.processors = CpuPage(context, self.kind)
        own: tuple[DevicePage, ...] = (
            self.adapter, self.new_disk, self.existing_disk, self.dvd,
            self.memory, self.processors,
        )  # fmt: skip
        parts = (PartPage(context, self.kind, what) for what in PARTS)
        self.asking: tuple[DevicePage, ...] = (*own, *parts)
        sentence = _tr("Finish adds the device. Show as Script says how virsh and Python do it.")
        summary = SummaryPage(context, sentence, self._rows, "add device/summary")
        self.course = CoursePage(context, _tr("Adding"), "add device/course")
        asked = (self.kind, *self.asking, summary)
        super().__init__(context, _title(domains), _tr("Finish"), asked, self.course, parent)
        another = QPushButton(_tr("Add Another..."))
        another.clicked.connect(self._on_another)
        self.add_end_button(another)
        self.kind.begin()

    @property
    def asked_for(self) -> DevicePage:
        """The page of the kind that is chosen."""
        return next(page for page in self.asking if page.applies())

    @override
    async def act(self, context: Context) -> None:
        for domain in self._domains:
            context.submit(verbs.add, domain.ref, self.asked_for.specs(), self.kind.when.when)

    @override
    async def confirm(self) -> str:
        specs, when = self.asked_for.specs(), self.kind.when.when
        self.course.follow(
            [
                Errand(
                    domain.ref.key,
                    domain.name,
                    self._titles(domain.name),
                    self.context.submit(verbs.add, domain.ref, specs, when),
                    _tr("adding"),
                )
                for domain in self._domains
            ]
        )
        return ""

    def _titles(self, name: str) -> Callable[[Job | None], str]:
        thing = kinds.thing(self.kind.what.kind)
        if self.kind.what in _GROWN:
            return partial(_grown, name, thing)

        def title(job: Job | None) -> str:
            texts = {
                JobState.DONE: _tr("{name} has a new {thing}"),
                JobState.FAILED: _tr("{name} got no {thing}"),
                JobState.CANCELLED: _tr("{name}: adding a {thing} was cancelled"),
            }
            text = texts.get(job.state if job else JobState.RUNNING)
            return (text or _tr("Adding a {thing} to {name}")).format(name=name, thing=thing)

        return title

    def _rows(self) -> tuple[Row, ...]:
        when, outlook = self.kind.when.when, self.kind.outlook
        acts = _tr("Now, while it runs; it stays at the next start")
        if not outlook.runs:
            acts = _tr("From the next start on: it is off")
        elif when is When.NEXT_START:
            acts = _tr("At the next start")
        label = _tr("Machine") if len(self._domains) == 1 else _tr("Machines")
        return (
            Row(label, ", ".join(domain.name for domain in self._domains)),
            Row(_tr("Kind of device"), kinds.title(self.kind.what)),
            *self.asked_for.facts(),
            Row(_tr("When"), acts),
            Row(_tr("Room"), "" if self.kind.what in _GROWN else outlook.slots()),
        )

    def _on_another(self) -> None:
        lookup = self.context.lookup
        found = (lookup.record(domain.ref, Domain) for domain in self._domains)
        domains = tuple(domain for domain in found if domain)
        if domains:
            self.context.show_dialog(AddDeviceWizard(self.context, domains))
        self.accept()


def _grown(name: str, thing: str, job: Job | None) -> str:
    texts = {
        JobState.DONE: _tr("{name} has more {thing}"),
        JobState.FAILED: _tr("{name} got no more {thing}"),
        JobState.CANCELLED: _tr("{name}: adding {thing} was cancelled"),
    }
    text = texts.get(job.state if job else JobState.RUNNING)
    return (text or _tr("Giving {name} more {thing}")).format(name=name, thing=thing)


def _title(domains: Sequence[Domain]) -> str:
    if len(domains) == 1:
        return _tr("Add Device to {name}").format(name=domains[0].name)
    return _tr("Add Device to {count} Virtual Machines").format(count=len(domains))
