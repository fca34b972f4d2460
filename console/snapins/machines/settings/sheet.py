"""The sheet of a machine's settings: what is read, planned, handed in, and opens from there."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from typing_extensions import override

from backend.errors import BackendError
from backend.fields import Field
from backend.jobs import JobState
from backend.model import Change, Domain, Ref
from backend.operations.settings import sheet as verbs
from backend.settings import Sheet
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.nodes import Tone
from console.snapins.machines.dialogs.show_xml import ShowXmlDialog
from console.snapins.machines.history.opening import open_histories
from console.snapins.machines.settings import elsewhere, standing, surroundings, words
from console.snapins.machines.settings.comings import Comings
from console.snapins.machines.settings.difference import DifferenceDialog
from console.snapins.machines.settings.draft import Draft
from console.snapins.machines.settings.frame import Frame
from console.snapins.machines.settings.pages import Pages
from console.snapins.machines.settings.planner import Planner

_SOON_MS: Final = 250
_AGAIN_MS: Final = 5000


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SettingsSheet(Frame):
    """Modeless, one a machine. What is entered is planned while one types, and done by OK."""

    def __init__(self, context: Context, domain: Domain) -> None:
        super().__init__(context, self._act)
        self.ref: Ref = domain.ref
        self.draft: Draft | None = None
        self.pages: Pages | None = None
        self._name = domain.name
        self._is_busy = False
        self._is_closed = False
        self._trouble = ""
        self._unread = ""
        self._wanted: tuple[str, Field | None] | None = None
        self._looking: Unsubscribe | None = None
        self._deaf = context.subscribe(self._on_changes)
        self._comings = Comings(context, self.ref)
        self.planner = Planner(context, self.ref, self)
        self.planner.planned.connect(self._judge)
        self._soon = _timer(self, _SOON_MS)
        self._again = _timer(self, _AGAIN_MS)
        self._soon.setSingleShot(True)
        self.finished.connect(self._on_closed)
        self.note.pressed.connect(self._on_note)
        self.xml_button.clicked.connect(self._show_difference)
        self.history_button.clicked.connect(self._show_history)
        self.apply_button.clicked.connect(lambda: self._hand_in(is_last=False))
        self.ok_button.clicked.connect(lambda: self._hand_in(is_last=True))
        self._entitle()
        self._judge()
        self._again.start()
        self.look()

    @property
    @override
    def is_typed_in(self) -> bool:
        return not self._is_busy and _has_edits(self)

    def turn_to(self, key: str, field: Field | None = None) -> None:
        """Show this page, and have the keyboard at this field, as soon as the settings are read."""
        self._wanted = (key, field)
        if self.pages and self.list.choose(key):
            self._wanted = None
            self.pages.point_at(field)

    def look(self) -> None:
        """Read the settings anew; what was changed elsewhere is told."""
        if self._is_busy or surroundings.lock(self.context.lookup, self.ref):
            return
        if self._looking:
            self._soon.start()  # not cancelled: a slow server would never be heard out
            return
        self._looking = self.context.run(self._look())

    async def _look(self) -> None:
        found = None
        try:
            found = await self.context.query(verbs.look, self.ref)
        except BackendError as error:
            self._unread = wording.sentence(error.problem)
        self._looking = None
        if found:
            self._unread = ""
            self._take(found)
        self._judge()
        if self._wanted:
            self.turn_to(*self._wanted)

    def _take(self, found: Sheet) -> None:
        if self.draft is None:
            self.draft = Draft(found)
            told = partial(surroundings.sentence, self.context.lookup, self.ref)
            self.pages = Pages(self.draft, self, told)
            self.pages.edited.connect(self._on_edited)
            self.pages.add_wanted.connect(self._comings.add)
            self.pages.remove_wanted.connect(self._comings.remove)
        elif found != self.draft.sheet:
            self.draft.follow(found)
            self.planner.follow(self.draft)
        self._name = found.name
        self._entitle()

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        refs = {change.ref for change in changes}
        if self.ref in refs:
            self._soon.start()
        if any(ref.host == self.ref.host for ref in refs):
            self._judge()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Read anew when the user comes back from elsewhere: maybe it was changed there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._soon.start()

    def _on_edited(self) -> None:
        self._trouble = ""
        if self.draft:
            self.planner.follow(self.draft)
        self._judge()

    def _on_note(self, key: str) -> None:
        if self.draft:
            elsewhere.press(self.draft, key)
        self._on_edited()

    async def _act(self, context: Context) -> None:
        if self.draft and self.draft.edits:
            edits = self.draft.edits
            context.submit(verbs.apply, self.ref, self.draft.base.of(edits), edits)

    def _hand_in(self, *, is_last: bool) -> None:
        if self.draft is None or not self.draft.edits:
            if is_last:
                self.accept()
            return
        # At once, not when the coroutine begins: the second of two quick clicks is too late.
        self._is_busy = True
        self._trouble = ""
        self.planner.stop()
        if self._looking:  # its answer may be of before
            self._looking()
            self._looking = None
        self._judge()
        self.context.run(self._apply(self.draft, is_last=is_last))

    async def _apply(self, draft: Draft, *, is_last: bool) -> None:
        edits = draft.edits
        base = draft.base.of(edits)
        job = await self.context.submit(verbs.apply, self.ref, base, edits)
        if self._is_closed:
            return  # it has gone on, and stands among the jobs
        if job.state is JobState.DONE and is_last:
            self.accept()
            return
        if job.state is JobState.DONE:
            if not await self._look_after(draft):
                return
        elif job.problem:
            self._trouble = "\n".join((wording.sentence(job.problem), *job.problem.detail))
        else:
            self._trouble = _tr("It was cancelled; nothing was changed.")
        self._is_busy = False
        self._judge()

    async def _look_after(self, draft: Draft) -> bool:
        """Begin anew with what there is now; return whether anybody still looks.

        What was handed in is no change from elsewhere.
        """
        found = draft.sheet
        try:
            found = await self.context.query(verbs.look, self.ref)
        except BackendError as error:
            self._unread = wording.sentence(error.problem)
        if self._is_closed:
            return False
        draft.settle(found)
        self.planner.follow(draft)
        return True

    def _judge(self) -> None:
        lock = surroundings.lock(self.context.lookup, self.ref)
        busy = _tr("One moment...") if self._is_busy else ""
        plan = self.planner.plan
        reason = lock or self._why_not() or busy
        has_edits = _has_edits(self)
        if self.pages and self.draft:
            self.pages.show_room(self._comings.room)
            self.pages.show_standing(plan, lock or busy)
            self.outcome.show_lines(standing.outcome(plan, self.draft.sheet))
            note = elsewhere.note(self.draft, lock)
            if self.note.show_note(note.words, note.tone, note.buttons):
                self.pages.put_in_order()
        else:
            self.note.show_note(lock)
        can_close = not busy and not (has_edits and reason)
        self.enable(can_close=can_close, can_apply=has_edits and not reason, why=reason)
        trouble = self._trouble or self.planner.trouble or self._unread
        self.say(busy or trouble, Tone.MUTED if busy else Tone.BAD)

    def _why_not(self) -> str:
        """Return why what was entered cannot be handed in; "" if it can."""
        if self.pages and (complaint := self.pages.complaint):
            return complaint
        refused = self.planner.plan.refused
        told = (words.sentence(c.problem, c.setting.field) for c in refused if c.problem)
        return next(told, "")

    def _entitle(self) -> None:
        title = _tr("Settings of {name}").format(name=self._name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def _show_difference(self) -> None:
        domain = self.context.lookup.record(self.ref, Domain)
        if self.planner.plan.difference:
            lines = self.planner.plan.difference
            self.context.show_dialog(DifferenceDialog(self._name, lines))
        elif domain:
            self.context.show_dialog(ShowXmlDialog(self.context, domain))

    def _show_history(self) -> None:
        if domain := self.context.lookup.record(self.ref, Domain):
            open_histories.show(self.context, domain)

    def _on_closed(self) -> None:
        self._is_closed = True
        self._again.stop()
        self._soon.stop()
        self.planner.stop()
        self._deaf()
        if self._looking:
            self._looking()


def _has_edits(sheet: SettingsSheet) -> bool:
    """Whether something is entered, though it may be no value yet."""
    return bool(sheet.draft and sheet.draft.edits) or bool(sheet.pages and sheet.pages.complaint)


def _timer(sheet: SettingsSheet, after_ms: int) -> QTimer:
    timer = QTimer(sheet)
    timer.setInterval(after_ms)
    timer.timeout.connect(sheet.look)
    return timer
