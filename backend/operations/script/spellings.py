"""How each verb reads in virsh. A verb that is not here has no script.

A text that somebody typed follows the name of its option, so that virsh takes it for nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from backend import defaults
from backend.devices import Device, DeviceKind, When
from backend.errors import Problem
from backend.kinds import catalogue
from backend.model import DomainState, Firmware, StateReason, StoragePool
from backend.operations import (
    alterations,
    amend,
    clone,
    definition,
    device,
    domain,
    host,
    machine,
    storage,
)
from backend.operations.device_plan import DevicePlan
from backend.operations.domain import Autostart
from backend.operations.growth import How, PlannedGrowth
from backend.operations.package import incoming, outgoing
from backend.operations.package.arrival import ImportPlan
from backend.operations.script import descriptions, making, packages, settings
from backend.operations.script.call import Call
from backend.operations.script.request import Operation, Request
from backend.operations.script.subject import Subject
from backend.operations.settings import sheet
from backend.specs import Then
from backend.xmldesc import devices, written

Spell = Callable[[Subject], tuple[Call, ...]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """`calls` do what the verb does, one after the other, until one fails.

    `name_of_made` is what the machine is called that the verb makes. `plan` is asked of the host
    before, as the verb itself would be called, and stands in the request then. `public` takes out
    what no script may hold. `reads_journal`: it needs what the journal of this user keeps.
    """

    calls: Spell
    plan: Operation | None = None
    public: Callable[[Request], Request] = lambda request: request
    name_of_made: Callable[[Request], str] = lambda request: request.verb
    reads_journal: bool = False


def _plain(command: str, *words: str, remark: Problem | None = None) -> Spelling:
    """Return the spelling of what virsh has one command for."""
    return Spelling(lambda subject: (subject.call(command, *words, remark=remark),))


def _reset(subject: Subject) -> tuple[Call, ...]:
    found = subject.domain
    stopped = (StateReason.PANICKED, StateReason.WATCHDOG)
    if found is None or found.reason not in stopped:
        return (subject.call("reset"),)
    return (subject.call("reset"), subject.call("resume"))


def _resume(subject: Subject) -> tuple[Call, ...]:
    found = subject.domain
    is_asleep = found is not None and found.state is DomainState.SLEEPING
    return (subject.call("dompmwakeup" if is_asleep else "resume"),)


def _rename(subject: Subject) -> tuple[Call, ...]:
    return (subject.call("domrename", "--new-name", subject.argument("name")),)


def _set_notes(subject: Subject) -> tuple[Call, ...]:
    return (_describe(subject, subject.argument("text")),)


def _describe(subject: Subject, text: str) -> Call:
    found = subject.domain
    words = ["--config"] if found is None or found.is_persistent else []
    if found is not None and found.is_active:
        words.append("--live")
    return subject.call("desc", *words, "--new-desc", defaults.fit_notes(text))


def _set_autostart(subject: Subject) -> tuple[Call, ...]:
    is_on = subject.argument("setting") is Autostart.ON
    return (subject.call("autostart", *(() if is_on else ("--disable",))),)


def _set_autostart_of(kind: str) -> Spell:
    def spell(subject: Subject) -> tuple[Call, ...]:
        is_on = subject.argument("setting") is Autostart.ON
        return (subject.call(f"{kind}-autostart", *(() if is_on else ("--disable",))),)

    return spell


def _delete(subject: Subject) -> tuple[Call, ...]:
    found = subject.domain
    words = ["--managed-save", "--snapshots-metadata", "--checkpoints-metadata"]
    lasting = found.next_start if found else None
    if lasting and (lasting.nvram or lasting.firmware is Firmware.UEFI):
        words.append("--nvram")
    return (
        subject.call("undefine", *words),
        *(Call(("vol-delete", "--vol", path)) for path in subject.argument("disks")),
    )


def _refresh(subject: Subject) -> tuple[Call, ...]:
    pools = subject.known.records(StoragePool, subject.host.ref.host)
    active = sorted((pool for pool in pools if pool.is_active), key=lambda pool: pool.name)
    return (
        Call(("list", "--all")),
        Call(("net-list", "--all")),
        Call(("pool-list", "--all")),
        *(Call(("pool-refresh", "--pool", pool.name)) for pool in active),
    )


def _reconnect(_subject: Subject) -> tuple[Call, ...]:
    # virsh opens a connection for each command: whether it can is all there is to find out.
    return (Call(("version",), remark=Problem("ScriptOpensAnew")),)


def _bring_in(subject: Subject) -> tuple[Call, ...]:
    plan: ImportPlan = subject.request.plan
    calls = list(packages.unpack(plan))
    for volume in plan.volumes:
        calls += making.make_volume(plan.pool.name, volume)
    if plan.memory:
        calls += packages.write_memory(*plan.memory)
    calls.append(descriptions.define_hiding(plan.description))
    if subject.argument("spec").then is Then.START:
        calls.append(Call(("start", "--domain", plan.uuid)))
    return tuple(calls)


def _undo(subject: Subject) -> tuple[Call, ...]:
    undoing: alterations.Undoing = subject.request.plan
    return settings.calls(replace(subject, request=settings.of_plan(subject.request, undoing.plan)))


def _add_devices(subject: Subject) -> tuple[Call, ...]:
    plan: DevicePlan = subject.request.plan
    flags = (("--live",) if plan.is_live else ()) + (("--config",) if plan.is_lasting else ())
    calls: list[Call] = []
    if plan.definition:
        calls.append(descriptions.define_hiding(plan.definition))
    for one in plan.devices:
        if isinstance(one, PlannedGrowth):
            calls.append(_grow(subject, one, flags))
            continue
        if one.is_written:
            continue
        if one.pool and one.volume:
            calls += making.make_volume(one.pool.name, one.volume)
        call = subject.call("attach-device", "--file", "/dev/stdin", *flags)
        calls.append(replace(call, text=one.description))
    return tuple(calls)


def _make_room(subject: Subject) -> tuple[Call, ...]:
    return (descriptions.define_hiding(subject.request.plan),)


def _grow(subject: Subject, one: PlannedGrowth, flags: tuple[str, ...]) -> Call:
    if one.how is How.DEFINITION:
        return descriptions.define_hiding(one.definition)
    if one.how is How.PROCESSORS:
        return subject.call("setvcpus", "--count", str(one.total), *flags)
    return subject.call("setmem", "--size", f"{one.total // 1024}KiB", *flags)


def _remove_devices(subject: Subject) -> tuple[Call, ...]:
    found = subject.domain
    is_live = found is not None and found.is_active and subject.argument("when") is When.NOW
    is_lasting = found is None or found.is_persistent
    calls = []
    for one in subject.argument("targets"):
        for flag in (*(("--live",) if is_live else ()), *(("--config",) if is_lasting else ())):
            remark = Problem("ScriptDoesNotWait") if flag == "--live" else None
            calls.append(_detach(subject, one, flag, remark))
    return tuple(calls)


def _detach(subject: Subject, one: Device, flag: str, remark: Problem | None) -> Call:
    if catalogue.find(one.kind):
        return _detach_part(subject, one, flag, remark)
    if one.kind is not DeviceKind.NETWORK_ADAPTER:
        return subject.call("detach-disk", "--target", one.key, flag, remark=remark)
    made_of = subject.domain.configuration if subject.domain else None
    nics = made_of.nics if made_of else ()
    kind = next((nic.source_kind for nic in nics if nic.mac == one.key), "network")
    words = ("--type", kind, "--mac", one.key, flag)
    return subject.call("detach-interface", *words, remark=remark)


def _detach_part(subject: Subject, one: Device, flag: str, remark: Problem | None) -> Call:
    found = subject.domain
    made_of = (found.live if flag == "--live" else found.next_start) if found else None
    parts = made_of.parts if made_of else ()
    part = next((part for part in parts if catalogue.device_of(part) == one), None)
    kind = catalogue.find(one.kind)
    if kind and kind.is_written:
        remark = Problem("ScriptRemovesByHand", (("tag", part.tag if part else one.key),))
    if part is None or part.alias.startswith("ua-") or flag == "--live":
        alias = part.alias if part else one.key
        return subject.call("detach-device-alias", "--alias", alias, flag, remark=remark)
    call = subject.call("detach-device", "--file", "/dev/stdin", flag, remark=remark)
    return replace(call, text=devices.dump_part(part))


SPELLINGS: Final[dict[Operation, Spelling]] = {
    domain.start: _plain("start"),
    domain.shutdown: _plain("shutdown", remark=Problem("ScriptDoesNotWait")),
    domain.destroy: _plain("destroy"),
    domain.reset: Spelling(_reset),
    domain.suspend: _plain("suspend"),
    domain.resume: Spelling(_resume),
    domain.managed_save: _plain("managedsave", "--verbose"),
    domain.discard_saved_state: _plain("managedsave-remove"),
    domain.rename: Spelling(_rename),
    domain.set_notes: Spelling(_set_notes),
    domain.set_autostart: Spelling(_set_autostart),
    domain.delete: Spelling(_delete),
    amend.network_autostart: Spelling(_set_autostart_of("net")),
    amend.pool_autostart: Spelling(_set_autostart_of("pool")),
    storage.delete_volume: _plain("vol-delete"),
    machine.create: Spelling(
        making.create,
        plan=machine.plan,
        name_of_made=lambda request: str(request.argument("spec").name),
    ),
    machine.create_all: Spelling(
        making.create_all,
        plan=machine.plan_all,
        name_of_made=lambda request: str(request.argument("specs")[0].name),
        public=making.specs_without_passwords,
    ),
    clone.clone: Spelling(
        making.clone_all,
        plan=clone.plan,
        name_of_made=lambda request: str(request.argument("names")[0]),
        public=making.clones_without_passwords,
    ),
    definition.define: Spelling(
        descriptions.define_written,
        name_of_made=lambda request: written.outline(request.argument("text")).name,
        public=descriptions.without_passwords,
    ),
    alterations.undo: Spelling(_undo, plan=alterations.plan, reads_journal=True),
    alterations.define_again: Spelling(
        lambda subject: (descriptions.define(subject.request.plan),),
        plan=alterations.text,
        name_of_made=lambda request: written.outline(request.plan).name,
        reads_journal=True,
    ),
    outgoing.export: Spelling(packages.export, plan=outgoing.plan),
    outgoing.discard: Spelling(packages.discard),
    incoming.bring_in: Spelling(
        _bring_in,
        plan=incoming.plan,
        name_of_made=lambda request: str(request.argument("spec").name),
    ),
    sheet.apply: Spelling(settings.calls, plan=sheet.plan, public=settings.public),
    device.add: Spelling(_add_devices, plan=device.plan),
    device.remove: Spelling(_remove_devices),
    device.make_room: Spelling(_make_room, plan=device.plan_room),
    host.reconnect: Spelling(_reconnect),
    host.refresh: Spelling(_refresh),
}

SILENT: Final[dict[Operation, Problem]] = {
    host.disconnect: Problem("ScriptKeepsNoConnection"),
    host.answer: Problem("ScriptHoldsNoSecret"),
    host.decline: Problem("ScriptKeepsNoConnection"),
}
"""What there is no script for, and why: what only this program has, and what is secret."""
