"""Memory, and the processors that go with it."""

from dataclasses import replace
from functools import partial
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
from console.snapins.machines.creation.name_page import NamePage
from console.snapins.machines.dialogs.making import form_of

_STEP_MIB: Final = 256
_MOST_MIB: Final = 64 * 1024 * 1024
_LEAST_MIB: Final = 512
_MOST_PROCESSORS: Final = 512


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MemoryPage(AskingPage):
    """Asks how much it starts with, and between what the balloon may hold it then."""

    def __init__(self, ground: Ground, name: NamePage) -> None:
        super().__init__(
            ground.context,
            _tr("Memory"),
            _tr("Assign memory"),
            _tr("How much of the server's memory it has, and how many of its processors."),
        )
        set_topic(self, "new machine/memory")
        self._ground, self._name = ground, name
        self._own: set[QSpinBox] = set()
        self.startup, self.least, self.most = _mebibytes(), _mebibytes(), _mebibytes()
        self.is_dynamic = QCheckBox(_tr("Use dynamic memory for this virtual machine"))
        self.processors = QSpinBox()
        self.processors.setRange(1, _MOST_PROCESSORS)
        self.startup_remark = Remark(_tr("About the startup memory"))
        self.least_remark = Remark(_tr("About the minimum memory"))
        self.most_remark = Remark(_tr("About the maximum memory"))
        self.processors_remark = Remark(_tr("About the processors"))
        self._lay_out()
        self._propose()
        self._on_dynamic()
        for box in (self.startup, self.least, self.most, self.processors):
            box.valueChanged.connect(partial(self._on_typed, box))
        self.is_dynamic.toggled.connect(self._on_dynamic)
        ground.changed.connect(self._propose)
        ground.recognised.connect(self._propose)
        name.count.valueChanged.connect(self.edited)

    @override
    def enter(self) -> None:
        """Have the server asked anew what is free: it may be a while since it was."""
        self._ground.ask_free_memory()

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with memory and processors."""
        is_dynamic = self.is_dynamic.isChecked()
        return replace(
            spec,
            memory_bytes=self.startup.value() * MIB,
            memory_minimum_bytes=self.least.value() * MIB if is_dynamic else None,
            memory_maximum_bytes=self.most.value() * MIB if is_dynamic else None,
            vcpus=self.processors.value(),
        )

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        words = wording.size(self.startup.value() * MIB)
        if self.is_dynamic.isChecked():
            text = _tr("{startup} at the start, {least} to {most} then")
            least, most = (wording.size(box.value() * MIB) for box in (self.least, self.most))
            words = text.format(startup=words, least=least, most=most)
        return (Row(_tr("Memory"), words), Row(_tr("Processors"), str(self.processors.value())))

    @override
    def verdict(self) -> Verdict:
        startup = self.startup.value() * MIB
        if reason := self._against(startup):
            self.startup_remark.set_tone(Tone.WARNING)
            return reason, self.startup_remark
        self._tell_room()
        against = self._dynamic_verdict(startup) if self.is_dynamic.isChecked() else FITS
        return against if against[0] else self._processors_verdict()

    def _dynamic_verdict(self, startup: int) -> Verdict:
        least, most = self.least.value() * MIB, self.most.value() * MIB
        if least < MEMORY_MINIMUM_BYTES:
            text = _tr("Leave it {least} of memory or more.")
            return text.format(least=wording.size(MEMORY_MINIMUM_BYTES)), self.least_remark
        if least > startup:
            return _tr("The minimum is no more than what it starts with."), self.least_remark
        if most < startup:
            return _tr("The maximum is no less than what it starts with."), self.most_remark
        if least == most:
            return _tr("Minimum and maximum are the same: nothing could change."), self.most_remark
        reason = self._against_host(most)
        return (reason, self.most_remark) if reason else FITS

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

    def _on_typed(self, box: QSpinBox, _value: int) -> None:
        self._own.add(box)
        if box is self.startup:
            self._follow()
        self.edited.emit()

    def _on_dynamic(self) -> None:
        for box in (self.least, self.most):
            box.setEnabled(self.is_dynamic.isChecked())
        self.edited.emit()

    def _propose(self) -> None:
        """Have what is nobody's own be as the system wants it, or as usual if there is none."""
        system = self._ground.system
        memory = max(MEMORY_BYTES, system.memory_bytes if system else 0) // MIB
        usual = min(2, max(1, self._ground.host.processors))
        self._suggest(self.startup, memory)
        self._suggest(self.processors, max(usual, system.least_vcpus if system else 0))
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        """Have minimum and maximum fit what it starts with."""
        startup = self.startup.value()
        self._suggest(self.least, min(_LEAST_MIB, startup))
        has = self._ground.means.memory_bytes if self._ground.means else 0
        most = min(2 * startup, has // MIB) if has else 2 * startup
        self._suggest(self.most, max(startup, most))

    def _suggest(self, box: QSpinBox, value: int) -> None:
        # Not what stands there already: that would take the selection from who is about to type.
        if box not in self._own and box.value() != value:
            box.setValue(value)
            self._own.discard(box)

    def _tell_room(self) -> None:
        words, tone = self._room()
        self.startup_remark.set_tone(tone)
        if self.startup_remark.text() != words:
            self.startup_remark.setText(words)

    def _room(self) -> tuple[str, Tone]:
        """Return what is free on the server, and whether that is enough for all of them."""
        free = self._ground.means.free_memory_bytes if self._ground.means else 0
        if not free:
            return "", Tone.MUTED
        count = self._name.count.value()
        wanted = count * self.startup.value() * MIB
        if wanted <= free:
            text = _tr("{free} are free on the server now, {left} of it with this running.")
            left = wording.size(free - wanted)
            return text.format(free=wording.size(free), left=left), Tone.MUTED
        text = _tr("More than the {free} that are free on the server now: it may not start.")
        if count > 1:
            text = _tr("All {count} want {wanted}, and {free} are free on the server now: some "
                       "may not start.")  # fmt: skip
        words = text.format(free=wording.size(free), count=count, wanted=wording.size(wanted))
        return words, Tone.WARNING

    def _lay_out(self) -> None:
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("Startup memory"), self.startup),
            ("", self.startup_remark),
            ("", self.is_dynamic),
            (_tr("Minimum memory"), self.least),
            ("", self.least_remark),
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
