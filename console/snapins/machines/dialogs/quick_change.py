"""Small dialogs for the usual changes of one device: each hands in one change of Settings."""

from functools import partial
from pathlib import PurePosixPath

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from backend.fields import Field
from backend.model import Domain, Host, Network, Nic, StorageVolume
from backend.operations.settings import sheet
from backend.operations.settings.acting import Tray
from backend.settings import NOW, Edit, Setting
from console.sdk import wording
from console.sdk.context import Context, JobHandle
from console.sdk.dialog import Dialog
from console.sdk.file_question import ask_file
from console.sdk.forms import Remark
from console.sdk.marking import NOOP
from console.sdk.nodes import Tone
from console.sdk.typed_text import put_in
from console.snapins.machines.devices.fields import switch_words
from console.snapins.machines.devices.present import adapters, drives
from console.snapins.machines.dialogs.making import file_line, form_of

_GIB = 2**30
_LARGEST_GIB = 65536
_USER = "user"
_FIELD_WIDTH = 400  # a path, and a reason in two lines
_FORCE_WARNING = NOOP(
    "machines", "A disc that the guest uses is torn from it: what reads from it there fails."
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SwitchDialog(Dialog):
    """Connects an adapter to another virtual switch, and plugs its cable in or out."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        title = _tr("Connect {name} to a Virtual Switch").format(name=domain.name)
        super().__init__(context, title, _tr("Connect"), parent)
        self._domain = domain
        self._nics = adapters(domain)
        self.adapter, self.switch = QComboBox(), QComboBox()
        self.adapter.setMinimumWidth(_FIELD_WIDTH)
        self.is_plugged_in = QCheckBox(_tr("Cable plugged in"))
        self.remark = Remark(_tr("About the switch"))
        for nic in self._nics:
            self.adapter.addItem(_tr("{mac} ({model})").format(mac=nic.mac, model=nic.model))
        networks = sorted(context.lookup.records(Network, domain.ref.host), key=_name)
        # What Linux's own bridges do not carry.
        self._others = {_USER, *(one.name for one in networks if one.virtual_port)}
        for network in networks:
            if network.is_active:
                self.switch.addItem(network.name, network.name)
        self.switch.addItem(switch_words(_USER), _USER)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("Network adapter"), self.adapter),
            (_tr("Virtual switch"), self.switch),
            ("", self.remark),
            ("", self.is_plugged_in),
        )
        self.content.addLayout(form_of(rows))
        self.adapter.currentIndexChanged.connect(self._show)
        self.switch.currentIndexChanged.connect(self._explain)
        self._show()

    def edits(self) -> tuple[Edit, ...]:
        """Return what is to be otherwise than it is."""
        nic = self._nics[self.adapter.currentIndex()]
        switch, is_up = self.switch.currentData(), self.is_plugged_in.isChecked()
        edits = []
        if switch != _place(nic):
            edits.append(Edit(Setting(Field.ADAPTER_SWITCH, nic.mac.lower()), switch))
        if is_up != nic.is_link_up:
            edits.append(Edit(Setting(Field.ADAPTER_LINK, nic.mac.lower()), is_up))
        return tuple(edits)

    @override
    async def act(self, context: Context) -> None:
        if edits := self.edits():
            context.submit(sheet.apply, self._domain.ref, NOW, edits)

    def _show(self) -> None:
        nic = self._nics[self.adapter.currentIndex()]
        row = self.switch.findData(_place(nic))
        if row < 0:
            self.switch.addItem(_place(nic), _place(nic))
            row = self.switch.count() - 1
        self.switch.setCurrentIndex(row)
        self.is_plugged_in.setChecked(nic.is_link_up)
        self._explain()

    def _explain(self) -> None:
        nic = self._nics[self.adapter.currentIndex()]
        is_movable = nic.source_kind in ("network", "bridge")
        stays = not is_movable or self._others & {_place(nic), self.switch.currentData()}
        words = _tr("While it runs, this adapter stays where it is; it moves at the next start.")
        self.remark.setText(words if self._domain.is_active and stays else "")


class DiscDialog(Dialog):
    """Puts an image into a DVD drive, or takes it out."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        title = _tr("Disc of {name}").format(name=domain.name)
        super().__init__(context, title, _tr("Change Disc"), parent)
        self._domain = domain
        self._drives = drives(domain, "cdrom", "floppy")
        self.drive = QComboBox()
        self.drive.setMinimumWidth(_FIELD_WIDTH)
        for one in self._drives:
            bus = one.bus.upper()
            self.drive.addItem(_tr("{target} ({bus})").format(target=one.target, bus=bus))
        self.path, self.browse = QLineEdit(), QPushButton(_tr("Browse..."))
        self.path.setPlaceholderText(_tr("No disc"))
        self.browse.setAccessibleName(_tr("Browse for the image"))
        host = next(context.lookup.records(Host, domain.ref.host), None)
        self.browse.setVisible(host is not None and host.is_embedded)
        self.browse.clicked.connect(self._on_browse)
        line = file_line(self.path, self.browse)
        hint = Remark(_tr("About the disc"), Tone.MUTED)
        hint.setText(_tr("An empty field takes the disc out."))
        self.is_forced = QCheckBox(_tr("Eject by force"))
        self.warning = Remark(_tr("About ejecting by force"))
        force = (("", self.is_forced), ("", self.warning))
        self.content.addLayout(
            form_of(((_tr("DVD drive"), self.drive), (_tr("Image"), line), ("", hint), *force))
        )
        self.drive.currentIndexChanged.connect(self._show)
        self._show()

    def edits(self) -> tuple[Edit, ...]:
        """Return what is to be otherwise than it is."""
        one = self._drives[self.drive.currentIndex()]
        path = self.path.text().strip()
        if path == one.source:
            return ()
        return (Edit(Setting(Field.DRIVE_SOURCE, one.target), path or None),)

    @override
    async def act(self, context: Context) -> None:
        self._hand_in(context)

    @override
    async def confirm(self) -> str:
        """Wait for the guest to let the disc go; where it does not, force is offered."""
        handle = self._hand_in(self.context)
        job = await self.end_of(handle) if handle else None
        problem = job.problem if job else None
        if problem is None:
            return ""
        if problem.message_id == "TrayLocked":
            self._offer_force(_FORCE_WARNING)
        return wording.sentence(problem)

    def _hand_in(self, context: Context) -> JobHandle | None:
        ref, edits = self._domain.ref, self.edits()
        if not edits:
            return None
        if self.is_forced.isChecked():
            return context.submit(sheet.apply, ref, NOW, edits, tray=Tray.FORCED)
        return context.submit(sheet.apply, ref, NOW, edits)

    def _offer_force(self, warning: str) -> None:
        """Offer it, and say what it does; "" offers nothing."""
        self.is_forced.setVisible(bool(warning))
        self.is_forced.setChecked(False)
        self.warning.setText(_tr(warning) if warning else "")

    def _on_browse(self) -> None:
        wanted = f"{_tr('Images')} (*.iso *.img)"
        take = partial(put_in, self.path)
        ask_file(self, _tr("Choose an image"), take, at=self.path.text(), wanted=wanted)

    def _show(self) -> None:
        self.path.setText(self._drives[self.drive.currentIndex()].source)
        self._offer_force("")


class GrowDialog(Dialog):
    """Makes a virtual hard disk larger; a guest that runs sees it at once."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        title = _tr("Grow a Disk of {name}").format(name=domain.name)
        super().__init__(context, title, _tr("Grow"), parent)
        self._domain = domain
        self._disks = drives(domain, "disk")
        self._has_bytes = 0
        self.disk, self.size_box = QComboBox(), QSpinBox()
        self.disk.setMinimumWidth(_FIELD_WIDTH)
        self.remark = Remark(_tr("About the size"))
        for one in self._disks:
            name = PurePosixPath(one.source).name
            self.disk.addItem(f"{one.target}, {name}" if name else one.target)
        self.size_box.setRange(1, _LARGEST_GIB)
        self.size_box.setSuffix(_tr(" GiB"))
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("Virtual hard disk"), self.disk),
            (_tr("New size"), self.size_box),
            ("", self.remark),
        )
        self.content.addLayout(form_of(rows))
        self.disk.currentIndexChanged.connect(self._on_disk)
        self.size_box.valueChanged.connect(self._judge)
        self._on_disk()

    @property
    def target(self) -> str:
        """The disk that is chosen."""
        return self._disks[self.disk.currentIndex()].target

    @override
    async def act(self, context: Context) -> None:
        edit = Edit(Setting(Field.DRIVE_SIZE, self.target), self.size_box.value() * _GIB)
        context.submit(sheet.apply, self._domain.ref, NOW, (edit,))

    def _on_disk(self) -> None:
        source = self._disks[self.disk.currentIndex()].source
        volumes = self.context.lookup.records(StorageVolume, self._domain.ref.host)
        self._has_bytes = next((v.capacity_bytes for v in volumes if v.path == source), 0)
        self.size_box.setMinimum(max(1, self._has_bytes // _GIB))
        self.size_box.setValue(self._has_bytes // _GIB + 1)
        self._judge()

    def _judge(self) -> None:
        if not self._has_bytes:
            self.set_refusal(
                _tr(
                    "It lies in no storage location of the server. Add the one that its file is in."
                ),
                self.remark,
            )
            return
        is_more = self.size_box.value() * _GIB > self._has_bytes > 0
        words = _tr("It has {size} now, and only grows.")
        reason = words.format(size=wording.size(self._has_bytes))
        self.set_refusal("" if is_more else reason, self.remark)
        if is_more:
            self.remark.setText(_tr("Partitions and file systems in the guest stay as they are."))


def _name(network: Network) -> str:
    return network.name


def _place(nic: Nic) -> str:
    """Return where an adapter is plugged in, as Settings names it."""
    if nic.source_kind == "network":
        return nic.source
    return f"{nic.source_kind}:{nic.source}" if nic.source else nic.source_kind
