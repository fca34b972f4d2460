"""The pages of Add Device for more memory and more processors, each with what there is room for."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override

from backend.devices import (
    BALLOON,
    DIMM,
    STARTUP,
    VIRTIO_MEM,
    CpuSpec,
    DeviceKind,
    Growth,
    MemorySpec,
    When,
)
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import Remark, Row
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.device_page import DevicePage
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.dialogs.making import form_of

_MIB = 2**20
_STEP_MIB = 128
_LARGEST_MIB = 2**24
_PROPOSED_MIB = 512


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MemoryPage(DevicePage):
    """Asks how much more memory, and in which way."""

    def __init__(self, context: Context, kind: KindPage) -> None:
        sentence = _tr("The guest goes on running while it is given more.")
        super().__init__(context, kind, kinds.MEMORY, sentence)
        set_topic(self, "add device/memory")
        self.size_box = QSpinBox()
        self.size_remark = Remark(_tr("About the size"))
        self.way = OfferBox(Remark(_tr("About the way")))
        self.advice = Remark(_tr("About the memory"), Tone.MUTED)
        self._has_proposed = False
        self._lay_out()
        self.size_box.valueChanged.connect(self.edited)
        self.way.currentIndexChanged.connect(self._on_way)
        kind.edited.connect(self.enter)

    @override
    def specs(self) -> tuple[MemorySpec, ...]:
        return (MemorySpec(self.size_box.value() * _MIB, self.way.name),)

    @override
    def facts(self) -> tuple[Row, ...]:
        return (
            Row(_tr("More memory"), wording.size(self.size_box.value() * _MIB)),
            Row(_tr("In which way"), way_words(self.way.name)),
        )

    @override
    def enter(self) -> None:
        outlook, when = self.kind.outlook, self.kind.when.when
        if not outlook.prospects:
            return
        ways = outlook.choices(DeviceKind.MEMORY, when)
        self.way.offer([(one, way_words(one.name)) for one in ways])
        if self.way.verdict()[0] and not ways[0].refusal:
            self.way.setCurrentIndex(0)  # when it acts was changed, and this goes then
        self._on_way()

    @override
    def verdict(self) -> Verdict:
        if (verdict := self.way.verdict())[0]:
            return verdict
        free = self._free_bytes()
        if free is not None and self.size_box.value() * _MIB > free:
            words = _tr("No more than {free} can be added in this way now.")
            return words.format(free=wording.size(free)), self.size_remark
        if self.size_box.value() % self._step_mib():
            words = _tr("In this way it comes in pieces of {step}.")
            return words.format(step=wording.size(self._step_mib() * _MIB)), self.size_remark
        return FITS

    def _step_mib(self) -> int:
        return _STEP_MIB if self.way.name in (VIRTIO_MEM, DIMM) else 1

    def _free_bytes(self) -> int | None:
        """Return how much more all of them can get in the chosen way; None: any amount."""
        found = [one.growth for one in self.kind.outlook.prospects if one.growth]
        if not found or self.way.name in (STARTUP, ""):
            return None
        if self.way.name == BALLOON:
            return min(one.balloon_bytes for one in found)
        return min(one.free_bytes for one in found)

    def _on_way(self) -> None:
        step = self._step_mib()
        self.size_box.setSingleStep(step if step > 1 else 64)
        free = self._free_bytes()
        if not self._has_proposed and self.kind.outlook.prospects:
            # What one begins with fits, where anything does.
            most = _PROPOSED_MIB if free is None else min(_PROPOSED_MIB, free // _MIB)
            self.size_box.setValue(max(step, most // step * step))
            self._has_proposed = True
        has = _least(self._growths())
        words = [_tr("It has {memory} now.").format(memory=wording.size(has.memory_bytes))]
        if free:
            words.append(_tr("Up to {free} more.").format(free=wording.size(free)))
        words.append(advice(self.way.name))
        self.advice.setText(" ".join(word for word in words if word))
        self.edited.emit()

    def _growths(self) -> list[Growth]:
        return [one.growth for one in self.kind.outlook.prospects if one.growth]

    def _lay_out(self) -> None:
        self.size_box.setRange(1, _LARGEST_MIB)
        self.size_box.setValue(_PROPOSED_MIB)
        self.size_box.setSuffix(_tr(" MiB"))
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("More memory"), self.size_box),
            ("", self.size_remark),
            (_tr("In which way"), self.way),
            ("", self.way.remark),
            ("", self.advice),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)


class CpuPage(DevicePage):
    """Asks how many more processors."""

    def __init__(self, context: Context, kind: KindPage) -> None:
        sentence = _tr("The guest takes them into use while it runs, if it can.")
        super().__init__(context, kind, kinds.PROCESSORS, sentence)
        set_topic(self, "add device/processors")
        self.count = QSpinBox()
        self.count_remark = Remark(_tr("About the number"))
        self.advice = Remark(_tr("About the processors"), Tone.MUTED)
        self.count.setRange(1, 512)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_tr("More processors"), self.count),
            ("", self.count_remark),
            ("", self.advice),
        )
        self.content.addLayout(form_of(rows))
        self.content.addStretch(1)
        self.count.valueChanged.connect(self.edited)
        kind.edited.connect(self.enter)

    @override
    def specs(self) -> tuple[CpuSpec, ...]:
        return (CpuSpec(self.count.value()),)

    @override
    def facts(self) -> tuple[Row, ...]:
        return (Row(_tr("More processors"), str(self.count.value())),)

    @override
    def enter(self) -> None:
        has = _least([one.growth for one in self.kind.outlook.prospects if one.growth])
        words = _tr(
            "It has {count} now, and can have {maximum} while it runs. Of an emulated guest none "
            "can be taken away again before it is off."
        )
        self.advice.setText(words.format(count=has.vcpus, maximum=has.vcpus_maximum))

    @override
    def verdict(self) -> Verdict:
        found = [one.growth for one in self.kind.outlook.prospects if one.growth]
        acts_now = self.kind.when.when is When.NOW and self.kind.outlook.runs
        free = min((one.vcpus_maximum - one.vcpus for one in found), default=0)
        if acts_now and self.count.value() > free:
            words = _tr("No more than {count} can be added while it runs.")
            if free <= 0:
                words = _tr("It has as many as it can have while it runs. Add at the next start.")
            return words.format(count=free), self.count_remark
        return FITS


def _least(found: list[Growth]) -> Growth:
    return min(found, key=lambda one: one.memory_bytes, default=Growth(0, 0, 0, 0, 0))


def way_words(name: str) -> str:
    """Return a way to more memory in words."""
    words = {
        VIRTIO_MEM: _tr("Memory that can shrink again (virtio-mem; Linux 5.8 and later)"),
        DIMM: _tr("A memory module (most systems know it)"),
        BALLOON: _tr("Out of the balloon: what was taken from the guest before"),
        STARTUP: _tr("More from its start on"),
    }
    return words.get(name, name)


def advice(name: str) -> str:
    """Return what one ought to know of a way to more memory."""
    words = {
        VIRTIO_MEM: _tr("It needs a driver in the guest."),
        DIMM: _tr("A guest that has put something there does not let it go again."),
    }
    return words.get(name, "")
