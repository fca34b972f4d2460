"""The changes of a machine's definition: read, compared, undone; and machines that were deleted.

The journal keeps each definition by its mark, without what libvirt tells to nobody but who asks:
passwords and cookies come from the definition of now when one is brought back.
"""

import difflib
import functools
from dataclasses import dataclass

from backend.errors import Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.journal.entry import Cursor, Entry, Wanted
from backend.model import Domain, Ref
from backend.operations import definition
from backend.operations.definition import Claim
from backend.operations.domain import known
from backend.operations.journal import answer
from backend.operations.settings import sheet
from backend.operations.settings.rewind import Insist, Rewind
from backend.refusals import DefinitionNotKept
from backend.settings import NOW, Comparison, Plan, ValueChange
from backend.xmldesc import hidden, tree, verbatim
from backend.xmldesc.settings import comparison

_DEADLINE_S = 20.0
NOTHING = Comparison()
"""Nothing differs."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One change of a machine's definition; `entry` says when and by whom.

    `before` and `after` are the marks of the definitions, "" where there is none: it was made, or
    deleted. `comparison` is what differs, None where one of both is not kept.
    """

    entry: Entry
    before: str
    after: str
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Alterations:
    """Some changes of a machine, newest first, and the mark of its definition `now`.

    `problem` says why the journal is not kept just now.
    """

    changes: tuple[Alteration, ...] = ()
    now: str = ""
    is_last: bool = True
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two definitions; `lines` are those of the unified difference.

    They are as virsh shows a definition, without secrets.
    """

    comparison: Comparison
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a change back would do: `comparison` is with the definition of now.

    `again` are the settings that it changed and that were changed since: as they are now, and as
    they would be; `overlaps` the ways to all that was changed since in the very same place. `bare`
    are displays that come back: a password that they may have had is not kept.
    """

    plan: Plan
    comparison: Comparison = NOTHING
    again: tuple[ValueChange, ...] = ()
    overlaps: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


async def read(
    host: ManagedHost, ref: Ref, before: Cursor | None = None, limit: int = 50
) -> Alterations:
    """Return the changes of a machine, newest first, whether its host can be reached or not.

    `before` is where the page before this ended. With the newest page the machine is read anew, as
    libvirt tells nobody what virsh changes of one that is off: what differs is an entry soon after.
    Raises JournalNotAnswering.
    """
    if before is None:
        host.refresh(ref)
    page = await answer(host.journal.read(ref, before, limit, Wanted.ALTERATIONS))
    marks = {mark for entry in page.entries for mark in entry.marks or () if mark}
    texts = await answer(host.journal.read_definitions(marks))
    changes = await host.run_locally(
        lambda: tuple(_alteration(entry, texts) for entry in page.entries), deadline_s=_DEADLINE_S
    )
    domain = host.inventory.find(ref, Domain)
    return Alterations(changes, domain.definition if domain else "", page.is_last, page.problem)


async def read_deleted(host: ManagedHost, _ref: Ref) -> Alterations:
    """Return the deletions of the host's machines that are not there, newest first."""
    page = await answer(host.journal.read(host.ref, None, _DELETED_MAXIMUM, Wanted.DELETIONS))
    found: dict[Ref, Alteration] = {}
    for entry in page.entries:
        if host.inventory.get(entry.subject) is None and entry.marks:
            found.setdefault(entry.subject, Alteration(entry, *entry.marks))
    return Alterations(tuple(found.values()), "", page.is_last, page.problem)


_DELETED_MAXIMUM = 500


async def compare(host: ManagedHost, _ref: Ref, one: str, other: str) -> Compared:
    """Return what differs between two definitions, by their marks; "" is none at all.

    Raises DefinitionNotKept.
    """
    texts = await _texts(host, one, other)
    before, after = (_lines(texts[mark]) if mark else [] for mark in (one, other))
    lines = list(difflib.unified_diff(before, after, lineterm="", n=3))[2:]
    found = _compare(texts[one], texts[other]) if one and other else Comparison()
    return Compared(found, tuple(lines))


async def text(host: ManagedHost, _ref: Ref, mark: str) -> str:
    """Return a definition as it is kept. Raises DefinitionNotKept."""
    if not mark:
        raise DefinitionNotKept  # it was made, or deleted, by that change
    return (await _texts(host, mark))[mark]


async def plan(
    host: ManagedHost, ref: Ref, before: str, after: str, insist: Insist = Insist.NO
) -> Undoing:
    """Return what `undo` would do with the same arguments; nothing is changed."""
    del insist  # it is told either way what was changed again
    if not after:
        # It has no definition that anything could be merged with.
        lasting = tree.read(await text(host, ref, before))
        return Undoing(Plan(()), bare=hidden.lost(lasting, await _as_it_runs(host, ref)))
    rewind = await _rewind(host, before, after, Insist.YES)
    planned = await sheet.plan(host, ref, NOW, rewind.edits, image=rewind)
    now = known(host, ref).definition
    present = (await _texts(host, now)).get(now, "")
    return Undoing(
        planned,
        _compare(present, rewind.restored(present)),
        _again(rewind, present),
        rewind.overlaps(present),
        rewind.bare(present),
    )


async def undo(
    host: ManagedHost, ref: Ref, before: str, after: str, insist: Insist = Insist.NO
) -> Plan:
    """What was changed from the definition `before` to the one `after` is as before.

    What was changed since elsewhere in it stays. With the present definition as `after` all of it
    is as it was `before`. Raises ChangedAgain for what was changed since in the very same place,
    unless one insists; DefinitionNotKept; and what `sheet.apply` raises. Without `after` a machine
    that runs on has a definition again, with the passwords that it runs with.
    """
    if not after:
        lasting, live = await text(host, ref, before), await _as_it_runs(host, ref)
        whole = tree.read(lasting)
        hidden.put_back(whole, live)
        await host.tell(lambda connect: commands.define(connect, tree.write(whole)))
        await host.read_now(ref)
        return Plan(())
    rewind = await _rewind(host, before, after, insist)
    return await sheet.apply(host, ref, NOW, rewind.edits, rewind)


async def define_again(host: ManagedHost, ref: Ref, mark: str) -> Ref:
    """A machine of the host that was deleted is defined as it was; return its reference.

    Its disks are not brought back. Raises DefinitionNotKept, NameTaken, UuidTaken,
    DescriptionRefused.
    """
    return await definition.define(host, ref, await text(host, ref, mark), Claim.NEW)


async def _as_it_runs(host: ManagedHost, ref: Ref) -> tree.Element:
    """Return a machine that runs, with what is secret in it; it has no definition to take it from.

    Raises Gone.
    """
    return tree.read(await host.ask(lambda connect: commands.describe_whole_live(connect, ref.key)))


async def _rewind(host: ManagedHost, before: str, after: str, insist: Insist) -> Rewind:
    texts = await _texts(host, before, after)
    return Rewind(texts[before], texts[after], insist)


async def _texts(host: ManagedHost, *marks: str) -> dict[str, str]:
    """Return definitions by their marks. Raises DefinitionNotKept if one of them is not kept."""
    wanted = {mark for mark in marks if mark}
    found = await answer(host.journal.read_definitions(wanted))
    if wanted - found.keys():
        raise DefinitionNotKept
    return found


def _alteration(entry: Entry, texts: dict[str, str]) -> Alteration:
    before, after = entry.marks or ("", "")
    if before not in texts or after not in texts:
        return Alteration(entry, before, after)
    return Alteration(entry, before, after, _compare(texts[before], texts[after]))


@functools.lru_cache(maxsize=200)
def _compare(before: str, after: str) -> Comparison:
    return comparison.compare(tree.read(before), tree.read(after))


def _again(rewind: Rewind, now: str) -> tuple[ValueChange, ...]:
    undone = {change.setting: change for change in _compare(rewind.after, rewind.before).values}
    since = _compare(rewind.after, now).values
    return tuple(
        ValueChange(c.setting, c.place, c.kind, c.after, undone[c.setting].after)
        for c in since
        if c.setting in undone and c.after != undone[c.setting].after
    )


def _lines(definition_text: str) -> list[str]:
    return verbatim.lines(tree.read(definition_text))
