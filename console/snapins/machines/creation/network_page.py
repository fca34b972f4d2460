"""What its network adapter is plugged into."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.defaults import USER_NETWORK
from backend.specs import MachineSpec
from console.sdk import wording
from console.sdk.forms import Remark, Row
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import Verdict
from console.snapins.machines.creation.ground import AskingPage, Ground
from console.snapins.machines.devices.fields import OfferBox, switch_words
from console.snapins.machines.devices.outlook import Offered
from console.snapins.machines.dialogs.making import FAVOURITE_NETWORKS, form_of

_UNPLUGGED = "-"
"""No switch can be called so: the box tells nothing chosen by no name."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class NetworkPage(AskingPage):
    """Asks for a virtual switch, or none."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground.context,
            _tr("Networking"),
            _tr("Configure networking"),
            _tr("It has one network adapter; more can be added later."),
        )
        set_topic(self, "new machine/network")
        self._ground = ground
        self.switch = OfferBox(Remark(_tr("About the connection")))
        self.hint = Remark(_tr("About the switch"), Tone.MUTED)
        rows = (
            (_tr("Connection"), self.switch),
            ("", self.switch.remark),
            ("", self.hint),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)
        self.switch.currentIndexChanged.connect(self.edited)
        self.edited.connect(self._hint)
        ground.changed.connect(self._offer)

    @property
    def network(self) -> str:
        """The switch by name, "" for none."""
        return "" if self.switch.name == _UNPLUGGED else self.switch.name

    @override
    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with the network."""
        return replace(spec, network=self.network)

    @override
    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        return (Row(_tr("Network"), self.switch.currentText()),)

    @override
    def verdict(self) -> Verdict:
        return self.switch.verdict()

    def _offer(self) -> None:
        means = self._ground.means
        offered = [
            (
                Offered(one.name, wording.sentence(one.next_start) if one.next_start else ""),
                switch_words(one.name),
            )
            for one in (means.switches if means else ())
        ]
        unplugged = (Offered(_UNPLUGGED), _tr("Not connected"))
        self.switch.offer([*offered, unplugged], (*FAVOURITE_NETWORKS, USER_NETWORK))
        self.edited.emit()

    def _hint(self) -> None:
        words = ""
        if self.network == USER_NETWORK:
            words = _tr("The guest reaches the network, and nothing outside reaches the guest.")
        if self.hint.text() != words:
            self.hint.setText(words)
