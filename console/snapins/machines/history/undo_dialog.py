"""Before a change is undone: what that will do, and what was changed again since."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Domain
from backend.operations import alterations as verbs
from backend.operations.alterations import Undoing
from backend.operations.settings import sheet as settings_verbs
from backend.operations.settings.rewind import Insist
from backend.settings import Comparison, Effect, Sheet
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines.history import words
from console.snapins.machines.settings import standing
from console.snapins.machines.settings import words as settings_words
from console.widgets.outcome_lines import OutcomeLine, OutcomeLines

_WIDTH = 560


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class UndoDialog(Dialog):
    """Takes back what leads from the definition `before` to the one `after`; both are marks."""

    def __init__(
        self,
        context: Context,
        domain: Domain,
        title: str,
        before: str,
        after: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, title, _tr("Undo") if after else _tr("Define Again"), parent)
        self._domain = domain
        self._before, self._after = before, after
        self._undoing: Undoing | None = None
        self.outcome = OutcomeLines(_tr("What this will do"), _tr("Nothing."))
        self.outcome.setContentsMargins(-7 * GRID, 0, -7 * GRID, 0)  # it stands in a margin here
        self.warning = ToneLabel(tone=Tone.WARNING)
        self.warning.setWordWrap(True)
        self.insist = QCheckBox(_tr("Set that back as well"))
        self.insist.toggled.connect(lambda _is_on: self._judge())
        for widget in (self.outcome, self.warning, self.insist):
            self.content.addWidget(widget)
        self.warning.hide()
        self.insist.hide()
        self.setMinimumWidth(_WIDTH)
        self.set_refusal(_tr("One moment..."))
        self._cancel = context.run(self._plan())
        self.finished.connect(lambda _result: self._cancel())

    @override
    async def act(self, context: Context) -> None:
        more = (Insist.YES,) if self.insist.isChecked() else ()
        context.submit(verbs.undo, self._domain.ref, self._before, self._after, *more)

    async def _plan(self) -> None:
        ref = self._domain.ref
        try:
            found = await self.context.query(verbs.plan, ref, self._before, self._after)
            sheet = await self.context.query(settings_verbs.look, ref)
        except BackendError as error:
            self.set_refusal("\n".join((wording.sentence(error.problem), *error.detail)))
            return
        self._undoing = found
        is_running = self._domain.is_active
        lines = (*standing.outcome(found.plan, sheet), *_others(found, sheet, is_running))
        if not self._after:
            lines = (OutcomeLine("ph.file-plus", Tone.GOOD, _tr("It has a definition again")),)
        self.outcome.show_lines(lines)
        warning = "\n".join(_warnings(found))
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.insist.setVisible(bool(found.overlaps))
        self.put_in_order()
        self._judge()
        self.adjustSize()
        self._begin()

    def _begin(self) -> None:
        """Have the keyboard where it is to be decided: Return undoes, or closes what cannot be."""
        fields = (self.insist, self.ok_button, self.cancel_button)
        first = next(field for field in fields if field.isVisible() and field.isEnabled())
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _judge(self) -> None:
        found = self._undoing
        if found is None:
            return
        refused = next((c for c in found.plan.refused if c.problem), None)
        if refused and refused.problem:
            self.set_refusal(settings_words.sentence(refused.problem, refused.setting.field))
        elif not self.outcome.lines:
            self.set_refusal(_tr("It is so already: nothing would be changed."))
        elif found.overlaps and not self.insist.isChecked():
            self.set_refusal(_tr("Tick the box, or undo the later change first."))
        else:
            self.set_refusal("")


def _others(found: Undoing, sheet: Sheet, is_running: object) -> Iterator[OutcomeLine]:
    """Yield what no setting tells: devices that come or go, and elements."""
    planned = {change.setting for change in found.plan.changes}
    told = found.comparison
    values = tuple(value for value in told.values if value.setting not in planned)
    rest = Comparison(values, told.came, told.went, told.parts)
    effect = Effect.NEXT_START if is_running and sheet.is_persistent else Effect.NOW
    pattern = _tr("At the next start: {change}") if is_running else _tr("Now: {change}")
    icon, tone = standing.ICONS[effect]
    for line in words.differing(rest):
        yield OutcomeLine(icon, tone, pattern.format(change=line))


def _warnings(found: Undoing) -> Iterator[str]:
    if found.overlaps:
        again = list(map(words.value, found.again))
        what = ", ".join(again or [_tr("XML {way}").format(way=way) for way in found.overlaps])
        yield _tr("Changed again since, and set back by this: {what}.").format(what=what)
    for kind in found.bare:
        yield _tr(
            "The {kind} display comes back without a password, if it had one: set it anew."
        ).format(kind=kind.upper())
