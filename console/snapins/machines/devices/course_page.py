"""The last page of the device wizards: what comes of each change, step by step, as it comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from backend.heartbeat import Heartbeat
from backend.jobs import Job, JobState
from console.sdk.context import Context, JobHandle, Unsubscribe
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import WizardPage
from console.snapins.machines.devices import told
from console.snapins.machines.devices.told import Outcome
from console.widgets.choice_list import ChoiceList, Option
from console.widgets.gap_chart import GapChart
from console.widgets.step_rows import StepRows

_ICONS: Final = {
    Tone.GOOD: "ph.check-circle-fill",
    Tone.BAD: "ph.x-circle-fill",
    Tone.WARNING: "ph.warning",
    Tone.MUTED: "ph.hourglass-medium",
}
_CALM: Final = {Tone.GOOD: Tone.MUTED}
_SHOWN_AT_ONCE: Final = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Errand:
    """One change that was handed in: what it is called, what is said of it, and its job.

    `title` says in words what it is, from how its job stands; `doing` is the word for the chart.
    """

    key: str
    name: str
    title: Callable[[Job | None], str]
    handle: JobHandle
    doing: str


class CoursePage(WizardPage):
    """Follows errands. Of several there is a list, and what is chosen there is shown below."""

    shown_changed = Signal()
    """What is shown stands otherwise than before, or is another one."""

    def __init__(self, context: Context, step: str, topic: str) -> None:
        super().__init__(context, step, step)
        set_topic(self, topic)
        self._errands: dict[str, Errand] = {}
        self._jobs: dict[str, Job] = {}
        self._ends: dict[str, Unsubscribe] = {}
        self.all = ChoiceList(_tr("Changes"))
        self.all.hide()
        self.steps = StepRows(_tr("Steps of the change"))
        self.remark = ToneLabel(tone=Tone.MUTED)
        self.remark.setWordWrap(True)
        self.chart = GapChart()
        self._pulse: Heartbeat | None = None
        self._lay_out()
        self.all.chosen.connect(lambda _key: self._show())

    @property
    def shown(self) -> Errand | None:
        """The errand whose steps are shown."""
        if len(self._errands) == 1:
            return next(iter(self._errands.values()))
        return self._errands.get(self.all.key)

    @property
    def job(self) -> Job | None:
        """The job of that, as it was last heard of."""
        return self._jobs.get(self.shown.key) if self.shown else None

    def follow(self, errands: Sequence[Errand]) -> None:
        """Show these, and how they stand from now on; one of a known key takes its place."""
        for errand in errands:
            if end := self._ends.pop(errand.key, None):
                end()
            self._jobs.pop(errand.key, None)
            self._errands[errand.key] = errand
            self._ends[errand.key] = errand.handle.follow(
                lambda job, key=errand.key: self._on_job(key, job)  # type: ignore[misc]
            )
        self._show()

    @override
    def leave(self) -> None:
        super().leave()
        ends, self._ends = self._ends, {}
        for end in ends.values():
            end()

    def _on_job(self, key: str, job: Job) -> None:
        self._jobs[key] = job
        self._show()

    def _show(self) -> None:
        self.all.setVisible(len(self._errands) > 1)
        if len(self._errands) > 1:
            self.all.offer([self._option(errand) for errand in self._errands.values()])
        errand, job = self.shown, self.job
        if errand is None:
            return
        self.title = errand.title(job)
        result = self._outcome(job)
        self.sentence, self.tone = result.text, _CALM.get(result.tone, result.tone)
        self.steps.set_lines(told.lines(job) if job else ())
        self.remark.setText(told.remarks(job) if job else "")
        self.remark.setVisible(bool(self.remark.text()))
        self._show_pulse(errand, job)
        self.edited.emit()
        self.shown_changed.emit()

    def _show_pulse(self, errand: Errand, job: Job | None) -> None:
        pulse = job.heartbeat if job else None
        self.chart.setVisible(pulse is not None and bool(pulse.beats))
        if pulse is None or job is None:
            return
        self.chart.tell(told.pulse_caption(pulse, errand.doing), told.pulse_source(pulse))
        if pulse != self._pulse or job.is_over:
            self._pulse = pulse
            self.chart.show_beats(pulse.beats, pulse.idle_gap_ms, told.marks(job))

    def _outcome(self, job: Job | None) -> Outcome:
        waiting = _tr("It is followed until the guest has it, or says why not.")
        if job is None:
            return Outcome(waiting)
        return told.outcome(job, waiting)

    def _option(self, errand: Errand) -> Option:
        job = self._jobs.get(errand.key)
        result = self._outcome(job)
        first = result.text.partition("\n")[0]
        is_running = job is None or job.state is JobState.RUNNING
        words = _tr("Under way...") if is_running else first
        return Option(errand.key, _ICONS[result.tone], errand.name, words, tone=result.tone)

    def _lay_out(self) -> None:
        self.all.setMaximumHeight(_SHOWN_AT_ONCE * 13 * GRID)
        rest = QVBoxLayout()
        rest.addStretch(1)
        self.chart.hide()
        self.content.addWidget(self.all)
        self.content.addWidget(self.steps)
        self.content.addWidget(self.remark)
        self.content.addWidget(self.chart, 1)
        self.content.addLayout(rest)
