"""The page of Add Device for a new virtual hard disk: where, how large, in which format."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.defaults import GIB
from backend.devices import DeviceKind, NewDiskSpec
from backend.model import StoragePool, StorageVolume
from console.sdk import wording
from console.sdk.context import Context, Lookup
from console.sdk.forms import Remark, Row
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.device_page import DevicePage
from console.snapins.machines.devices.fields import OfferBox, bus_words
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.devices.outlook import Offered, OfferedPool
from console.snapins.machines.dialogs.making import form_of

_SIZE_GIB: Final = 20
_LARGEST_GIB: Final = 64 * 1024
_MOST_AT_ONCE: Final = 16
_GROWS, _WHOLE = "qcow2", "raw"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class NewDiskPage(DevicePage):
    """Asks for a disk that is made."""

    def __init__(self, context: Context, kind: KindPage) -> None:
        super().__init__(
            context,
            kind,
            kinds.NEW_DISK,
            _tr("It is made empty. The guest partitions and formats it."),
        )
        set_topic(self, "add device/new disk")
        self._pools: dict[str, OfferedPool] = {}
        self.pool = OfferBox(Remark(_tr("About the storage location")))
        self.name = QLineEdit()
        self.name_remark = Remark(_tr("About the name"))
        self.size_box = QSpinBox()
        self.size_remark = Remark(_tr("About the size"))
        self.count = QSpinBox()
        self.format = QComboBox()
        self.hint = Remark(_tr("About the room"))
        self.bus = OfferBox(Remark(_tr("About the bus")))
        self._lay_out()
        self.pool.currentIndexChanged.connect(self.edited)
        self.name.textChanged.connect(self.edited)
        self.size_box.valueChanged.connect(self.edited)
        self.count.valueChanged.connect(self._on_count)
        self.format.currentIndexChanged.connect(self.edited)
        self.bus.currentIndexChanged.connect(self.edited)
        self.edited.connect(self._hint)
        kind.edited.connect(self.enter)

    def spec(self) -> NewDiskSpec:
        """Return what the page asks for."""
        return NewDiskSpec(
            self.pool.name,
            self.size_box.value() * GIB,
            self.name.text().strip() if self.name.isEnabled() else "",
            self.bus.name,
            str(self.format.currentData()),
        )

    @override
    def specs(self) -> tuple[NewDiskSpec, ...]:
        return (self.spec(),) * self.count.value()

    @override
    def facts(self) -> tuple[Row, ...]:
        spec = self.spec()
        return (
            Row(_tr("Storage location"), spec.pool),
            Row(_tr("Name"), spec.name or _tr("After the machine")),
            Row(_tr("Size"), wording.size(spec.size_bytes)),
            Row(_tr("Number"), str(self.count.value()) if self.count.value() > 1 else ""),
            Row(_tr("Format"), self.format.currentText()),
            Row(_tr("Bus"), bus_words(spec.bus)),
        )

    @override
    def enter(self) -> None:
        outlook = self.kind.outlook
        if not outlook.prospects:
            return
        pools = outlook.pools()
        self._pools = {pool.name: pool for pool in pools}
        self.pool.offer([(Offered(pool.name, pool.refusal), _pool_words(pool)) for pool in pools])
        buses = outlook.choices(DeviceKind.DISK, self.kind.when.when)
        self.bus.offer([(one, bus_words(one.name)) for one in buses])
        self._hint()
        self._show_name()

    def _on_count(self) -> None:
        self._show_name()
        self.edited.emit()

    def _show_name(self) -> None:
        is_one = len(self.kind.domains) == 1 and self.count.value() == 1
        self.name.setEnabled(is_one)
        self.name.setToolTip("" if is_one else _tr("Each disk is called after its machine."))

    @override
    def verdict(self) -> Verdict:
        pool = self._pools.get(self.pool.name)
        if pool is None:
            return _tr("The server has no storage location. Make one first."), self.pool.remark
        for box in (self.pool, self.bus):
            if (verdict := box.verdict())[0]:
                return verdict
        host = self.kind.domains[0].ref.host
        if self.name.isEnabled() and (
            reason := why_not_name(self.name.text(), self.context.lookup, host, pool.name)
        ):
            return reason, self.name_remark
        return self._size_verdict(pool)

    def _size_verdict(self, pool: OfferedPool) -> Verdict:
        count = len(self.kind.domains) * self.count.value()
        is_too_much = count * self.size_box.value() * GIB > pool.available_bytes
        free = wording.size(pool.available_bytes)
        if is_too_much and self.format.currentData() == _WHOLE:
            reason = _tr("Only {free} are free there. Make it smaller, or have it grow.")
            return reason.format(free=free), self.size_remark
        return FITS

    def _hint(self) -> None:
        pool = self._pools.get(self.pool.name)
        free = pool.available_bytes if pool else 0
        is_more = bool(pool) and self.size_box.value() * GIB > free
        words = _tr("It can grow larger than the {free} that are free there.")
        hint = words.format(free=wording.size(free)) if is_more else ""
        self.hint.setText(hint if self.format.currentData() == _GROWS else "")

    def _lay_out(self) -> None:
        self.name.setPlaceholderText(_tr("After the machine"))
        self.size_box.setRange(1, _LARGEST_GIB)
        self.size_box.setValue(_SIZE_GIB)
        self.count.setRange(1, _MOST_AT_ONCE)
        self.size_box.setSuffix(_tr(" GiB"))
        self.format.addItem(_tr("qcow2 (grows as it is filled)"), _GROWS)
        self.format.addItem(_tr("raw (has all its room at once)"), _WHOLE)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("Storage location"), self.pool),
            ("", self.pool.remark),
            (_tr("Name"), self.name),
            ("", self.name_remark),
            (_tr("Size"), self.size_box),
            ("", self.size_remark),
            (_tr("Number"), self.count),
            ("", Remark(_tr("About the number"))),
            (_tr("Format"), self.format),
            ("", self.hint),
            (_tr("Bus"), self.bus),
            ("", self.bus.remark),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)


def why_not_name(text: str, lookup: Lookup, host: str, pool: str) -> str:
    """Return why a new disk in a storage location cannot be called so; "" if it can."""
    name = text.strip()
    if "/" in name or name in (".", ".."):
        return _tr("A disk is called by a name alone, without a folder.")
    pools = {record.ref: record.name for record in lookup.records(StoragePool, host)}
    taken = {v.name for v in lookup.records(StorageVolume, host) if pools.get(v.pool) == pool}
    if name and name in taken:
        return _tr("There is a disk of this name. Choose another one.")
    return ""


def _pool_words(pool: OfferedPool) -> str:
    return _tr("{name}, {free} free").format(
        name=pool.name, free=wording.size(pool.available_bytes)
    )
