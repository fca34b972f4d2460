"""Quick Create: a machine with a real disk from one dialog."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from backend.defaults import GIB, MEMORY_MINIMUM_BYTES, MIB, USER_NETWORK
from backend.errors import BackendError, Problem
from backend.model import Host, Network
from backend.operations import machine
from backend.specs import MachineSpec, SourceKind
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import Dialog, Remark, form_layout
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.whole_file import typed_path
from console.snapins.machines import names
from console.snapins.machines.dialogs.making import see_through

_TYPING_MS = 300
_FIELD_WIDTH = 400
_FAVOURITE_NETWORKS = ("nat", "default")
_MEMORY_MIB = {SourceKind.DVD_IMAGE: 2048, SourceKind.DISK_IMAGE: 2048}
_DISK_GIB = {SourceKind.DVD_IMAGE: 20}


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


async def make(context: Context, host: Host, spec: MachineSpec, *, is_started: bool) -> None:
    """Have a machine made, shown and, if wanted, started; a failure brings the dialog back."""
    job = context.submit(machine.create, host.ref, spec)
    again = partial(QuickCreateDialog, context, host, spec=spec)
    await see_through(context, host, job, again, is_started=is_started)


class QuickCreateDialog(Dialog):
    """Asks for what cannot be guessed; everything else is proposed."""

    def __init__(
        self,
        context: Context,
        host: Host,
        parent: QWidget | None = None,
        *,
        spec: MachineSpec | None = None,
    ) -> None:
        super().__init__(context, _tr("Quick Create"), _tr("Create"), parent)
        self._host = host
        self._image_facts = self._image_refusal = ""
        self._failure = ""
        self._cancel: Unsubscribe | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._check_image)
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

    def show_failure(self, problem: Problem) -> None:
        """Say why the last attempt failed, until something is changed."""
        self._failure = "\n".join((wording.sentence(problem), *problem.detail))
        self._judge()

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
        found = self.context.lookup.records(Network, self._host.ref.host)
        switches = sorted(network.name for network in found if network.is_active)
        for name in switches:
            self.switch.addItem(name, name)
        self.switch.addItem(_tr("User-mode networking"), USER_NETWORK)
        self.switch.addItem(_tr("Not connected"), "")
        favourites = [name for name in _FAVOURITE_NETWORKS if name in switches]
        self.switch.setCurrentIndex(self.switch.findData((favourites or [USER_NETWORK])[0]))
        self.memory.setSpecialValueText(_tr("Automatic"))

    def _place(self) -> None:
        image = QHBoxLayout()
        image.setSpacing(2 * GRID)
        image.addWidget(self.path, 1)
        image.addWidget(self.browse)
        self._form = form_layout()
        self._image_row = 3
        for label, field in (
            (_tr("&Name"), self.name),
            ("", self.name_remark),
            (_tr("&Source"), self.source),
            (_tr("&Image"), image),
            ("", self.image_remark),
            (_tr("&Memory"), self.memory),
            ("", self.memory_remark),
            (_tr("&Disk size"), self.disk),
            (_tr("S&witch"), self.switch),
            ("", self.is_started),
        ):
            self._form.addRow(label, field)
            if isinstance(field, QWidget) and label:
                field.setAccessibleName(label.replace("&", ""))
        # A field in a row of its own layout is no buddy of the row's label by itself.
        if isinstance(name := self._form.labelForField(image), QLabel):
            name.setBuddy(self.path)
        self.path.setAccessibleName(_tr("Image"))
        self.path.setPlaceholderText(_tr("A file on this computer"))
        self.browse.setAccessibleName(_tr("Browse for the image"))
        self.browse.setAutoDefault(False)
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
        self.finished.connect(self._stop_checking)
        # Names come and go while the dialog is open.
        unsubscribe = self.context.subscribe(lambda _changes: self._judge())
        self.finished.connect(lambda _result: unsubscribe())

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
        patterns = "*.iso *.img" if is_dvd else "*.qcow2 *.img *.raw *.vmdk *.vhd *.vhdx *.vdi"
        wanted = _tr("DVD images") if is_dvd else _tr("Disk images")
        filters = f"{wanted} ({patterns});;{_tr('All files')} (*)"
        path, _filter = QFileDialog.getOpenFileName(
            self, _tr("Choose an image"), self.path.text(), filters
        )
        if path:
            self.path.setText(path)

    def _on_path(self) -> None:
        self._stop_checking()
        self._image_facts = self._image_refusal = ""
        if self._kind() is not SourceKind.SAMPLE_GUEST:
            is_empty = not self.path.text().strip()
            waiting = _tr("Looking at the image...")
            self._image_refusal = _tr("Choose the image to start from.") if is_empty else waiting
            if not is_empty:
                self._typing.start()
        self._on_edited()

    def _stop_checking(self) -> None:
        self._typing.stop()
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    def _check_image(self) -> None:
        path = typed_path(self.path.text().strip())
        self._cancel = self.context.run(self._look_at(path, self._kind()))

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

    def _on_edited(self) -> None:
        self._failure = ""
        self._judge()

    def _judge(self) -> None:
        name = names.refusal(self.name.text(), self._host.ref.host, self.context.lookup)
        memory = self._memory_refusal()
        refusals = (
            (name, self.name_remark),
            (self._image_refusal, self.image_remark),
            (memory, self.memory_remark),
        )
        reason, remark = next(((why, at) for why, at in refusals if why), ("", None))
        self.set_refusal(reason, remark)
        self._form.setRowVisible(self.memory_remark, remark is self.memory_remark)
        if remark is not self.image_remark:
            self.image_remark.setText(self._image_facts)
        self.image_remark.set_tone(Tone.WARNING if self._image_refusal else Tone.MUTED)
        if self._failure and not reason:
            self._say(self._failure, Tone.BAD)

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
