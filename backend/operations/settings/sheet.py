"""The verbs of Settings: look at a machine's sheet, plan edits, apply them."""

import contextlib
import functools
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from backend import jobs
from backend.errors import BackendError, DescriptionRefused, HypervisorRefused, ProblemError
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, described
from backend.hypervisor.commands import Connect
from backend.hypervisor.described import Described
from backend.model import Domain, Network, Ref, StorageVolume
from backend.objections import SettingNotKept
from backend.operations import placement, uses
from backend.operations.domain import known
from backend.operations.settings import planning
from backend.operations.settings import standing as standings
from backend.operations.settings.acting import Act, Tray, Way
from backend.operations.settings.commanded import BY_COMMAND, Surroundings, parts
from backend.operations.settings.image import BeforeImage, Image
from backend.operations.settings.live.ways import WAYS
from backend.operations.settings.planning import Checked, spelt
from backend.operations.settings.standing import Standing
from backend.operations.takeback import quietly, undone_on_failure
from backend.settings import Basis, Edit, Effect, Field, Plan, PlannedChange, Setting, Sheet, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import facts
from backend.xmldesc.settings.facts import Facts, File
from backend.xmldesc.settings.lens import reach
from backend.xmldesc.verbatim import mark

_DEADLINE_S = 20.0
_TRIES = 5


async def look(host: ManagedHost, ref: Ref) -> Sheet:
    """Return a machine's settings as they are now. Raises Gone.

    What was changed without a word of libvirt's is soon known to all who follow the machine.
    """
    standing, text = await _stand(host, ref, described.describe)
    if text and mark(text) != known(host, ref).definition:
        host.refresh(ref)
    return standings.sheet(standing)


async def plan(
    host: ManagedHost,
    ref: Ref,
    base: Basis,
    edits: tuple[Edit, ...],
    tray: Tray = Tray.ASKED,
    image: Image | None = None,
) -> Plan:
    """Return what `apply` would do with the same arguments; nothing is changed."""
    del tray  # what is done is the same either way
    standing, text = await _stand(host, ref, described.describe, edits)
    return _outcome(standing, text, base, edits, image).plan


async def apply(
    host: ManagedHost,
    ref: Ref,
    base: Basis,
    edits: tuple[Edit, ...],
    image: Image | None = None,
    tray: Tray = Tray.ASKED,
) -> Plan:
    """The machine's settings are as the edits say; return what was done.

    What cannot be is refused before anything is changed, with the first of its problems. The
    definition is libvirt's own with the edits patched in; what can act now does. If a part fails,
    what was done before it is taken back. What somebody else changed since `base` stays.

    `image` is for taking back: the definition as it was before the job that left what there is now.
    `tray` says whether a disc goes that the guest holds. Raises TrayLocked if it is only asked.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(_Overtaken):
            return await _apply(host, ref, base, edits, image, tray)
    raise DescriptionRefused


class _Overtaken(Exception):  # no failure: it is planned anew
    """Somebody else changed the definition between the look at it and the change."""


async def _apply(
    host: ManagedHost,
    ref: Ref,
    base: Basis,
    edits: tuple[Edit, ...],
    image: Image | None,
    tray: Tray,
) -> Plan:
    standing, text = await _stand(host, ref, described.describe_whole, edits)
    outcome = _outcome(standing, text, base, edits, image)
    for change in outcome.plan.refused:
        if change.problem is not None:
            raise ProblemError(change.problem)
    if outcome.plan.changes or outcome.plan.difference:
        new = outcome.definition
        async with undone_on_failure() as undo:
            if outcome.plan.difference and new is not None:
                await _define(host, ref, text, tree.write(new), outcome.plan, undo)
            for change in sorted(outcome.plan.changes, key=_is_final):
                await _act(host, ref, change, undo, tray)
            await host.read_now(ref)
            left, values = await _check(host, ref, outcome.plan)
        _tell_inverse(outcome.plan, values, BeforeImage(text, mark(left)))
    return outcome.plan


def _outcome(
    standing: Standing, text: str, base: Basis, edits: tuple[Edit, ...], image: Image | None
) -> planning.Outcome:
    restored = _restored(image, text)
    if restored is None:
        return planning.plan(standing, base, edits)
    return planning.restoring(standing, restored, edits)


def _restored(image: Image | None, text: str) -> tree.Element | None:
    """Return the definition as it was before what is taken back, under its name of today."""
    before = image.restored(text) if image else ""
    if not before:
        return None
    root = tree.read(before)
    reach(root, "name").text = tree.text_of(tree.read(text), "name")
    return root


async def _define(
    host: ManagedHost,
    ref: Ref,
    before: str,
    new: str,
    planned: Plan,
    undo: contextlib.AsyncExitStack,
) -> None:
    """The definition is the new one. Raises DescriptionRefused with libvirt's own words."""
    jobs.report(stage="defining")
    left: list[str] = []

    def define(connect: Connect, uuid: str) -> None:
        if commands.describe(connect, uuid) != before:
            raise _Overtaken
        left.append("")  # it may be obeyed, whatever becomes of the call
        commands.redefine(connect, uuid, new)
        left.append(mark(commands.describe(connect, uuid)))

    undo.push_async_callback(_take_back, host, ref, before, left, planned)
    try:
        await host.act(define, ref)
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error


async def _take_back(
    host: ManagedHost, ref: Ref, before: str, left: list[str], planned: Plan
) -> None:
    """The definition is as before, but for what somebody else changed meanwhile."""
    if not left:
        return
    is_changed: list[bool] = []

    def restore(connect: Connect) -> None:
        if left[-1] and mark(commands.describe(connect, ref.key)) != left[-1]:
            is_changed.append(True)
        else:
            commands.redefine(connect, ref.key, before)

    await quietly(host, restore)
    if is_changed:
        with contextlib.suppress(BackendError):
            await _take_out(host, ref, planned)
    host.refresh(ref)


async def _take_out(host: ManagedHost, ref: Ref, planned: Plan) -> None:
    """Set back in the definition, as it is now, what still is as it was planned."""
    names = planning.renamed(planned.changes)
    done = [(names.get(c.setting, c.setting), c) for c in planned.changes]
    base = Basis(tuple((setting, change.after) for setting, change in done))
    back = [Edit(s, c.before) for s, c in done if s.field not in BY_COMMAND]
    standing, _text = await _stand(host, ref, described.describe_whole, back)
    outcome = planning.plan(standing, base, back, Checked.NO)
    if outcome.plan.difference and outcome.definition is not None:
        await host.act(commands.redefine, ref, tree.write(outcome.definition))


async def _act(
    host: ManagedHost,
    ref: Ref,
    change: PlannedChange,
    undo: contextlib.AsyncExitStack,
    tray: Tray,
) -> None:
    """Have the change act now, if it does: what is set by command, or can be while it runs."""
    field = change.setting.field
    doer = BY_COMMAND.get(field) or WAYS.get(field)
    if doer is None or change.effect is not Effect.NOW:
        return
    if field not in BY_COMMAND and not known(host, ref).is_active:
        return
    force = doer.force if isinstance(doer, Way) and tray is Tray.FORCED else None
    act = force or doer.act
    if not _is_final(change):
        undo.push_async_callback(_undo, host, ref, act, change)
    await act(host, ref, change.setting, change.after)


def _is_final(change: PlannedChange) -> bool:
    """Return whether a change cannot be taken back: it comes last."""
    commanded = BY_COMMAND.get(change.setting.field)
    return commanded is not None and commanded.is_final


async def _undo(host: ManagedHost, ref: Ref, act: Act, change: PlannedChange) -> None:
    with contextlib.suppress(BackendError):  # it was the one that failed, or all has failed
        await act(host, ref, change.setting, change.before)


async def _check(host: ManagedHost, ref: Ref, planned: Plan) -> tuple[str, dict[Setting, Value]]:
    """Return the definition as it is now. Raises SettingNotKept if it is not as it was planned."""
    standing, text = await _stand(host, ref, described.describe_whole)
    now, names = standing.values(), planning.renamed(planned.changes)
    for change in planned.changes:
        found = now.get(names.get(change.setting, change.setting))
        if found != change.after and not change.is_consequence:
            raise SettingNotKept(wanted=spelt(change.after), found=spelt(found))
    return text, now


def _tell_inverse(done: Plan, values: dict[Setting, Value], image: BeforeImage) -> None:
    names = planning.renamed(done.changes)
    left = [(names.get(c.setting, c.setting), c) for c in done.changes if not _is_final(c)]
    if not left and not done.difference:
        return
    base = Basis(tuple((setting, values.get(setting)) for setting, _change in left))
    back = tuple(Edit(setting, change.before) for setting, change in left)
    jobs.can_be_undone(apply, base, back, image)


async def _stand(
    host: ManagedHost,
    ref: Ref,
    read: Callable[[Connect, str], Described],
    edits: Iterable[Edit] = (),
) -> tuple[Standing, str]:
    """Return how a machine stands with a view to edits, and its definition as it was read."""
    domain = known(host, ref)
    ask = functools.partial(host.guests.ask, ref) if domain.is_active else host.ask
    told = await ask(lambda connect: read(connect, ref.key), deadline_s=_DEADLINE_S)
    others = host.inventory.all(Domain, ref.host)
    names = frozenset(other.name for other in others if other.ref != ref)
    definition = tree.read(told.definition) if told.definition else None
    live = tree.read(told.live) if told.live else None
    has = _facts(host, ref, told, definition if live is None else live)
    has = replace(has, files=await _files(host, ref, edits))
    around = Surroundings(domain, names, _sizes(host, ref))
    return Standing(around, definition, live, has), told.definition


async def _files(host: ManagedHost, ref: Ref, edits: Iterable[Edit]) -> dict[str, File]:
    """Return what is known of the files that are to be put into drives."""
    found = {}
    for edit in edits:
        if edit.setting.field is Field.DRIVE_SOURCE and edit.value:
            name, path = str(edit.value), Path(str(edit.value))
            found[name] = File(
                await placement.user_of(host, name, _machines_but(host, ref, edit.setting.device)),
                await placement.format_of(host, path),
                await placement.keeps_its_owner(host, path),
            )
    return found


def _machines_but(host: ManagedHost, ref: Ref, target: str) -> list[Domain]:
    """Return the host's machines, one of them without a drive."""
    found = host.inventory.all(Domain, ref.host)
    return [uses.without_drive(one, target) if one.ref == ref else one for one in found]


def _sizes(host: ManagedHost, ref: Ref) -> dict[str, int]:
    """Return how large a machine's virtual hard disks are, of those that lie in pools."""
    volumes = {v.path: v.capacity_bytes for v in host.inventory.all(StorageVolume, ref.host)}
    disks = parts(known(host, ref))
    return {disk.target.lower(): volumes[disk.source] for disk in disks if disk.source in volumes}


def _facts(host: ManagedHost, ref: Ref, told: Described, root: tree.Element | None) -> Facts:
    """Return what the host has to choose from."""
    switches = host.inventory.all(Network, ref.host)
    known_here = Facts(
        memory_bytes=host.record.memory_bytes,
        processors=host.record.processors,
        switches=tuple((switch.name, switch.is_active) for switch in switches),
        vlan_switches=frozenset(switch.name for switch in switches if switch.knows_vlans),
        filters=told.filters,
        is_embedded=host.embedded is not None,
    )
    architecture = "" if root is None else tree.attribute(root, "os/type", "arch")
    return facts.parse(known_here, told.abilities, told.capabilities, architecture)
