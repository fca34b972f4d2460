"""How changed settings read in virsh: the definition is patched, and what can act now is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from backend.errors import Problem
from backend.operations.script.call import Call, Variable
from backend.operations.script.request import Request
from backend.operations.script.subject import Subject
from backend.operations.settings import sheet
from backend.operations.settings.acting import Tray
from backend.settings import NOW, Edit, Effect, Field, Plan, PlannedChange
from backend.xmldesc import written

_FILE: Final = Variable("definition")
_KIB: Final = 1024
Words = tuple[str, ...]


def public(request: Request) -> Request:
    """Return the request with as much of the base as it needs, and no definition of before."""
    edits: tuple[Edit, ...] = tuple(request.argument("edits"))
    base = request.argument("base").of(edits)
    tray = request.argument("tray")
    options = (("tray", tray),) if tray is Tray.FORCED else ()
    return replace(request, arguments=(base, edits), options=options)


def of_plan(request: Request, plan: Plan) -> Request:
    """Return the request that settings become as a plan says, whatever verb made it."""
    return Request(sheet.apply, request.ref, (NOW, ()), plan=plan)


def calls(subject: Subject) -> tuple[Call, ...]:
    """Return what does the same: what a verb sets comes last, as it does there."""
    plan: Plan = subject.request.plan
    found = subject.domain
    is_running = found is not None and found.is_active
    now = [change for change in plan.changes if change.effect is Effect.NOW]
    live = [change for change in now if is_running and _is_patched(change)]
    return (
        *(_patch(subject, plan, live) if plan.difference else ()),
        *(
            subject.call(*_LIVE[c.setting.field](c), *_force(subject.request, c))
            for c in live
            if c.setting.field in _LIVE
        ),
        *(
            subject.call(*_COMMANDED[change.setting.field](change))
            for change in now
            if change.setting.field in _COMMANDED
        ),
        *(_grow(subject, c) for c in now if c.setting.field is Field.DRIVE_SIZE),
    )


def _is_patched(change: PlannedChange) -> bool:
    field = change.setting.field
    return field not in _COMMANDED and field is not Field.DRIVE_SIZE


def _patch(subject: Subject, plan: Plan, live: list[PlannedChange]) -> Iterator[Call]:
    """Yield what patches the definition as it is then: what others changed meanwhile stays."""
    hides = any(written.HIDDEN in line for line in plan.difference)
    unsaid = [c.setting.field.value for c in live if c.setting.field not in _LIVE]
    yield Call((), program="mktemp", into=_FILE.name)
    yield replace(subject.call("dumpxml", "--inactive", "--security-info"), output=_FILE)
    text = "\n".join(plan.difference)
    remark = Problem("ScriptHidesPassword") if hides else None
    yield Call(("--quiet", _FILE), program="patch", text=text, remark=remark)
    remark = Problem("ScriptLeavesRunning", (("settings", ", ".join(unsaid)),)) if unsaid else None
    yield Call(("define", "--validate", "--file", _FILE), remark=remark)
    yield Call((_FILE,), program="rm")


def _grow(subject: Subject, change: PlannedChange) -> Call:
    found, size = subject.domain, f"{change.after}B"
    if found is not None and found.is_active:
        return subject.call("blockresize", "--path", change.setting.device, "--size", size)
    disks = found.configuration.disks if found and found.configuration else ()
    path = next((disk.source for disk in disks if disk.target == change.setting.device), "")
    return Call(("vol-resize", "--vol", path, "--capacity", size))


def _media(change: PlannedChange) -> Words:
    words = ("change-media", "--path", change.setting.device, "--live")
    if change.after is None:
        return (*words, "--eject")
    return (*words, "--update", "--source", str(change.after))


def _force(request: Request, change: PlannedChange) -> Words:
    is_disc = change.setting.field is Field.DRIVE_SOURCE
    return ("--force",) if is_disc and request.argument("tray") is Tray.FORCED else ()


def _link(change: PlannedChange) -> Words:
    state = "up" if change.after else "down"
    return ("domif-setlink", "--interface", change.setting.device, "--state", state)


def _memory(change: PlannedChange) -> Words:
    size = change.after if isinstance(change.after, int) else 0
    return ("setmem", "--size", str(size // _KIB), "--live")


def _text(change: PlannedChange) -> str:
    return str(change.after or "")


_LIVE: Final[Mapping[Field, Callable[[PlannedChange], Words]]] = {
    Field.NAME_TITLE: lambda c: ("desc", "--live", "--title", "--new-desc", _text(c)),
    Field.NAME_NOTES: lambda c: ("desc", "--live", "--new-desc", _text(c)),
    Field.ADAPTER_LINK: _link,
    Field.DRIVE_SOURCE: _media,
    Field.MEMORY_STARTUP: _memory,
    Field.PROCESSOR_COUNT: lambda c: ("setvcpus", "--count", str(c.after), "--live"),
}
_COMMANDED: Final[Mapping[Field, Callable[[PlannedChange], Words]]] = {
    Field.AUTOSTART: lambda c: ("autostart", *(() if c.after else ("--disable",))),
    Field.NAME: lambda c: ("domrename", "--new-name", _text(c)),
}
