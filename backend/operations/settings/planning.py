"""What handing in edits would do, and the definition that would follow. Pure."""

import copy
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from backend.errors import Problem
from backend.operations.settings import bounds
from backend.operations.settings.commanded import BY_COMMAND
from backend.operations.settings.standing import Standing, verdict
from backend.refusals import ChangedElsewhere, SettingMissing
from backend.settings import Basis, Edit, Effect, Plan, PlannedChange, Setting, Value
from backend.xmldesc import tree, written
from backend.xmldesc.settings import catalogue


class Checked(Enum):
    """Whether values are held against their bounds. What was there before is not."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, and the definition as it would be; None where there is none to be changed."""

    plan: Plan
    definition: tree.Element | None


def plan(
    standing: Standing, base: Basis, edits: Iterable[Edit], checked: Checked = Checked.YES
) -> Outcome:
    """Return what becomes of edits made on settings as they were in `base`."""
    before = standing.values()
    tidied = [Edit(edit.setting, bounds.tidy(edit.value)) for edit in edits]
    wanted = [edit for edit in tidied if _differs(before, edit)]
    told = dict(base.values)
    problems = {e.setting: _refusal(standing, before, told, e, checked) for e in wanted}
    good = [edit for edit in wanted if problems[edit.setting] is None]
    root = copy.deepcopy(standing.edited)
    catalogue.write(root, good)
    after = {**before, **_written(root), **{e.setting: e.value for e in good if _is_commanded(e)}}
    changes = [
        *(_refused(before, edit, problems[edit.setting]) for edit in wanted),
        *_changes(standing, before, after, {edit.setting for edit in good}),
    ]
    new = None if standing.definition is None else root
    return Outcome(
        Plan(
            tuple(change for change in changes if change is not None),
            () if standing.definition is None else _difference(standing.definition, root),
            _elsewhere(told, before, {edit.setting for edit in wanted}),
        ),
        new,
    )


def _differs(before: dict[Setting, Value], edit: Edit) -> bool:
    """Return whether an edit changes anything. One that the machine has no place for is refused."""
    return edit.setting not in before or not _same(before[edit.setting], edit.value)


def _same(one: Value, other: Value) -> bool:
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _refusal(
    standing: Standing,
    before: dict[Setting, Value],
    told: dict[Setting, Value],
    edit: Edit,
    checked: Checked,
) -> Problem | None:
    setting = edit.setting
    if setting not in before:
        return SettingMissing(name=standing.around.domain.name, setting=setting.field.value).problem
    now = before[setting]
    if setting in told and not _same(told[setting], now):
        return ChangedElsewhere(before=spelt(told[setting]), now=spelt(now)).problem
    found = standing.there[setting]
    effect, problem = verdict(standing, setting, edit.value)
    if effect is Effect.REFUSED:
        return problem
    if checked is Checked.NO or setting.field in BY_COMMAND or runs_so(standing, edit):
        return None
    allowed = found.declared.bounds(standing.scene(found))
    return bounds.problem(found.declared.kind, allowed, edit.value)


def runs_so(standing: Standing, edit: Edit) -> bool:
    """Return whether the machine runs as an edit wants it: nothing is left to be done now."""
    running = standing.running.get(edit.setting)
    return running is not None and _same(running.value, edit.value)


def spelt(value: Value) -> str:
    """Return a value as an argument of a problem."""
    return "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)


def _is_commanded(edit: Edit) -> bool:
    return edit.setting.field in BY_COMMAND


def _written(root: tree.Element) -> dict[Setting, Value]:
    return {
        setting: found.value
        for setting, found in catalogue.settings(root).items()
        if setting.field not in BY_COMMAND
    }


def _refused(
    before: dict[Setting, Value], edit: Edit, problem: Problem | None
) -> PlannedChange | None:
    if problem is None:
        return None
    was = before.get(edit.setting)
    return PlannedChange(edit.setting, was, edit.value, Effect.REFUSED, problem)


def _changes(
    standing: Standing,
    before: dict[Setting, Value],
    after: dict[Setting, Value],
    edited: set[Setting],
) -> Iterator[PlannedChange]:
    for setting, was in before.items():
        value = after.get(setting)
        if _same(was, value) or setting not in after:
            continue
        effect, problem = verdict(standing, setting, value)
        if effect is Effect.NEXT_START and runs_so(standing, Edit(setting, value)):
            effect, problem = Effect.NOW, None
        yield PlannedChange(setting, was, value, effect, problem, setting not in edited)


def _elsewhere(
    told: dict[Setting, Value], now: dict[Setting, Value], edited: set[Setting]
) -> tuple[tuple[Setting, Value, Value], ...]:
    return tuple(
        (setting, value, now.get(setting))
        for setting, value in told.items()
        if setting not in edited and not _same(value, now.get(setting))
    )


def _difference(before: tree.Element, after: tree.Element) -> tuple[str, ...]:
    lines = difflib.unified_diff(
        written.without_secrets(tree.write(before)).splitlines(),
        written.without_secrets(tree.write(after)).splitlines(),
        lineterm="",
        n=2,
    )
    return tuple(list(lines)[2:])
