"""What handing in edits would do, and the definition that would follow. Pure."""

import copy
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from backend.errors import Problem
from backend.objections import ChangedElsewhere, SettingMissing
from backend.operations.settings import bounds
from backend.operations.settings.commanded import BY_COMMAND
from backend.operations.settings.standing import Standing, verdict
from backend.settings import (
    NOW,
    Basis,
    Edit,
    Effect,
    Field,
    Plan,
    PlannedChange,
    Section,
    Setting,
    Value,
)
from backend.xmldesc import tree, verbatim, written
from backend.xmldesc.settings import catalogue, drives, harmony


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
    edits = tuple(edits)
    standing = _with_room(standing, edits)
    before = standing.values()
    tidied = [Edit(edit.setting, bounds.tidy(edit.value)) for edit in edits]
    wanted = [edit for edit in tidied if _differs(before, edit)]
    told = dict(base.values)
    problems = {e.setting: _refusal(standing, before, told, e, checked) for e in wanted}
    root = _written(standing, wanted, problems)
    if checked is Checked.YES:
        problems |= _conflicts(root, wanted, problems)
        root = _written(standing, wanted, problems)
    good = [edit for edit in wanted if problems[edit.setting] is None]
    after = {
        **before,
        **_values(root, good),
        **{e.setting: e.value for e in good if _is_commanded(e)},
    }
    changes = [
        *(_refused(before, edit, problems[edit.setting]) for edit in wanted),
        *_changes(standing, before, after, {edit.setting for edit in good}),
    ]
    return Outcome(
        Plan(
            tuple(change for change in changes if change is not None),
            () if standing.definition is None else _difference(standing.definition, root),
            _elsewhere(told, before, {edit.setting for edit in wanted}),
        ),
        None if standing.definition is None else root,
    )


def restoring(standing: Standing, before: tree.Element, edits: Iterable[Edit]) -> Outcome:
    """Return what becomes of it if the definition is the one before; no bounds are held against it.

    Of the edits count those that no description holds.
    """
    edits = tuple(edits)
    back = _values(before, edits)
    wanted = [Edit(s, v) for s, v in back.items() if s in standing.there]
    wanted += [edit for edit in edits if _is_commanded(edit)]
    told = plan(standing, NOW, wanted, Checked.NO).plan
    return Outcome(replace(told, difference=_difference(standing.edited, before)), before)


def _with_room(standing: Standing, edits: tuple[Edit, ...]) -> Standing:
    """Return how it stands with a view to what is wanted: edits make room for each other."""
    root = copy.deepcopy(standing.edited)
    catalogue.write(root, edits)
    return standing.with_a_view_to(root, {edit.setting for edit in edits})


Problems = dict[Setting, Problem | None]


def _written(standing: Standing, wanted: list[Edit], problems: Problems) -> tree.Element:
    """Return the definition with those edits patched in that nothing speaks against."""
    root = copy.deepcopy(standing.edited)
    good = [edit for edit in wanted if problems[edit.setting] is None]
    catalogue.write(root, good)
    files = standing.facts.files
    discs = [e.setting for e in good if (found := files.get(str(e.value))) and found.keeps_owner]
    there = catalogue.settings(root) if discs else {}
    for setting in discs:
        if setting.field is Field.DRIVE_SOURCE and setting in there:
            drives.keep_owner(there[setting].element)
    return root


def _conflicts(root: tree.Element, wanted: list[Edit], problems: Problems) -> Problems:
    """Return what of the edits cannot be together."""
    return {
        edit.setting: problem
        for settings, problem in harmony.conflicts(root)
        for edit in wanted
        if edit.setting in settings and problems[edit.setting] is None
    }


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
    scene, declared = standing.scene(found), found.declared
    unfit = bounds.problem(declared.kind, declared.bounds(scene), edit.value)
    return unfit or declared.check(scene, edit.value)


def runs_so(standing: Standing, edit: Edit) -> bool:
    """Return whether the machine runs as an edit wants it: nothing is left to be done now."""
    running = standing.running.get(edit.setting)
    return running is not None and _same(running.value, edit.value)


def spelt(value: Value) -> str:
    """Return a value as an argument of a problem."""
    return "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)


def _is_commanded(edit: Edit) -> bool:
    return edit.setting.field in BY_COMMAND


def _values(root: tree.Element, done: Iterable[Edit]) -> dict[Setting, Value]:
    """Return the values that stand in a description, under the names that devices had before."""
    before = {after: setting for setting, after in renamed(done).items()}
    return {
        before.get(setting, setting): found.value
        for setting, found in catalogue.settings(root).items()
        if setting.field not in BY_COMMAND
    }


def renamed(done: Iterable[Edit | PlannedChange]) -> dict[Setting, Setting]:
    """Return what settings are called once their device is named otherwise: an adapter's."""
    found: dict[Setting, Setting] = {}
    for one in done:
        value = one.value if isinstance(one, Edit) else one.after
        if one.setting.field is Field.ADAPTER_MAC:
            found |= {
                Setting(field, one.setting.device): Setting(field, str(value).lower())
                for field in Field
                if field.section is Section.ADAPTER
            }
    return found


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
        problem = problem or _doubt(standing, setting, value)
        yield PlannedChange(setting, was, value, effect, problem, setting not in edited)


def _doubt(standing: Standing, setting: Setting, value: Value) -> Problem | None:
    """Return why a value comes to nothing on this host as it is."""
    found = standing.there[setting]
    scene, declared = standing.scene(found), found.declared
    offered = {choice.value: choice.problem for choice in declared.bounds(scene).choices}
    chosen = value if isinstance(value, tuple) else (value,)
    return next(filter(None, (offered.get(one) for one in chosen)), None) or declared.doubt(
        scene, value
    )


def _elsewhere(
    told: dict[Setting, Value], now: dict[Setting, Value], edited: set[Setting]
) -> tuple[tuple[Setting, Value, Value], ...]:
    return tuple(
        (setting, value, now.get(setting))
        for setting, value in told.items()
        if setting not in edited and not _same(value, now.get(setting))
    )


def _difference(before: tree.Element, after: tree.Element) -> tuple[str, ...]:
    lines = difflib.unified_diff(_lines(before), _lines(after), lineterm="", n=2)
    return tuple(list(lines)[2:])


def _lines(root: tree.Element) -> list[str]:
    """Return a definition as virsh shows it, so that a difference applies to that."""
    return verbatim.lines(tree.read(written.without_secrets(tree.write(root))))
