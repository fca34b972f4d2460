"""A page of settings: a field for each, when it acts, and what there is to say of it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from backend.errors import Problem
from backend.fields import Field
from backend.settings import Effect, Entry, Place, Plan, PlannedChange, Setting
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.snapins.machines.settings import words
from console.snapins.machines.settings.draft import Draft
from console.snapins.machines.settings.editors import Editor, editor_for
from console.snapins.machines.settings.planner import NO_PLAN
from console.widgets.setting_form import SettingForm, SettingLine


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SettingsPage(SettingForm):
    """The settings of one place of a machine. What is entered goes into the draft at once."""

    edited = Signal()
    """The user has entered something else, or taken it back."""

    def __init__(
        self, place: Place, draft: Draft, told: Callable[[Place], str] = lambda _place: ""
    ) -> None:
        super().__init__(words.place_title(place))
        self._told = told
        set_topic(self, f"settings/{place.section.value}")
        self.place = place
        self._draft = draft
        self._fields: dict[Setting, tuple[SettingLine, Editor]] = {}
        self._unreadable: set[Setting] = set()
        self._plan, self._lock = NO_PLAN, ""
        self._add_fields()
        self.show_standing(NO_PLAN, "")

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What stands on it."""
        return tuple(self._fields)

    @property
    def complaint(self) -> str:
        """Why something that was entered is no value; "" if all are."""
        return next((self.editor(setting).complaint for setting in self._unreadable), "")

    def editor(self, setting: Setting) -> Editor:
        """Return the field of a setting."""
        return self._fields[setting][1]

    def field(self, field: Field) -> QWidget | None:
        """Return where a field is edited; None if it does not stand here."""
        found = (editor.widget for one, (_, editor) in self._fields.items() if one.field is field)
        return next(found, None)

    def line(self, setting: Setting) -> SettingLine:
        """Return the line on which a setting stands."""
        return self._fields[setting][0]

    def show_standing(self, plan: Plan, lock: str) -> None:
        """Show what the draft holds and what the plan says; `lock` is why nothing can be."""
        self._plan, self._lock = plan, lock
        self.set_sentence(self._told(self.place) or words.page_sentence(self.place))
        for entry in self._draft.sheet.of(self.place):
            if entry.setting in self._fields:
                self._show_entry(entry, *self._fields[entry.setting])

    def _add_fields(self) -> None:
        heading = ""
        for entry in sorted(self._draft.sheet.of(self.place), key=words.rank):
            setting = entry.setting
            wanted = words.group(setting.field)
            if wanted != heading:
                self.add_heading(wanted)
                heading = wanted
            editor = editor_for(entry)
            line = self.add(words.field(setting.field), editor.widget)
            editor.edited.connect(lambda one=setting: self._on_edited(one))
            line.taken_back.connect(lambda one=setting: self._on_taken_back(one))
            self._fields[setting] = (line, editor)

    def _on_edited(self, setting: Setting) -> None:
        editor = self.editor(setting)
        if editor.complaint:
            self._unreadable.add(setting)
        else:
            self._unreadable.discard(setting)
            self._draft.put(setting, editor.value)
        self._refresh(setting)
        self.edited.emit()

    def _on_taken_back(self, setting: Setting) -> None:
        if setting in self._unreadable:
            self._unreadable.discard(setting)
            self._draft.take_back(setting)
        else:
            self._draft.revert(setting)
        line, editor = self._fields[setting]
        self._refresh(setting)
        if not line.revert.isVisible():
            editor.widget.setFocus()  # the button that had the keyboard has gone
        self.edited.emit()

    def _refresh(self, setting: Setting) -> None:
        entry = self._draft.sheet.entry(setting)
        if entry is not None:
            self._show_entry(entry, *self._fields[setting])

    def _show_entry(self, entry: Entry, line: SettingLine, editor: Editor) -> None:
        draft, setting = self._draft, entry.setting
        is_edited = draft.is_edited(setting)
        change = self._plan.effect(setting) if is_edited else None
        if setting not in self._unreadable:
            editor.show(entry, draft.value(setting))
        is_fixed = entry.effect is Effect.REFUSED and not is_edited
        editor.lock(bool(self._lock) or is_fixed)
        self._show_chip(entry, line, change)
        words_of, tone = self._remark(entry, change)
        line.say(words_of, tone)
        line.offer_revert("" if self._lock else self._way_back(entry))

    def _show_chip(self, entry: Entry, line: SettingLine, change: PlannedChange | None) -> None:
        effect, problem = entry.effect, entry.problem
        if change is not None:
            effect, problem = change.effect, change.problem
        elif entry.is_pending and effect is Effect.NOW:
            effect = Effect.NEXT_START
        word, tone = words.effect(effect, problem)
        if change is not None and effect is Effect.REFUSED:
            word = _tr("refused")  # another value may do
        if effect is Effect.NOW and entry.remark == Problem("KeptByCeladon"):
            word, tone = _tr("only noted"), Tone.MUTED  # nothing acts on it, now or later
        line.chip.show_word(
            word, tone, words.sentence(problem, entry.setting.field) if problem else ""
        )

    def _remark(self, entry: Entry, change: PlannedChange | None) -> tuple[str, Tone]:
        told = self._draft.conflicts.get(entry.setting)
        field = entry.setting.field
        if entry.setting in self._unreadable:
            return self.editor(entry.setting).complaint, Tone.BAD
        if told:
            now = words.brief(field, told[1], entry.kind)
            return _tr("Somebody else has set it to {value}.").format(value=now), Tone.WARNING
        if change and change.problem:
            is_bad = change.effect is Effect.REFUSED
            return words.sentence(change.problem, field), Tone.BAD if is_bad else Tone.MUTED
        if lack := self._lack(entry):
            return words.sentence(lack, field), Tone.WARNING
        return self._remark_as_it_is(entry)

    def _lack(self, entry: Entry) -> Problem | None:
        """Return why what is chosen has nothing to work with on this host; None if it has."""
        chosen = self._draft.value(entry.setting)
        return next((one.problem for one in entry.bounds.choices if one.value == chosen), None)

    def _remark_as_it_is(self, entry: Entry) -> tuple[str, Tone]:
        field = entry.setting.field
        if entry.effect is Effect.REFUSED and entry.problem:
            return words.sentence(entry.problem, field), Tone.MUTED
        if entry.is_pending and not self._draft.is_edited(entry.setting):
            live = words.brief(field, entry.live, entry.kind)
            return _tr("Runs with {value} until it is turned off.").format(value=live), Tone.WARNING
        told = words.sentence(entry.remark, field) if entry.remark else words.advice(field)
        return told, Tone.MUTED

    def _way_back(self, entry: Entry) -> str:
        field = entry.setting.field
        if self._draft.is_edited(entry.setting) or entry.setting in self._unreadable:
            to = words.brief(field, entry.value, entry.kind)
        elif entry.is_pending and entry.effect is not Effect.REFUSED:
            to = words.brief(field, entry.live, entry.kind)
        else:
            return ""
        return _tr("Back to {value}").format(value=to)
