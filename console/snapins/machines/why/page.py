"""The page *Why is it slow?*: the likely bottleneck of a machine, with the evidence, or none."""

from collections.abc import Hashable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.diagnosis.examine import Diagnosis, Finding
from backend.model import Domain, Kind, Record, Ref
from console.sdk import reach, wording
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell
from console.snapins.machines.pages.performance import why_none, why_still
from console.snapins.machines.pages.tables import TablePage
from console.snapins.machines.why import causes, evidence
from console.snapins.machines.why import verdict as words
from console.snapins.machines.why.examiner import Examiner
from console.snapins.machines.why.leads import lead
from console.snapins.machines.why.strip import VerdictStrip
from console.widgets.picker import Picker
from console.widgets.table_model import Line, TableColumn

_LENGTHS: Final = {"600": 600.0, "3600": 3600.0, "86400": 86_400.0}
_FIGURE_WIDTH: Final = 10


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class WhyPage(TablePage):
    """The verdict, a line for each cause that was examined, and what helps against the chosen."""

    tells_all = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.strip = VerdictStrip()
        self.advice = ToneLabel(tone=Tone.MUTED)
        self.lengths = Picker(_tr("How far back it is looked"))
        self.examiner = Examiner(context)
        columns = (
            TableColumn(_tr("Examined"), 30),
            TableColumn(_tr("Finding"), 18),
            TableColumn(_tr("Measured"), 24, Align.RIGHT),
            TableColumn(_tr("Evidence"), 60),
        )
        super().__init__(context, _tr("Why is it slow?"), columns, parent)
        self.examiner.setParent(self)
        self.examiner.judged.connect(self.refresh)
        self.strip.followed.connect(self._on_followed)
        self.lengths.offer((
            ("600", _tr("The last 10 minutes")),
            ("3600", _tr("The last hour")),
            ("86400", _tr("The last day")),
        ))  # fmt: skip
        self.lengths.chosen.connect(self.refresh)
        self.advice.setWordWrap(True)
        self.advice.setAccessibleName(_tr("What helps"))
        self.advice.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        self.foot.addWidget(self.lengths)
        self.column.insertWidget(0, self.strip)
        self.column.insertWidget(2, self.advice)
        # As one reads: it stands above. Qt sees no need by itself, as the last leads to the first.
        QWidget.setTabOrder(self.table, self.strip.button)
        QWidget.setTabOrder(self.strip.button, self.table)

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        found = self._told()
        if found is None or not isinstance(record, Domain):
            return ()
        return tuple(line(one, record) for one in words.in_order(found))

    @override
    def empty(self, record: Record | None) -> str:
        if not isinstance(record, Domain):
            return ""
        examiner, samples = self.examiner, self.context.lookup.samples(record.ref)
        if words_ := why_none(record, samples) or self._why_still(record):
            return words_
        if examiner.problem:
            return wording.sentence(examiner.problem)
        return words.too_early(examiner.diagnosis) if examiner.diagnosis else _tr("Examining...")

    @override
    def show_record(self, record: Record | None) -> None:
        if self.is_awake and isinstance(record, Domain):
            self.examiner.follow(record.ref, _LENGTHS[self.lengths.current])
        super().show_record(record)
        found = self._told()
        told = None
        if found and isinstance(record, Domain):
            told = words.verdict(found, record, self._why_still(record))
        self.strip.show_verdict(told, lead(told.first) if told and told.first else None)
        if told and told.first and self.table.current_key() is None:
            self.table.choose(told.first.cause)

    @override
    def show_samples(self) -> None:
        """Nothing: it is judged every ten seconds."""

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref, Ref(record.ref.host, Kind.HOST, record.ref.host))

    @override
    def on_wake(self) -> None:
        super().on_wake()
        self.refresh()

    @override
    def on_sleep(self) -> None:
        super().on_sleep()
        self.examiner.stop()

    def _told(self) -> Diagnosis | None:
        found = self.examiner.diagnosis
        return found if found and found.is_enough else None

    def _why_still(self, domain: Domain) -> str:
        return reach.why_unread(self.context.lookup, domain.ref.host) or why_still(domain)

    def _chosen(self) -> Finding | None:
        key, found = self.table.current_key(), self._told()
        return next((one for one in found.findings if one.cause is key), None) if found else None

    @override
    def _settle(self) -> None:
        self.copy.setEnabled(bool(self.table.lines_model.lines))
        chosen = self._chosen()
        self.show_button.setEnabled(chosen is not None)
        self.advice.setVisible(chosen is not None)
        if chosen and isinstance(self.record, Domain):
            told, leading = causes.words()[chosen.cause], lead(chosen)
            self.show_button.setText(leading.words)
            self.show_button.setIcon(icon(leading.icon))
            self.show_button.setAccessibleName(f"{leading.words} ({told.title})")
            self.advice.setText(words.helps(chosen, self.record))

    @override
    def _visit(self, key: Hashable) -> None:
        del key
        self._follow(self._chosen())

    def _on_followed(self) -> None:
        found = self._told()
        self._follow(found.found[0] if found and found.found else None)

    def _follow(self, finding: Finding | None) -> None:
        if finding and isinstance(self.record, Domain):
            lead(finding).follow(self.context, self.record)


def line(finding: Finding, domain: Domain) -> Line:
    """Return the line of one cause."""
    told = causes.words()[finding.cause]
    word, mark, tone = words.outcome(finding)
    measured = evidence.main(finding)
    figure = Cell("")
    if measured and measured.value is not None:
        text = evidence.figure(measured.quantity.unit, measured.value)
        figure = Cell(text, trend=evidence.trend(measured), figure_width=_FIGURE_WIDTH)
    cells = (Cell(told.title, told.icon), Cell(word, mark, tone), figure)
    return Line(finding.cause, (*cells, Cell(words.told_of(finding, domain))))
