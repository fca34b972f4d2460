"""What cloud-init does in a cloud image at its first start."""

import re
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_interface
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from backend.specs import CloudSeed, MachineSpec, StaticAddress
from console.sdk.forms import Remark, Row
from console.sdk.look import GRID
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.creation.disk_page import DiskKind, DiskPage
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.dialogs.making import form_of

_AGENT: Final = "qemu-guest-agent"
_USER: Final = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_PACKAGE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._:@/-]*")
_KEY: Final = re.compile(r"(ssh|ecdsa|sk-ssh|sk-ecdsa)-\S+ [A-Za-z0-9+/=]{16,}( .*)?")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class CloudPage(AskingPage):
    """Asks for a user, the keys that let it in, packages, and an address."""

    def __init__(self, ground: Ground, disk: DiskPage) -> None:
        super().__init__(
            ground.context,
            _tr("Cloud-init"),
            _tr("Prepare the cloud image"),
            _tr("A cloud image has no user. Cloud-init makes one at the first start."),
        )
        set_topic(self, "new machine/cloud")
        self._disk = disk
        self.user = QLineEdit("admin")
        self.user_remark = Remark(_tr("About the user"))
        self.keys = QPlainTextEdit()
        self.keys.setTabChangesFocus(True)
        self.keys.setFixedHeight(16 * GRID)
        self.keys_remark = Remark(_tr("About the SSH keys"))
        self.packages = QLineEdit()
        self.packages_remark = Remark(_tr("About the packages"))
        self.has_agent = QCheckBox(_tr("Install the QEMU guest agent as well"))
        self.has_agent.setChecked(True)
        self.way = QComboBox()
        self.address, self.gateway, self.servers = QLineEdit(), QLineEdit(), QLineEdit()
        self.address_remark = Remark(_tr("About the address"))
        self._lay_out()
        for line in (self.user, self.packages, self.address, self.gateway, self.servers):
            line.textChanged.connect(self.edited)
        self.keys.textChanged.connect(self.edited)
        self.has_agent.toggled.connect(self.edited)
        self.way.currentIndexChanged.connect(self._on_way)

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with what cloud-init is told."""
        return replace(spec, seed=self.seed())

    def seed(self) -> CloudSeed:
        """Return what cloud-init is told."""
        packages = tuple(re.split(r"[\s,]+", self.packages.text().strip(" ,")))
        agent = (_AGENT,) if self.has_agent.isChecked() else ()
        wanted = tuple(dict.fromkeys(name for name in (*packages, *agent) if name))
        address = None
        if self.way.currentData() == "static":
            servers = tuple(re.split(r"[\s,]+", self.servers.text().strip(" ,")))
            address = StaticAddress(
                self.address.text().strip(),
                self.gateway.text().strip(),
                tuple(server for server in servers if server),
            )
        return CloudSeed(self.user.text().strip(), self._keys(), wanted, address)

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        seed = self.seed()
        address = seed.address.address if seed.address else _tr("Automatic (DHCP)")
        return (
            Row(_tr("User"), seed.user),
            Row(_tr("SSH keys"), str(len(seed.ssh_keys))),
            Row(_tr("Packages"), ", ".join(seed.packages)),
            Row(_tr("Address"), address),
        )

    @override
    def applies(self) -> bool:
        return self._disk.kind is DiskKind.CLOUD

    @override
    def verdict(self) -> Verdict:
        if not _USER.fullmatch(self.user.text().strip()):
            reason = _tr("A user is called by small letters, digits, - and _, a letter first.")
            return reason, self.user_remark
        keys = self._keys()
        if not keys:
            reason = _tr("Paste a public SSH key, such as ~/.ssh/id_ed25519.pub: nothing else lets "
                         "anybody in.")  # fmt: skip
            return reason, self.keys_remark
        if "PRIVATE KEY" in self.keys.toPlainText():
            return _tr("This is a private key. Paste the public one (.pub)."), self.keys_remark
        if wrong := next((key for key in keys if not _KEY.fullmatch(key)), ""):
            return _tr("This is no public SSH key: {key}").format(key=wrong[:40]), self.keys_remark
        seed = self.seed()
        if odd := next((name for name in seed.packages if not _PACKAGE.fullmatch(name)), ""):
            reason = _tr("No package is called {name}.").format(name=odd)
            return reason, self.packages_remark
        reason = _address_refusal(seed.address) if seed.address else ""
        return (reason, self.address_remark) if reason else FITS

    def _keys(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.keys.toPlainText().splitlines())
        return tuple(line for line in lines if line and not line.startswith("#"))

    def _on_way(self) -> None:
        for line in (self.address, self.gateway, self.servers):
            line.setEnabled(self.way.currentData() == "static")
        self.edited.emit()

    def _lay_out(self) -> None:
        self.keys.setPlaceholderText(_tr("ssh-ed25519 AAAA... you@computer, one in a line"))
        self.packages.setPlaceholderText(_tr("Such as: vim nginx"))
        self.way.addItem(_tr("Automatic (DHCP)"), "dhcp")
        self.way.addItem(_tr("Its own:"), "static")
        self.address.setPlaceholderText("192.0.2.10/24")
        self.gateway.setPlaceholderText("192.0.2.1")
        self.servers.setPlaceholderText("192.0.2.53, 192.0.2.54")
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("User"), self.user),
            ("", self.user_remark),
            (_tr("SSH keys"), self.keys),
            ("", self.keys_remark),
            (_tr("Packages"), self.packages),
            ("", self.packages_remark),
            ("", self.has_agent),
            (_tr("Network"), self.way),
            (_tr("Address"), self.address),
            (_tr("Gateway"), self.gateway),
            (_tr("Name servers"), self.servers),
            ("", self.address_remark),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)
        self._on_way()


def _is_on_link(gateway: IPv4Address | IPv6Address) -> bool:
    """Whether it is an IPv6 router by its address on the link, as they are usually known."""
    # With a scope it names an adapter, which is not known before there is a guest.
    return isinstance(gateway, IPv6Address) and gateway.is_link_local and not gateway.scope_id


def _address_refusal(address: StaticAddress) -> str:
    """Return why a guest cannot have that address; "" if it can."""
    try:
        own = ip_interface(address.address)
    except ValueError:
        return _tr("Type an address with the length of its network, such as 192.0.2.10/24.")
    if "/" not in address.address:
        return _tr("The length of its network is missing: such as {address}/24.").format(
            address=address.address
        )
    try:
        others = [ip_address(text) for text in (address.gateway, *address.name_servers) if text]
    except ValueError:
        return _tr("Gateway and name servers are addresses, such as 192.0.2.1.")
    if not address.gateway or others[0] in own.network:
        return ""
    if own.version == 6 and _is_on_link(others[0]):
        return ""
    return _tr("The gateway is not in the network {network}.").format(network=own.network)
