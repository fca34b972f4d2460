"""Installation options: what its system comes from."""

from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from backend.defaults import USER_NETWORK
from backend.errors import BackendError
from backend.operations import machine, systems
from backend.specs import BootFile, GuestSystem, KernelSpec, MachineSpec, SourceKind
from console.sdk import wording
from console.sdk.forms import Remark, Row
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.creation.disk_page import DiskKind, DiskPage
from console.snapins.machines.creation.file_field import FileField
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.creation.network_page import NetworkPage
from console.snapins.machines.creation.parts import Parts, align
from console.snapins.machines.creation.system_box import SystemBox
from console.snapins.machines.dialogs.making import form_of
from console.widgets.choice_list import ChoiceList, Option

_KERNELS: Final = "linux* vmlinuz* bzImage* kernel*"
_RAM_DISKS: Final = "initrd* initramfs* *.gz *.img"


class Install(Enum):
    """Where the system comes from."""

    LATER = "later"
    DVD = "dvd"
    NETWORK = "network"
    KERNEL = "kernel"
    SAMPLE = "sample"


_SOURCES: Final = {
    Install.DVD: SourceKind.DVD_IMAGE,
    Install.NETWORK: SourceKind.NETWORK,
    Install.KERNEL: SourceKind.KERNEL,
    Install.SAMPLE: SourceKind.SAMPLE_GUEST,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class InstallPage(AskingPage):
    """Asks for an installer. A DVD image is recognised, and what it wants is proposed then."""

    def __init__(self, ground: Ground, disk: DiskPage, network: NetworkPage) -> None:
        super().__init__(ground.context, _tr("Installation options"), _tr("Installation options"))
        set_topic(self, "new machine/installation")
        self._ground, self._disk, self._network = ground, disk, network
        self._recognised: tuple[Path, GuestSystem | None] | None = None
        self.kinds = ChoiceList(_tr("Installation options"))
        self.kinds.offer(_options(is_embedded=ground.host.is_embedded))
        self.dvd = FileField(self.context, _tr("DVD image"), "*.iso *.img", _tr("DVD images"))
        self.network_remark = Remark(_tr("About the installation server"))
        self.kernel = FileField(self.context, _tr("Kernel"), _KERNELS, _tr("Kernels"))
        self.ram_disk = FileField(
            self.context, _tr("Initial RAM disk"), _RAM_DISKS, _tr("Initial RAM disks")
        )
        self.command_line = QLineEdit()
        self.is_for_installation = QCheckBox(
            _tr("For the installation alone: afterwards it starts from its disk")
        )
        self.is_for_installation.setChecked(True)
        self.system_box = SystemBox(self.context, ground.host.ref)
        self.parts = Parts()
        self._lay_out()
        self._connect()

    @override
    def enter(self) -> None:
        """Have the list of systems fetched: it is wanted here first."""
        self.system_box.begin()

    @property
    def kind(self) -> Install:
        """Where the system comes from."""
        return Install(self.kinds.key)

    @property
    def system(self) -> GuestSystem | None:
        """What the source that is chosen installs; None: that is not known, or it is nothing."""
        if not self.applies() or self.kind is Install.SAMPLE:
            return None
        if self.system_box.is_by_hand:
            return self.system_box.system
        if self.kind is not Install.DVD or not self._recognised:
            return None
        path, system = self._recognised
        return system if path == self.dvd.file else None

    @property
    def has_to_start(self) -> bool:
        """Whether it has to be started as it is made: an installer's kernel is loaded once."""
        return self.applies() and self.kind is Install.KERNEL and self._is_once()

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with its source."""
        system = self.system
        spec = replace(spec, system=system.id if system else "")
        source = _SOURCES.get(self.kind)
        if source is None:
            return spec
        if spec.source is SourceKind.DISK_IMAGE:
            disks = (spec.path,) if spec.path else ()
            spec = replace(spec, path=None, more_disks=disks, disk_bytes=0)
        spec = replace(spec, source=source)
        if self.kind is Install.DVD:
            return replace(spec, path=self.dvd.file)
        return replace(spec, kernel=self._kernel()) if self.kind is Install.KERNEL else spec

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        option = self.kinds.option
        row = Row(_tr("Installation"), option.title if option else "")
        system = Row(_tr("Operating system"), self.system.name if self.system else "")
        if self.kind is Install.DVD:
            return row, Row(_tr("DVD image"), str(self.dvd.file or "")), system
        if self.kind is not Install.KERNEL:
            return row, system
        return (
            row,
            system,
            Row(_tr("Kernel"), str(self.kernel.file or "")),
            Row(_tr("Initial RAM disk"), str(self.ram_disk.file or "")),
            Row(_tr("Command line"), self.command_line.text()),
        )

    @override
    def applies(self) -> bool:
        return self._disk.kind is not DiskKind.CLOUD

    @override
    def verdict(self) -> Verdict:
        found = self._source_verdict()
        if found[0] or self.kind is Install.SAMPLE:
            return found
        return self.system_box.verdict()

    def _source_verdict(self) -> Verdict:
        if self.kind is Install.DVD:
            return self.dvd.verdict(_tr("Choose the image of an installation DVD."))
        if self.kind is Install.NETWORK and self._network.network in ("", USER_NETWORK):
            reason = _tr(
                "An installation server is reached by a virtual switch alone. Choose one under "
                "Networking."
            )
            return reason, self.network_remark
        if self.kind is not Install.KERNEL:
            return FITS
        found = self.kernel.verdict(_tr("Choose a kernel."))
        return found if found[0] else self.ram_disk.verdict("")

    @override
    def leave(self) -> None:
        super().leave()
        for field in (self.dvd, self.kernel, self.ram_disk):
            field.stop()
        self.system_box.leave()

    def _is_once(self) -> bool:
        return self.is_for_installation.isChecked()

    def _kernel(self) -> KernelSpec | None:
        kernel = self.kernel.file
        if kernel is None:
            return None
        line = " ".join(self.command_line.text().split())
        return KernelSpec(kernel, self.ram_disk.file, line, self._is_once())

    async def _look_at_dvd(self, path: Path) -> str:
        host = self._ground.host.ref
        self._recognised = None
        facts = await self.context.query(machine.check_image, host, path, SourceKind.DVD_IMAGE)
        size = wording.size(facts.virtual_size_bytes)
        try:
            system = await self.context.query(systems.recognise, host, path)
        except BackendError as error:
            return f"{size}. {wording.sentence(error.problem)}"
        self._recognised = path, system
        if system is None:
            return _tr("{size}; which system it installs is not known.").format(size=size)
        text = _tr("{name}, {size}. What you left open is set to what it wants.")
        return text.format(name=system.name, size=size)

    async def _look_at_boot_file(self, part: BootFile, path: Path) -> str:
        host = self._ground.host.ref
        facts = await self.context.query(machine.check_boot_file, host, path, part)
        return wording.size(facts.virtual_size_bytes)

    def _on_kind(self, key: str) -> None:
        self.parts.show_part(key)
        self.system_form.setVisible(self.kind is not Install.SAMPLE)
        if self.kind is Install.DVD:
            self.dvd.again()
        else:
            self.dvd.stop()
        self.edited.emit()

    def _tell_system(self) -> None:
        self._ground.take(self.system)

    def _connect(self) -> None:
        self.edited.connect(self._tell_system)
        self._disk.kinds.chosen.connect(self._tell_system)
        self.kinds.chosen.connect(self._on_kind)
        self.dvd.look = self._look_at_dvd
        self.kernel.look = partial(self._look_at_boot_file, BootFile.KERNEL)
        self.ram_disk.look = partial(self._look_at_boot_file, BootFile.RAM_DISK)
        for field in (self.dvd, self.kernel, self.ram_disk):
            field.edited.connect(self.edited)
        self.command_line.textChanged.connect(self.edited)
        self.system_box.edited.connect(self.edited)
        self.is_for_installation.toggled.connect(self.edited)

    def _lay_out(self) -> None:
        self.command_line.setPlaceholderText(_tr("What the kernel is told, such as console=ttyS0"))
        self.content.addWidget(self.kinds)
        later = _tr("It starts from its disk. Until there is a system on that, it finds none.")
        self.parts.add(Install.LATER.value, None, later)
        dvd = form_of(((_tr("File"), self.dvd),))
        self.parts.add(Install.DVD.value, dvd)
        server = _tr("As long as its disk is empty, it asks for a boot server by PXE.")
        self.parts.add(Install.NETWORK.value, form_of((("", self.network_remark),)), server)
        kernel = (
            (_tr("Kernel"), self.kernel),
            (_tr("Initial RAM disk"), self.ram_disk),
            (_tr("Command line"), self.command_line),
            ("", self.is_for_installation),
        )
        boot = form_of(kernel)
        self.parts.add(Install.KERNEL.value, boot)
        sample = _tr("A small Linux of Celadon's own that starts in seconds: to try things with.")
        self.parts.add(Install.SAMPLE.value, None, sample)
        self.content.addWidget(self.parts)
        self.system_form = QWidget()
        self.system_form.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        system = form_of(((_tr("Operating system"), self.system_box),))
        align(dvd, boot, system)
        self.system_form.setLayout(system)
        self.content.addWidget(self.system_form)
        self.content.addStretch(1)


def _options(*, is_embedded: bool) -> list[Option]:
    options = [
        Option("later", "ph.clock", _tr("Install an operating system later")),
        Option("dvd", "ph.disc", _tr("Install from a DVD image (ISO)")),
        Option("network", "ph.tree-structure", _tr("Install from a network server (PXE)")),
        Option("kernel", "ph.terminal-window", _tr("Start a kernel of your own (direct boot)")),
    ]
    sample = Option("sample", "ph.leaf", _tr("Start Celadon's sample guest"))
    return [*options, sample] if is_embedded else options
