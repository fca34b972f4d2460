"""Memory, and the processors that go with it."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget
from typing_extensions import override

from backend.defaults import MEMORY_BYTES, MEMORY_MINIMUM_BYTES, MIB
from backend.specs import MachineSpec
from console.sdk import wording
from console.sdk.forms import Remark, Row
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.dialogs.making import form_of

_STEP_MIB: Final = 256
_MOST_MIB: Final = 64 * 1024 * 1024
_MOST_PROCESSORS: Final = 512


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MemoryPage(AskingPage):
    """Asks how much it starts with, and whether that may grow."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground.context,
            _tr("Memory"),
            _tr("Assign memory"),
            _tr("How much of the server's memory it has, and how many of its processors."),
        )
        set_topic(self, "new machine/memory")
        self._ground = ground
        self._own: set[QSpinBox] = set()
        self.startup, self.most = _mebibytes(), _mebibytes()
        self.is_dynamic = QCheckBox(_tr("Use dynamic memory for this virtual machine"))
        self.processors = QSpinBox()
        self.processors.setRange(1, _MOST_PROCESSORS)
        self.startup_remark = Remark(_tr("About the startup memory"))
        self.most_remark = Remark(_tr("About the maximum memory"))
        self.processors_remark = Remark(_tr("About the processors"))
        self.hint = Remark(_tr("About the room on the server"), Tone.MUTED)
        self.most.setValue(2 * MEMORY_BYTES // MIB)
        self.most.setEnabled(False)
        self._lay_out()
        self._propose()
        self.startup.valueChanged.connect(lambda: self._on_typed(self.startup))
        self.most.valueChanged.connect(self.edited)
        self.processors.valueChanged.connect(lambda: self._on_typed(self.processors))
        self.is_dynamic.toggled.connect(self.most.setEnabled)
        self.is_dynamic.toggled.connect(self.edited)
        self.edited.connect(self._hint)
        ground.changed.connect(self.edited)
        ground.recognised.connect(self._propose)

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with memory and processors."""
        most = self.most.value() * MIB if self.is_dynamic.isChecked() else None
        return replace(
            spec,
            memory_bytes=self.startup.value() * MIB,
            memory_maximum_bytes=most,
            vcpus=self.processors.value(),
        )

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        words = wording.size(self.startup.value() * MIB)
        if self.is_dynamic.isChecked():
            most = wording.size(self.most.value() * MIB)
            words = _tr("{startup}, up to {most}").format(startup=words, most=most)
        return (Row(_tr("Memory"), words), Row(_tr("Processors"), str(self.processors.value())))

    @override
    def verdict(self) -> Verdict:
        startup = self.startup.value() * MIB
        if reason := self._against(startup):
            return reason, self.startup_remark
        if self.is_dynamic.isChecked():
            if self.most.value() * MIB <= startup:
                return _tr("Dynamic memory grows from what it starts with."), self.most_remark
            if reason := self._against_host(self.most.value() * MIB):
                return reason, self.most_remark
        return self._processors_verdict()

    def _against(self, startup: int) -> str:
        system = self._ground.system
        if startup < MEMORY_MINIMUM_BYTES:
            least = wording.size(MEMORY_MINIMUM_BYTES)
            return _tr("Give it {least} of memory or more.").format(least=least)
        if system and startup < system.least_memory_bytes:
            text = _tr("{name} does not install with less than {least}.")
            return text.format(name=system.name, least=wording.size(system.least_memory_bytes))
        return self._against_host(startup)

    def _against_host(self, wanted: int) -> str:
        has = self._ground.means.memory_bytes if self._ground.means else 0
        if has and wanted > has:
            return _tr("The server has {size} in all.").format(size=wording.size(has))
        return ""

    def _processors_verdict(self) -> Verdict:
        most = self._ground.means.vcpus_maximum if self._ground.means else 0
        if most and self.processors.value() > most:
            reason = _tr("The hypervisor gives a machine {count} at most.").format(count=most)
            return reason, self.processors_remark
        return FITS

    def _on_typed(self, box: QSpinBox) -> None:
        self._own.add(box)
        self.edited.emit()

    def _propose(self) -> None:
        """Have what is nobody's own be as the system wants it, or as usual if there is none."""
        system = self._ground.system
        memory = max(MEMORY_BYTES, system.memory_bytes if system else 0) // MIB
        usual = min(2, max(1, self._ground.host.processors))
        processors = max(usual, system.least_vcpus if system else 0)
        for box, value in ((self.startup, memory), (self.processors, processors)):
            if box not in self._own:
                box.setValue(value)
                self._own.discard(box)
        self.edited.emit()

    def _hint(self) -> None:
        free = self._ground.means.free_memory_bytes if self._ground.means else 0
        words = ""
        if free and not self.judge()[0] and self.startup.value() * MIB > free:
            words = _tr("More than the {free} that are free on the server now: it may not start.")
            self.hint.set_tone(Tone.WARNING)
        elif free:
            words = _tr("{free} are free on the server now.")
            self.hint.set_tone(Tone.MUTED)
        words = words.format(free=wording.size(free))
        if self.hint.text() != words:
            self.hint.setText(words)

    def _lay_out(self) -> None:
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("Startup memory"), self.startup),
            ("", self.startup_remark),
            ("", self.hint),
            ("", self.is_dynamic),
            (_tr("Maximum memory"), self.most),
            ("", self.most_remark),
            (_tr("Virtual processors"), self.processors),
            ("", self.processors_remark),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)


def _mebibytes() -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, _MOST_MIB)
    box.setSingleStep(_STEP_MIB)
    box.setSuffix(_tr(" MiB"))
    return box
