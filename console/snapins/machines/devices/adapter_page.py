"""The page of Add Device for a network adapter: its switch, its model, its address."""

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QSpinBox, QWidget
from typing_extensions import override

from backend.devices import DeviceKind, NicSpec
from backend.model import Domain
from console.sdk.context import Context, Lookup
from console.sdk.forms import Remark, Row
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.device_page import DevicePage
from console.snapins.machines.devices.fields import OfferBox, model_words, switch_words
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.dialogs.making import FAVOURITE_NETWORKS, form_of

_MAC: Final = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")
_GROUP_BIT: Final = 1
_LARGEST_VLAN: Final = 4094


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class AdapterPage(DevicePage):
    """Asks for a network adapter."""

    def __init__(self, context: Context, kind: KindPage) -> None:
        super().__init__(
            context,
            kind,
            kinds.ADAPTER,
            _tr("Choose what it is connected to. The proposals suit most machines."),
        )
        set_topic(self, "add device/adapter")
        self.switch = OfferBox(Remark(_tr("About the switch")))
        self.model = OfferBox(Remark(_tr("About the model")))
        self.is_automatic = QRadioButton(_tr("Automatic"))
        self.is_own = QRadioButton(_tr("Its own:"))
        self.mac = QLineEdit()
        self.mac_remark = Remark(_tr("About the MAC address"))
        self.vlan = QSpinBox()
        self.vlan_remark = Remark(_tr("About the VLAN"), Tone.MUTED)
        self._lay_out()
        self.switch.currentIndexChanged.connect(self._on_switch)
        self.vlan.valueChanged.connect(self.edited)
        self.model.currentIndexChanged.connect(self.edited)
        self.mac.textChanged.connect(self.edited)
        self.is_own.toggled.connect(self._on_own)
        kind.edited.connect(self.enter)

    def spec(self) -> NicSpec:
        """Return what the page asks for."""
        mac = normal(self.mac.text()) if self.is_own.isChecked() else ""
        vlan = self.vlan.value() if self.vlan.isEnabled() else 0
        return NicSpec(self.switch.name, self.model.name, mac, vlan)

    @override
    def specs(self) -> tuple[NicSpec, ...]:
        return (self.spec(),)

    @override
    def facts(self) -> tuple[Row, ...]:
        spec = self.spec()
        return (
            Row(_tr("Virtual switch"), switch_words(spec.network)),
            Row(_tr("Model"), model_words(spec.model)),
            Row(_tr("MAC address"), spec.mac or _tr("Automatic")),
            Row(_tr("VLAN"), str(spec.vlan) if spec.vlan else ""),
        )

    @override
    def enter(self) -> None:
        outlook, when = self.kind.outlook, self.kind.when.when
        if not outlook.prospects:
            return
        switches = [(one, switch_words(one.name)) for one in outlook.switches(when)]
        self.switch.offer(switches, FAVOURITE_NETWORKS)
        models = outlook.choices(DeviceKind.NETWORK_ADAPTER, when)
        self.model.offer([(one, model_words(one.name)) for one in models])
        self._show_vlan()
        is_one = len(outlook.domains) == 1
        self.is_own.setEnabled(is_one)
        self.is_own.setToolTip("" if is_one else _tr("Each machine gets an address of its own."))

    @override
    def verdict(self) -> Verdict:
        for box in (self.switch, self.model):
            if (verdict := box.verdict())[0]:
                return verdict
        if not self.switch.name:
            return _tr("These machines have no virtual switch in common."), self.switch.remark
        if not self.is_own.isChecked():
            return FITS
        first = self.kind.domains[0]
        reason = why_not(self.mac.text(), self.context.lookup, first.ref.host)
        return (reason, self.mac_remark) if reason else FITS

    def _on_switch(self) -> None:
        self._show_vlan()
        self.edited.emit()

    def _show_vlan(self) -> None:
        reason = self.kind.outlook.no_vlan(self.switch.name, self.kind.when.when)
        self.vlan.setEnabled(not reason)
        self.vlan_remark.setText(reason)

    def _on_own(self) -> None:
        self.mac.setEnabled(self.is_own.isChecked())
        if self.is_own.isChecked():
            self.mac.setFocus()
        self.edited.emit()

    def _lay_out(self) -> None:
        self.is_automatic.setChecked(True)
        self.vlan.setRange(0, _LARGEST_VLAN)
        self.vlan.setSpecialValueText(_tr("None"))
        self.mac.setEnabled(False)
        self.mac.setPlaceholderText("52:54:00:12:34:56")
        self.mac.setAccessibleName(_tr("Its own MAC address"))
        self.is_automatic.setAccessibleName(_tr("MAC address: automatic"))
        self.is_own.setAccessibleName(_tr("MAC address: its own"))
        choice = QHBoxLayout()
        choice.setSpacing(3 * GRID)
        choice.addWidget(self.is_automatic)
        choice.addWidget(self.is_own)
        choice.addWidget(self.mac, 1)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (_tr("Virtual switch"), self.switch),
            ("", self.switch.remark),
            (_tr("Model"), self.model),
            ("", self.model.remark),
            (_tr("MAC address"), choice),
            ("", self.mac_remark),
            (_tr("VLAN"), self.vlan),
            ("", self.vlan_remark),
        )
        self.content.addLayout(form_of(rows))
        self.is_automatic.setAccessibleName(_tr("MAC address: automatic"))
        self.content.addStretch(1)


def normal(text: str) -> str:
    """Return a MAC address as libvirt writes it."""
    return text.strip().lower().replace("-", ":")


def why_not(text: str, lookup: Lookup, host: str) -> str:
    """Return why a MAC address will not do for a new adapter; "" if it will."""
    mac = normal(text)
    if not mac:
        return _tr("Type an address, or leave it automatic.")
    if not _MAC.fullmatch(mac):
        return _tr("A MAC address is six pairs of the digits 0 to 9 and a to f.")
    if int(mac[:2], 16) & _GROUP_BIT:
        return _tr("This is the address of a group: the second digit has to be even.")
    if mac == "00:00:00:00:00:00":
        return _tr("This stands for no address at all. Type another one.")
    for domain in lookup.records(Domain, host):
        if mac in _macs(domain):
            return _tr("{name} has this address. Two of them would disturb each other.").format(
                name=domain.name
            )
    return ""


def _macs(domain: Domain) -> Iterator[str]:
    for made_of in (domain.live, domain.next_start):
        if made_of:
            yield from (nic.mac.lower() for nic in made_of.nics)
