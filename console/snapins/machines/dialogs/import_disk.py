"""Import Existing Disk: a machine around the image of a disk, copied or used where it lies."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from backend.defaults import MEMORY_BYTES, MEMORY_MINIMUM_BYTES, MIB, is_name_fit
from backend.errors import BackendError
from backend.model import Firmware, Host, StorageVolume
from backend.operations import machine
from backend.specs import MachineSpec, Placing, SourceKind
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.file_question import ask_file
from console.sdk.forms import Remark
from console.sdk.nodes import Tone
from console.sdk.typed_text import put_in
from console.sdk.whole_file import typed_path
from console.snapins.machines import names
from console.snapins.machines.dialogs.making import (
    IMAGE_PATTERNS,
    MakingDialog,
    file_line,
    form_of,
    offer_switches,
    see_through,
)

_FIELD_WIDTH = 420


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


async def make(context: Context, host: Host, spec: MachineSpec, *, is_started: bool) -> None:
    """Have the machine made, shown and, if wanted, started; a failure brings the dialog back."""
    job = context.submit(machine.create, host.ref, spec)
    again = partial(ImportDialog, context, host, spec=spec)
    await see_through(context, host, job, again, is_started=is_started)


class ImportDialog(MakingDialog):
    """The disks first; what they are decides what is proposed for the rest."""

    def __init__(
        self,
        context: Context,
        host: Host,
        parent: QWidget | None = None,
        *,
        spec: MachineSpec | None = None,
    ) -> None:
        super().__init__(context, host, _tr("Import Existing Disk"), _tr("Import"), parent)
        self._refusals: dict[Path, str] = {}
        self._facts: dict[Path, str] = {}
        self.path = QLineEdit()
        self.browse = QPushButton(_tr("Browse..."))
        self.more = QLineEdit()
        self.placing = QComboBox()
        self.image_remark = Remark(_tr("About the disk"))
        self._proposed = names.proposal(host.ref.host, context.lookup)
        self.name = QLineEdit(self._proposed)
        self.name_remark = Remark(_tr("About the name"))
        self.memory, self.processors = QSpinBox(), QSpinBox()
        self.generation, self.bus, self.switch = QComboBox(), QComboBox(), QComboBox()
        self.is_started = QCheckBox(_tr("Start it when it is ready"))
        self._fill()
        self._place_widgets()
        self._connect()
        if spec is not None:
            self._take_over(spec)
        self._on_path()

    def spec(self) -> MachineSpec:
        """Return what the dialog asks for."""
        paths = self._paths()
        return MachineSpec(
            name=self.name.text(),
            source=SourceKind.DISK_IMAGE,
            path=paths[0] if paths else None,
            memory_bytes=self.memory.value() * MIB,
            vcpus=self.processors.value(),
            network=str(self.switch.currentData()),
            more_disks=tuple(paths[1:]),
            placing=self._placing(),
            firmware=Firmware(self.generation.currentData()),
            disk_bus=str(self.bus.currentData()),
        )

    @override
    async def act(self, context: Context) -> None:
        is_started = self.is_started.isChecked()
        context.run(make(context, self._host, self.spec(), is_started=is_started))

    def _placing(self) -> Placing:
        return Placing(self.placing.currentData())

    def _paths(self) -> list[Path]:
        typed = [self.path.text(), *self.more.text().split(";")]
        return [typed_path(text) for text in typed if text.strip()]

    def _fill(self) -> None:
        for text, placing in (
            (_tr("Copied into the server's storage, as qcow2"), Placing.COPY),
            (_tr("Used where it lies; it must stay there"), Placing.IN_PLACE),
        ):
            self.placing.addItem(text, placing.value)
        for text, firmware in (
            (_tr("1 (BIOS): older systems, and any whose disk has an MBR"), Firmware.BIOS),
            (_tr("2 (UEFI): the disk has an EFI system partition"), Firmware.UEFI),
        ):
            self.generation.addItem(text, firmware.value)
        for text, bus in (
            (_tr("SATA: any system finds it"), ""),
            (_tr("virtio: faster; the system needs its driver"), "virtio"),
            (_tr("SCSI"), "scsi"),
        ):
            self.bus.addItem(text, bus)
        self.memory.setRange(MEMORY_MINIMUM_BYTES // MIB, self._host.memory_bytes // MIB or 2**20)
        self.memory.setSingleStep(256)
        self.memory.setSuffix(_tr(" MiB"))
        self.memory.setValue(MEMORY_BYTES // MIB)
        self.processors.setRange(1, max(1, self._host.processors))
        self.processors.setValue(min(2, max(1, self._host.processors)))
        offer_switches(self.switch, self.context, self._host)
        volumes = self.context.lookup.records(StorageVolume, self._host.ref.host)
        self.path.setCompleter(QCompleter(sorted(volume.path for volume in volumes), self))

    def _place_widgets(self) -> None:
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (_tr("&Disk"), file_line(self.path, self.browse)),
            (_tr("&Further disks"), self.more),
            (_tr("&It is"), self.placing),
            ("", self.image_remark),
            (_tr("&Name"), self.name),
            ("", self.name_remark),
            (_tr("&Generation"), self.generation),
            (_tr("&Memory"), self.memory),
            (_tr("&Processors"), self.processors),
            (_tr("Disk &bus"), self.bus),
            (_tr("S&witch"), self.switch),
            ("", self.is_started),
        )
        self.path.setPlaceholderText(_tr("qcow2, raw, vmdk, vdi or vhdx"))
        self.more.setPlaceholderText(_tr("None; several are separated by ;"))
        self.browse.setAccessibleName(_tr("Browse for the disk"))
        self.path.setMinimumWidth(_FIELD_WIDTH)
        self.content.addLayout(form_of(rows))

    def _connect(self) -> None:
        for line in (self.path, self.more):
            line.textChanged.connect(self._on_path)
        self.placing.currentIndexChanged.connect(self._on_path)
        self.browse.clicked.connect(self._on_browse)
        self.name.textChanged.connect(self._on_edited)
        self._follow_names()

    def _take_over(self, spec: MachineSpec) -> None:
        self.path.setText(str(spec.path or ""))
        self.more.setText("; ".join(map(str, spec.more_disks)))
        self.name.setText(spec.name)
        self._proposed = ""
        self.memory.setValue((spec.memory_bytes or MEMORY_BYTES) // MIB)
        self.processors.setValue(spec.vcpus or 1)
        for box, value in (
            (self.placing, spec.placing.value),
            (self.generation, spec.firmware.value),
            (self.bus, spec.disk_bus),
            (self.switch, spec.network),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))

    def _on_browse(self) -> None:
        wanted = _tr("Disk images ({patterns})").format(patterns=IMAGE_PATTERNS)
        ask_file(self, _tr("Choose the Disk"), partial(put_in, self.path), wanted=wanted)

    def _on_path(self) -> None:
        self._stop()
        self._refusals, self._facts = {}, {}
        if self._paths():
            self._typing.start()
        self._on_edited()

    @override
    def _look(self) -> None:
        for path in self._paths():
            self._run(self._look_at(path, self._placing()))

    async def _look_at(self, path: Path, placing: Placing) -> None:
        kind = SourceKind.DISK_IMAGE
        try:
            facts = await self.context.query(
                machine.check_image, self._host.ref, path, kind, placing
            )
        except BackendError as error:
            self._refusals[path] = wording.sentence(error.problem)
        else:
            self._refusals[path] = ""
            size = wording.size(facts.virtual_size_bytes)
            self._facts[path] = _tr("{format}, {size}").format(format=facts.format, size=size)
            if path == self._paths()[0]:
                self._propose(path, facts.firmware)
        self._judge()

    def _propose(self, path: Path, firmware: Firmware | None) -> None:
        """Call the machine after its disk, unless somebody named it, and have it boot from that."""
        if self.name.text() == self._proposed:
            host, wanted = self._host.ref.host, path.stem.strip()
            wanted = wanted if is_name_fit(wanted) else ""
            self._proposed = names.proposal(host, self.context.lookup, wanted)
            self.name.setText(self._proposed)
        if firmware:
            self.generation.setCurrentIndex(self.generation.findData(firmware.value))

    def _image_refusal(self) -> str:
        paths = self._paths()
        if not paths:
            return _tr("Choose the disk of the machine.")
        if len(set(paths)) < len(paths):
            return _tr("A disk stands there twice. Name each once.")
        refusals = [self._refusals.get(path) for path in paths]
        told = next((reason for reason in refusals if reason), "")
        return told or (_tr("Looking at the disk...") if None in refusals else "")

    @override
    def _judge(self) -> None:
        name = names.refusal(self.name.text(), self._host.ref.host, self.context.lookup)
        image = self._image_refusal()
        reason, remark = (image, self.image_remark) if image else (name, self.name_remark)
        self._tell(reason, remark)
        if not image:
            self.image_remark.setText("; ".join(self._facts.values()))
        self.image_remark.set_tone(Tone.WARNING if image else Tone.MUTED)
