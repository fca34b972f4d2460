"""Its virtual hard disk: a new one, one that is there already, a cloud image, or none yet."""

from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QSpinBox
from typing_extensions import override

from backend.defaults import GIB
from backend.operations import machine
from backend.specs import MachineSpec, Placing, SourceKind
from console.sdk import wording
from console.sdk.forms import Remark, Row
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.creation.file_field import FileField
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.creation.name_page import NamePage
from console.snapins.machines.creation.parts import Parts
from console.snapins.machines.dialogs.making import IMAGE_PATTERNS, form_of
from console.widgets.choice_list import ChoiceList, Option

_SIZE_GIB: Final = 20
_LARGEST_GIB: Final = 64 * 1024


class DiskKind(Enum):
    """What becomes of the disk."""

    NEW = "new"
    EXISTING = "existing"
    CLOUD = "cloud"
    LATER = "later"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DiskPage(AskingPage):
    """Asks for the first disk."""

    def __init__(self, ground: Ground, name: NamePage) -> None:
        super().__init__(ground.context, _tr("Virtual hard disk"), _tr("Connect virtual hard disk"))
        set_topic(self, "new machine/disk")
        self._ground, self._name = ground, name
        self._is_own = False
        self.kinds = ChoiceList(_tr("Virtual hard disk"))
        self.kinds.offer(
            [
                Option("new", "ph.plus-circle", _tr("Create a virtual hard disk")),
                Option("existing", "ph.hard-drive", _tr("Use an existing virtual hard disk")),
                Option("cloud", "ph.cloud", _tr("Use a cloud image, prepared by cloud-init")),
                Option("later", "ph.clock", _tr("Attach a virtual hard disk later")),
            ]
        )
        self.size_box = _size_box(_SIZE_GIB)
        self.size_remark = Remark(_tr("About the size"))
        wanted = _tr("Disk images")
        self.existing = FileField(self.context, _tr("Disk image"), IMAGE_PATTERNS, wanted)
        self.placing = QComboBox()
        self.placing_remark = Remark(_tr("About what becomes of it"))
        self.cloud = FileField(self.context, _tr("Cloud image"), IMAGE_PATTERNS, wanted)
        self.cloud_size = _size_box(0)
        self.parts = Parts()
        self._lay_out()
        self._connect()

    @property
    def kind(self) -> DiskKind:
        """What becomes of the disk."""
        return DiskKind(self.kinds.key)

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with its first disk."""
        if self.kind is DiskKind.NEW:
            return replace(spec, disk_bytes=self.size_box.value() * GIB)
        if self.kind is DiskKind.EXISTING:
            return replace(
                spec,
                source=SourceKind.DISK_IMAGE,
                path=self.existing.file,
                placing=Placing(self.placing.currentData()),
            )
        if self.kind is DiskKind.CLOUD:
            return replace(
                spec,
                source=SourceKind.CLOUD_IMAGE,
                path=self.cloud.file,
                disk_bytes=self.cloud_size.value() * GIB or None,
            )
        return replace(spec, disk_bytes=0)

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        words = {
            DiskKind.NEW: _tr("New, {size}").format(size=wording.size(self.size_box.value() * GIB)),
            DiskKind.EXISTING: f"{self.existing.file}, {self.placing.currentText().lower()}",
            DiskKind.CLOUD: str(self.cloud.file),
            DiskKind.LATER: _tr("None"),
        }
        return (Row(_tr("Hard disk"), words[self.kind]),)

    @override
    def verdict(self) -> Verdict:
        missing = _tr("Choose the image of a disk.")
        if self.kind is DiskKind.NEW:
            return self._size_verdict()
        if self.kind is DiskKind.EXISTING:
            refused = self.existing.verdict(missing)
            return refused if refused[0] else self._placing_verdict()
        return self.cloud.verdict(missing) if self.kind is DiskKind.CLOUD else FITS

    @override
    def leave(self) -> None:
        super().leave()
        self.existing.stop()
        self.cloud.stop()

    def _size_verdict(self) -> Verdict:
        size, system = self.size_box.value() * GIB, self._ground.system
        if system and size < system.least_disk_bytes:
            self.size_remark.set_tone(Tone.WARNING)
            text = _tr("{name} needs {least} or more.")
            least = wording.size(system.least_disk_bytes)
            return text.format(name=system.name, least=least), self.size_remark
        free = self._ground.free_bytes(self._name.pool.name)
        hint = _tr("It is made empty, and grows as it is filled.")
        if free and size > free:
            hint = _tr("It can grow larger than the {free} that are free there.")
        self.size_remark.set_tone(Tone.WARNING if free and size > free else Tone.MUTED)
        hint = hint.format(free=wording.size(free))
        if self.size_remark.text() != hint:
            self.size_remark.setText(hint)
        return FITS

    def _placing_verdict(self) -> Verdict:
        is_in_place = Placing(self.placing.currentData()) is Placing.IN_PLACE
        if not is_in_place or self._name.count.value() == 1:
            return FITS
        reason = _tr(
            "Machines that write to one disk destroy it. Have it copied for each, or make one "
            "machine."
        )
        return reason, self.placing_remark

    def _propose(self) -> None:
        if not self._is_own:
            system = self._ground.system
            wanted = system.disk_bytes if system else 0
            size = max(_SIZE_GIB, -(-wanted // GIB))
            if size != self.size_box.value():
                self.size_box.setValue(size)
            self._is_own = False
        self.edited.emit()

    async def _look_at(self, kind: SourceKind, path: Path) -> str:
        placing = Placing.COPY
        if kind is SourceKind.DISK_IMAGE:
            placing = Placing(self.placing.currentData())
        facts = await self.context.query(
            machine.check_image, self._ground.host.ref, path, SourceKind.DISK_IMAGE, placing
        )
        size = wording.size(facts.virtual_size_bytes)
        return _tr("{format}, {size}").format(format=facts.format, size=size)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self.parts.show_part)
        self.kinds.chosen.connect(lambda _key: self.edited.emit())
        self.size_box.valueChanged.connect(self._on_size)
        self.existing.look = partial(self._look_at, SourceKind.DISK_IMAGE)
        self.cloud.look = partial(self._look_at, SourceKind.CLOUD_IMAGE)
        self.existing.edited.connect(self.edited)
        self.cloud.edited.connect(self.edited)
        self.cloud_size.valueChanged.connect(self.edited)
        self.placing.currentIndexChanged.connect(self.existing.again)
        self._ground.changed.connect(self.edited)
        self._ground.recognised.connect(self._propose)

    def _on_size(self) -> None:
        self._is_own = True
        self.edited.emit()

    def _lay_out(self) -> None:
        self.placing.addItem(_tr("Copied into the server's storage"), Placing.COPY.value)
        self.placing.addItem(_tr("Used where it lies; it must stay there"), Placing.IN_PLACE.value)
        self.cloud_size.setSpecialValueText(_tr("As the image"))
        self.content.addWidget(self.kinds)
        new = ((_tr("Size"), self.size_box), ("", self.size_remark))
        self.parts.add("new", form_of(new))
        old = (
            (_tr("File"), self.existing),
            (_tr("What becomes of it"), self.placing),
            ("", self.placing_remark),
        )
        self.parts.add("existing", form_of(old))
        image = ((_tr("File"), self.cloud), (_tr("Size"), self.cloud_size))
        self.parts.add("cloud", form_of(image), _tr("It is copied, so that it can be used again."))
        self.parts.add("later", None, _tr("Add Device does that, once the machine is made."))
        self.content.addWidget(self.parts)
        self.content.addStretch(1)


def _size_box(least: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1 if least else 0, _LARGEST_GIB)
    box.setValue(least)
    box.setSuffix(_tr(" GiB"))
    return box
