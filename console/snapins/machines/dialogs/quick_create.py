"""Quick Create: a machine with a real disk from one dialog."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from backend.defaults import GIB, MEMORY_MINIMUM_BYTES, MIB
from backend.errors import BackendError
from backend.model import Host
from backend.operations import machine
from backend.specs import MachineSpec, SourceKind
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.file_question import ask_file
from console.sdk.forms import Remark
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
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

_FIELD_WIDTH = 400
_MEMORY_MIB = {SourceKind.DVD_IMAGE: 2048, SourceKind.DISK_IMAGE: 2048}
_DISK_GIB = {SourceKind.DVD_IMAGE: 20}


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


async def make(context: Context, host: Host, spec: MachineSpec, *, is_started: bool) -> None:
    """Have a machine made, shown and, if wanted, started; a failure brings the dialog back."""
    job = context.submit(machine.create, host.ref, spec)
    again = partial(QuickCreateDialog, context, host, spec=spec)
    await see_through(context, host, job, again, is_started=is_started)


class QuickCreateDialog(MakingDialog):
    """Asks for what cannot be guessed; everything else is proposed."""

    def __init__(
        self,
        context: Context,
        host: Host,
        parent: QWidget | None = None,
        *,
        spec: MachineSpec | None = None,
    ) -> None:
        super().__init__(context, host, _tr("Quick Create"), _tr("Create"), parent)
        self._image_facts = self._image_refusal = ""
        self.name = QLineEdit(names.proposal(host.ref.host, context.lookup))
        self.source = QComboBox()
        self.path = QLineEdit()
        self.browse = QPushButton(_tr("Browse..."))
        self.name_remark = Remark(_tr("About the name"))
        self.image_remark = Remark(_tr("About the image"))
        self.memory_remark = Remark(_tr("About the memory"))
        self.memory = _spin_box(_tr(" MiB"), host.memory_bytes // MIB or 1024 * 1024, step=256)
        self.disk = _spin_box(_tr(" GiB"), 64 * 1024, step=1)
        self.switch = QComboBox()
        self.is_started = QCheckBox(_tr("Start it when it is ready"))
        self.is_started.setChecked(True)
        self._fill()
        self._place()
        self._set_topics()
        self._connect()
        self._on_source()
        if spec is not None:
            self._take_over(spec)

    def spec(self) -> MachineSpec:
        """Return what the dialog asks for."""
        kind = self._kind()
        path = self.path.text().strip()
        return MachineSpec(
            name=self.name.text(),
            source=kind,
            path=typed_path(path) if path and kind is not SourceKind.SAMPLE_GUEST else None,
            memory_bytes=self.memory.value() * MIB or None,
            disk_bytes=self.disk.value() * GIB or None,
            network=str(self.switch.currentData()),
        )

    @override
    async def act(self, context: Context) -> None:
        is_started = self.is_started.isChecked()
        context.run(make(context, self._host, self.spec(), is_started=is_started))

    def _kind(self) -> SourceKind:
        return SourceKind(self.source.currentData())

    def _fill(self) -> None:
        if self._host.is_embedded:
            self.source.addItem(_tr("Sample guest"), SourceKind.SAMPLE_GUEST.value)
        self.source.addItem(_tr("Installation DVD image (ISO)"), SourceKind.DVD_IMAGE.value)
        self.source.addItem(_tr("Disk image (copied)"), SourceKind.DISK_IMAGE.value)
        offer_switches(self.switch, self.context, self._host)
        self.memory.setSpecialValueText(_tr("Automatic"))

    def _place(self) -> None:
        self._image_row = 3
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (_tr("&Name"), self.name),
            ("", self.name_remark),
            (_tr("&Source"), self.source),
            (_tr("&Image"), file_line(self.path, self.browse)),
            ("", self.image_remark),
            (_tr("&Memory"), self.memory),
            ("", self.memory_remark),
            (_tr("&Disk size"), self.disk),
            (_tr("S&witch"), self.switch),
            ("", self.is_started),
        )
        self._form = form_of(rows)
        self.path.setPlaceholderText(_tr("A file on this computer"))
        self.browse.setAccessibleName(_tr("Browse for the image"))
        self.name.setMinimumWidth(_FIELD_WIDTH)
        self.content.addLayout(self._form)

    def _set_topics(self) -> None:
        fields: tuple[tuple[QWidget, str], ...] = (
            (self.name, "name"),
            (self.source, "source"),
            (self.path, "image"),
            (self.browse, "image"),
            (self.memory, "memory"),
            (self.disk, "memory"),
            (self.switch, "switch"),
        )
        for field, topic in fields:
            set_topic(field, f"quick create/{topic}")

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_edited)
        self.source.currentIndexChanged.connect(self._on_source)
        self.path.textChanged.connect(self._on_path)
        self.browse.clicked.connect(self._on_browse)
        self.memory.valueChanged.connect(self._on_edited)
        self.disk.valueChanged.connect(self._on_edited)
        self.switch.currentIndexChanged.connect(self._on_edited)
        self._follow_names()

    def _take_over(self, spec: MachineSpec) -> None:
        self.name.setText(spec.name)
        self.source.setCurrentIndex(max(0, self.source.findData(spec.source.value)))
        self.path.setText(str(spec.path or ""))
        self.memory.setValue((spec.memory_bytes or 0) // MIB)
        self.disk.setValue((spec.disk_bytes or 0) // GIB)
        self.switch.setCurrentIndex(max(0, self.switch.findData(spec.network)))

    def _on_source(self) -> None:
        kind = self._kind()
        has_image = kind is not SourceKind.SAMPLE_GUEST
        self._form.setRowVisible(self._image_row, has_image)
        self._form.setRowVisible(self._image_row + 1, has_image)
        self.memory.setValue(_MEMORY_MIB.get(kind, 0))
        is_copy = kind is SourceKind.DISK_IMAGE
        self.disk.setSpecialValueText(_tr("As the image") if is_copy else _tr("Automatic"))
        self.disk.setValue(_DISK_GIB.get(kind, 0))
        self._on_path()

    def _on_browse(self) -> None:
        is_dvd = self._kind() is SourceKind.DVD_IMAGE
        patterns = "*.iso *.img" if is_dvd else IMAGE_PATTERNS
        wanted = f"{_tr('DVD images') if is_dvd else _tr('Disk images')} ({patterns})"
        take = partial(put_in, self.path)
        ask_file(self, _tr("Choose an image"), take, at=self.path.text(), wanted=wanted)

    def _on_path(self) -> None:
        self._stop()
        self._image_facts = self._image_refusal = ""
        if self._kind() is not SourceKind.SAMPLE_GUEST:
            is_empty = not self.path.text().strip()
            waiting = _tr("Looking at the image...")
            self._image_refusal = _tr("Choose the image to start from.") if is_empty else waiting
            if not is_empty:
                self._typing.start()
        self._on_edited()

    @override
    def _look(self) -> None:
        self._run(self._look_at(typed_path(self.path.text().strip()), self._kind()))

    async def _look_at(self, path: Path, kind: SourceKind) -> None:
        try:
            facts = await self.context.query(machine.check_image, self._host.ref, path, kind)
        except BackendError as error:
            self._image_refusal = wording.sentence(error.problem)
        else:
            self._image_refusal = ""
            size = wording.size(facts.virtual_size_bytes)
            self._image_facts = _tr("{format}, {size}").format(format=facts.format, size=size)
        self._judge()

    @override
    def _judge(self) -> None:
        name = names.refusal(self.name.text(), self._host.ref.host, self.context.lookup)
        memory = self._memory_refusal()
        refusals = (
            (name, self.name_remark),
            (self._image_refusal, self.image_remark),
            (memory, self.memory_remark),
        )
        reason, remark = next(((why, at) for why, at in refusals if why), ("", None))
        self._tell(reason, remark)
        self._form.setRowVisible(self.memory_remark, remark is self.memory_remark)
        if remark is not self.image_remark:
            self.image_remark.setText(self._image_facts)
        self.image_remark.set_tone(Tone.WARNING if self._image_refusal else Tone.MUTED)

    def _memory_refusal(self) -> str:
        if 0 < self.memory.value() * MIB < MEMORY_MINIMUM_BYTES:
            least = wording.size(MEMORY_MINIMUM_BYTES)
            return _tr("Give it {least} of memory or more, or leave it automatic.").format(
                least=least
            )
        return ""


def _spin_box(suffix: str, maximum: int, *, step: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, min(maximum, 2**30))
    box.setSingleStep(step)
    box.setSuffix(suffix)
    return box
