"""Fields that the pages of the device wizards share."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from console.sdk.forms import Remark
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices.outlook import Offered


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class OfferBox(QComboBox):
    """Choices, those that will not do among them: choosing one says why, in its remark."""

    def __init__(self, remark: Remark) -> None:
        super().__init__()
        self.remark = remark
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        self._refusals: dict[str, str] = {}

    @property
    def name(self) -> str:
        """What is chosen; "" while there is nothing to choose."""
        return str(self.currentData() or "")

    def offer(self, offered: Sequence[tuple[Offered, str]], favourites: Sequence[str] = ()) -> None:
        """Offer these, each with its words; what was chosen stays so if it is still there.

        Of those that will do one of the favourites is proposed, or else the first.
        """
        before = self.name
        self.blockSignals(True)  # noqa: FBT003  # Qt's own
        self.clear()
        for one, words in offered:
            self.addItem(_tr("{name} (not now)").format(name=words) if one.refusal else words)
            self.setItemData(self.count() - 1, one.name)
        self._refusals = {one.name: one.refusal for one, _words in offered}
        usable = [one.name for one, _words in offered if not one.refusal]
        liked = [name for name in favourites if name in usable]
        proposed = next(iter((*liked, *usable)), "")
        wanted = before if before in self._refusals else proposed
        self.setCurrentIndex(max(0, self.findData(wanted)) if offered else -1)
        self.blockSignals(False)  # noqa: FBT003

    def verdict(self) -> Verdict:
        """Return why what is chosen will not do."""
        reason = self._refusals.get(self.name, "")
        return (reason, self.remark) if reason else FITS


def bus_words(bus: str) -> str:
    """Return a bus in words."""
    words = {
        "virtio": _tr("virtio (fastest; Linux, or Windows with its drivers)"),
        "scsi": _tr("SCSI"),
        "sata": _tr("SATA"),
        "usb": _tr("USB"),
    }
    return words.get(bus, bus)


def model_words(model: str) -> str:
    """Return a model of adapter in words."""
    words = {
        "virtio": _tr("virtio (fastest; Linux, or Windows with its drivers)"),
        "e1000e": _tr("Intel e1000e (most systems know it)"),
        "e1000": _tr("Intel e1000 (older systems)"),
        "rtl8139": _tr("Realtek RTL8139 (very old systems)"),
    }
    return words.get(model, model)


def switch_words(switch: str) -> str:
    """Return a virtual switch in words."""
    return _tr("User-mode networking") if switch == "user" else switch
