"""The generation: what the machine boots with."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QRadioButton
from typing_extensions import override

from backend.model import Firmware
from backend.specs import MachineSpec
from console.sdk import wording
from console.sdk.forms import Remark, Row, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.creation.ground import AskingPage, Ground


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class GenerationPage(AskingPage):
    """Asks for BIOS or UEFI, and says why one of them will not do."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground.context,
            _tr("Generation"),
            _tr("Specify generation"),
            _tr("It cannot be changed later: a system boots with the one it was installed with."),
        )
        set_topic(self, "new machine/generation")
        self._ground = ground
        self.first = QRadioButton(_tr("Generation 1 (BIOS)"))
        self.second = QRadioButton(_tr("Generation 2 (UEFI)"))
        self.is_secure = QCheckBox(_tr("Secure Boot: only signed systems start"))
        self.remark = Remark(_tr("About the generation"))
        self._is_chosen = False
        self._lay_out()
        self.first.setChecked(True)
        for button in (self.first, self.second):
            button.clicked.connect(self._on_chosen)
            button.toggled.connect(self._on_edited)
        self.is_secure.toggled.connect(self.edited)
        self.is_secure.clicked.connect(self._on_chosen)  # it means the generation that has it
        self._on_edited()
        ground.changed.connect(self.edited)
        ground.recognised.connect(self._propose)

    @property
    def firmware(self) -> Firmware:
        """What it boots with."""
        return Firmware.UEFI if self.second.isChecked() else Firmware.BIOS

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with the firmware."""
        is_secure = self.second.isChecked() and self.is_secure.isChecked()
        return replace(spec, firmware=self.firmware, has_secure_boot=is_secure)

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        secure = _tr("On") if self.is_secure.isChecked() else _tr("Off")
        return (
            Row(_tr("Generation"), wording.generation(self.firmware)),
            Row(_tr("Secure Boot"), secure if self.second.isChecked() else ""),
        )

    @override
    def verdict(self) -> Verdict:
        means, system = self._ground.means, self._ground.system
        if self.first.isChecked():
            if system and system.firmware is Firmware.UEFI:
                reason = _tr("{name} does not start with BIOS. Choose generation 2.")
                return reason.format(name=system.name), self.remark
            return FITS
        problem = means.uefi if means else None
        if means and self.is_secure.isChecked():
            problem = problem or means.secure_boot
        return (wording.sentence(problem), self.remark) if problem else FITS

    def _on_chosen(self) -> None:
        self._is_chosen = True

    def _on_edited(self) -> None:
        self.is_secure.setEnabled(self.second.isChecked())
        self.edited.emit()

    def _propose(self) -> None:
        if not self._is_chosen:
            system = self._ground.system
            wants_uefi = system is not None and system.firmware is Firmware.UEFI
            (self.second if wants_uefi else self.first).setChecked(True)
        self.edited.emit()

    def _lay_out(self) -> None:
        about = (
            (self.first, _tr("For older systems, and for any whose disk has an MBR.")),
            (self.second, _tr("For what is installed today; it also starts from large disks.")),
        )
        for button, words in about:
            label = ToneLabel(words, Tone.MUTED)
            label.setWordWrap(True)
            label.setContentsMargins(6 * GRID, 0, 0, 0)
            button.setAccessibleDescription(words)
            self.content.addWidget(button)
            self.content.addWidget(label)
        self.content.addWidget(self.is_secure)
        self.content.addWidget(self.remark)
        self.content.addStretch(1)
