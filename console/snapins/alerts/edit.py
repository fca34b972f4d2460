"""The dialog that makes a threshold or changes one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import uuid4

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from backend.measures import BY_ID, Measure, Of, Unit
from backend.model import Domain, Host, Record, StoragePool
from backend.thresholds import Severity, Side, Threshold
from console.sdk import alert_words
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.forms import Remark, ToneLabel, form_layout
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.alerts import typed, words

_WIDTH: Final = 140 * GRID
_THINGS_SHOWN: Final = 2000


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


def fresh(subject: Record | None = None) -> Threshold:
    """Return what a new threshold begins with, for the machine, server or pool that is given."""
    new = Threshold(uuid4().hex[:12], Measure.CPU, 0.9, Unit.SHARE, duration_s=600.0)
    if isinstance(subject, Domain):
        return replace(new, key=subject.ref.key)
    if isinstance(subject, StoragePool):
        return replace(new, measure=Measure.POOL_USED, key=subject.ref.key, duration_s=300.0)
    if isinstance(subject, Host):
        return replace(new, measure=Measure.HOST_CPU, host=subject.ref.host)
    return new


class ThresholdDialog(Dialog):
    """The fields of a threshold, what they say in a sentence, and why they will not do."""

    def __init__(
        self, context: Context, title: str, threshold: Threshold, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, title, _tr("Save"), parent)
        self._before = threshold
        self._of = threshold.measure.of
        self.measure, self.subject, self.device = QComboBox(), QComboBox(), QComboBox()
        self.side, self.severity = QComboBox(), QComboBox()
        self.bound, self.duration = QLineEdit(), QLineEdit()
        self.is_enabled = QCheckBox(_tr("Watch for it"))
        self.bound_reason = Remark(_tr("Why this bound will not do"))
        self.duration_reason = Remark(_tr("Why this time will not do"))
        self.device_reason = Remark(_tr("Why this device will not do"))
        self.said = ToneLabel(tone=Tone.MUTED)
        self._form = form_layout()
        self._arrange()
        self._fill()
        for box in (self.measure, self.subject, self.side, self.severity):
            box.currentIndexChanged.connect(self._judge)
        self.measure.currentIndexChanged.connect(self._on_measure)
        self.device.editTextChanged.connect(self._judge)
        for field in (self.bound, self.duration):
            field.textChanged.connect(self._judge)
        self.is_enabled.toggled.connect(self._judge)
        self._judge()
        self._begun = self._entered()

    @property
    @override
    def is_typed_in(self) -> bool:
        return self._entered() != self._begun and not self._is_busy

    @property
    def threshold(self) -> Threshold:
        """What was entered, as far as it can be read."""
        measure = self._measure()
        bound = typed.read_bound(self.bound.text(), measure)
        seconds, _reason = typed.read_duration(self.duration.text())
        host, machine = self.subject.currentData() or ("", "")
        return Threshold(
            self._before.id, measure, bound.value, bound.unit, Side(self.side.currentData()),
            seconds, Severity(self.severity.currentData()), host, machine, self._device(),
            self.is_enabled.isChecked(),
        )  # fmt: skip

    @override
    async def confirm(self) -> str:
        self.context.thresholds.put(self.threshold)
        return ""

    def _entered(self) -> tuple[Threshold, str, str]:
        return self.threshold, self.bound.text(), self.duration.text()

    def _measure(self) -> Measure:
        return BY_ID[str(self.measure.currentData())]

    def _device(self) -> str | None:
        offered = words.devices(self._measure().of)
        if not offered:
            return ""
        text = self.device.currentText().strip()
        return next((device for device, name in offered if name == text), text)

    def _judge(self) -> None:
        bound = typed.read_bound(self.bound.text(), self._measure())
        _seconds, why_not = typed.read_duration(self.duration.text())
        has_device = not words.devices(self._measure().of) or self.device.currentText().strip()
        reasons = (
            (bound.reason, self.bound_reason),
            (why_not, self.duration_reason),
            ("" if has_device else _tr("Choose one, or write its name."), self.device_reason),
        )
        for reason, remark in reasons:
            remark.setText(reason)
        reason, remark = next((one for one in reasons if one[0]), ("", self.bound_reason))
        self.set_refusal(reason, remark)
        told = "" if reason else self._sentence()
        self.said.setText(told)

    def _sentence(self) -> str:
        threshold = self.threshold
        whose = words.whose(threshold, self.context.lookup)
        return _tr("{severity}: {rule} ({whose})").format(
            severity=alert_words.severity(threshold.severity),
            rule=alert_words.rule(replace(threshold, device="")),
            whose=whose,
        )

    def _on_measure(self) -> None:
        measure = self._measure()
        if typed.read_bound(self.bound.text(), measure).reason:
            self.bound.setText(typed.example(measure))
        # Whose it is stays, as far as one of them can have that figure.
        threshold = self.threshold
        is_another = (threshold.is_of_host, threshold.is_of_pool) != words.kind_of(self._of)
        self._offer_subjects(replace(threshold, key="") if is_another else threshold)
        offered = words.devices(measure.of)
        if measure.of is not self._of:
            self._of = measure.of
            self._offer_devices(measure.of, None if offered else "")
        self._judge()

    def _offer_subjects(self, threshold: Threshold) -> None:
        self.subject.clear()
        for (host, machine), name in self._subjects(threshold):
            self.subject.addItem(name, (host, machine))
        known = [self.subject.itemData(row) for row in range(self.subject.count())]
        wanted = (threshold.host, threshold.key)
        if wanted not in known:
            self.subject.addItem(words.subject(threshold, self.context.lookup), wanted)
            known.append(wanted)
        self.subject.setCurrentIndex(known.index(wanted))

    def _subjects(self, threshold: Threshold) -> Iterable[tuple[tuple[str, str], str]]:
        lookup = self.context.lookup
        yield ("", ""), words.any_of(threshold)
        hosts = sorted(lookup.records(Host), key=lambda host: host.name)
        for host in hosts:
            name = host.name if threshold.is_of_host else words.any_of(threshold, host.name)
            yield (host.ref.host, ""), name
        if not threshold.is_of_host:
            things = sorted(words.things(threshold, lookup), key=lambda one: one.name)
            for thing in things[:_THINGS_SHOWN]:
                yield ("", thing.ref.key), words.full_name(thing, lookup)

    def _offer_devices(self, of: Of, device: str | None) -> None:
        offered = words.devices(of)
        self.device.clear()
        for _device, name in offered:
            self.device.addItem(name)
        for part in (self.device, self.device_reason):
            self._form.setRowVisible(part, bool(offered))
        self.device.setEditText(dict(offered).get(device, device or ""))

    def _fill(self) -> None:
        threshold = self._before
        group = None
        for measure in sorted(alert_words.NAMES, key=lambda one: list(words.GROUPS).index(one.of)):
            if group not in (None, measure.of):
                self.measure.insertSeparator(self.measure.count())
            group = measure.of
            name = f"{words.group(measure.of)}: {alert_words.measure_name(measure)}"
            self.measure.addItem(name, measure.id)
        self.measure.setCurrentIndex(self.measure.findData(threshold.measure.id))
        for side, word in ((Side.ABOVE, _tr("above")), (Side.BELOW, _tr("below"))):
            self.side.addItem(word, side.value)
        self.side.setCurrentIndex(self.side.findData(threshold.side.value))
        for severity in Severity:
            self.severity.addItem(alert_words.severity(severity), severity.value)
        self.severity.setCurrentIndex(self.severity.findData(threshold.severity.value))
        self._offer_subjects(threshold)
        self._offer_devices(threshold.measure.of, threshold.device)
        self.bound.setText(typed.bound_text(threshold.bound, threshold.unit))
        self.duration.setText(typed.duration_text(threshold.duration_s))
        self.is_enabled.setChecked(threshold.is_enabled)

    def _arrange(self) -> None:
        self.device.setEditable(True)
        self.device.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.measure.setMaxVisibleItems(20)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.side)
        line.addWidget(self.bound, 1)
        form = self._form
        for name, field, remark in (
            (_tr("Figure"), self.measure, None),
            (_tr("Of"), self.subject, None),
            (_tr("Device"), self.device, self.device_reason),
            (_tr("Bound"), line, self.bound_reason),
            (_tr("For at least"), self.duration, self.duration_reason),
            (_tr("Severity"), self.severity, None),
        ):
            label = QLabel(name)
            form.addRow(label, field)
            if isinstance(field, QWidget):
                field.setAccessibleName(name)
                label.setBuddy(field)
            if remark:
                form.addRow("", remark)
        self.side.setAccessibleName(_tr("Side of the bound"))
        self.bound.setAccessibleName(_tr("Bound"))
        form.addRow("", self.is_enabled)
        for box in (self.measure, self.subject, self.device):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(30)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(_tr("What this says"))
        self.content.addLayout(form)
        self.content.addWidget(self.said)
        self.setMinimumWidth(_WIDTH)
