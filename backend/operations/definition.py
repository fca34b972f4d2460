"""Machines from descriptions that somebody wrote: looked at, then defined, or not at all."""

import difflib
import os
import stat
import uuid
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from backend import defaults, jobs
from backend.errors import (
    BackendError,
    DescriptionRefused,
    Gone,
    NameTaken,
    Problem,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, rehearsal
from backend.model import Disk, Domain, Firmware, Kind, Network, Ref, StorageVolume
from backend.operations import defining, placement, planning
from backend.operations.domain import known
from backend.operations.takeback import undone_on_failure
from backend.refusals import (
    DescriptionNotRead,
    DescriptionTooLarge,
    PartRefused,
)
from backend.specs import MachineSpec, SourceKind
from backend.xmldesc import newdomain, written

_DEADLINE_S = 20.0


class Claim(Enum):
    """What a description is to be.

    NEW is a machine as it says, NEW_IDENTITY one with a UUID and addresses of its own, REPLACE the
    new definition of the machine that has its name.
    """

    NEW = "new"
    NEW_IDENTITY = "new_identity"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Examination:
    """What is known of a description before it is handed in.

    `claims` are what it can be; empty: it needs another name. `namesake` is the machine that has
    its name, `twin` the one that has its UUID. `remarks` say what is missing, shared or left out;
    `difference` is what replacing would change.
    """

    name: str
    claims: tuple[Claim, ...]
    namesake: Ref | None = None
    twin: str = ""
    remarks: tuple[Problem, ...] = ()
    difference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descriptions:
    """A machine's descriptions, without secrets; "" for one that it has not."""

    live: str
    next_start: str


def fault(text: str) -> Problem | None:
    """Return what keeps a text from being a machine's description at all. Quick, and pure."""
    try:
        written.outline(text)
    except BackendError as error:
        return error.problem
    return None


async def examine(
    host: ManagedHost, ref: Ref, text: str, made: tuple[str, ...] = ()
) -> Examination:
    """Look a description over; nothing is changed anywhere. `made` are files that are made with it.

    Raises what `fault` tells, and PartRefused or DescriptionRefused for what libvirt's own schema
    refuses.
    """
    told = written.outline(text)
    machines = list(host.inventory.all(Domain, ref.host))
    namesake = next((m for m in machines if m.name == told.name), None)
    twin = next((m for m in machines if told.uuid and m.ref.key == told.uuid), None)
    understood, misfits = "", []
    try:
        understood = await host.run_locally(lambda: rehearse(text), deadline_s=_DEADLINE_S)
    except (PartRefused, DescriptionRefused) as error:
        if placement.is_on_this_computer(host):
            raise
        misfits = [error.problem]  # a host far away may have a newer libvirt
    left_out = written.dropped(text, understood) if understood else ()
    remarks = [
        *misfits,
        *(Problem("PartLeftOut", (("line", p.line), ("part", p.text))) for p in left_out),
        *await _missing(host, told, made),
        *_shared(machines, told, namesake),
        *await doubts(host, text),
    ]
    difference = await _difference(host, namesake, text) if namesake else ()
    return Examination(
        told.name,
        _claims(namesake, twin),
        namesake.ref if namesake else None,
        twin.name if twin else "",
        tuple(remarks),
        difference,
    )


async def define(host: ManagedHost, ref: Ref, text: str, claim: Claim = Claim.NEW) -> Ref:
    """The machine is defined as the text says; return its reference.

    Raises what `fault` tells, NameTaken, UuidTaken, Gone (nothing is there to be replaced),
    DescriptionRefused. Then all is as it was before, but for what somebody else did meanwhile.
    """
    jobs.report(stage="defining")
    told = written.outline(text)
    there = await host.ask(lambda connect: commands.uuid_of(connect, told.name))
    async with undone_on_failure() as undo:
        if claim is Claim.REPLACE:
            if not there:
                raise Gone
            key, description = there, written.with_uuid(text, there)
            before = await host.ask(lambda connect: commands.describe(connect, there))

            def unmake(connect: Any) -> None:
                commands.redefine(connect, key, before)
        else:
            if there:
                raise NameTaken(name=told.name)
            wanted = text if claim is Claim.NEW else written.with_new_addresses(text)
            key = (told.uuid if claim is Claim.NEW else "") or str(uuid.uuid4())
            await defining.require_free(host, key)
            description = written.with_uuid(wanted, key)

            def unmake(connect: Any) -> None:
                commands.undefine_if_off(connect, key)

        made = Ref(ref.host, Kind.DOMAIN, key)
        return await defining.define(host, made, description, undo, unmake)


async def example(host: ManagedHost, _ref: Ref, firmware: Firmware) -> str:
    """Return the description of a machine that this host could have; its disk is not there."""
    active = [n.name for n in host.inventory.all(Network, host.spec.id) if n.is_active]
    images = str(host.record.images or "/var/lib/libvirt/images")
    spec = MachineSpec("example", SourceKind.DVD_IMAGE, firmware=firmware)
    choices = defaults.Choices(
        uuid=str(uuid.uuid4()),
        mac=planning.new_mac(),
        accelerator=await host.known_accelerator(),
        processors=host.record.processors,
        created_at=0.0,
        disks=(Disk(*defaults.target_of(spec), source=f"{images}/example.qcow2", format="qcow2"),),
        network=(sorted(active) or [defaults.USER_NETWORK])[0],
    )
    return written.with_new_addresses(newdomain.dump(defaults.complete(spec, choices)))


async def describe(host: ManagedHost, ref: Ref) -> Descriptions:
    """Return a machine's descriptions as libvirt gives them to everybody: no password in them."""
    domain = known(host, ref)
    live = await host.guests.ask(
        ref, lambda c: commands.describe_live(c, ref.key), deadline_s=_DEADLINE_S
    ) if domain.is_active else ""  # fmt: skip
    lasting = ""
    if domain.is_persistent:
        lasting = await host.ask(lambda c: commands.describe_next_start(c, ref.key))
    return Descriptions(live, lasting)


async def read_file(host: ManagedHost, _ref: Ref, path: Path) -> str:
    """Return what a file of this computer holds. Raises DescriptionTooLarge, DescriptionNotRead."""
    return await host.run_locally(lambda: _read(path), deadline_s=_DEADLINE_S)


def _read(path: Path) -> str:
    maximum = written.SIZE_MAXIMUM
    try:
        # A pipe or a terminal would be waited for; a device has no end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise DescriptionNotRead(path=str(path), detail=("not a regular file",))
            told = file.read(maximum + 1)
    except OSError as error:
        raise DescriptionNotRead(path=str(path), detail=(error.strerror or str(error),)) from error
    if len(told) > maximum:
        raise DescriptionTooLarge(maximum_bytes=maximum)
    try:
        return told.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DescriptionNotRead(path=str(path), detail=("not UTF-8",)) from error


def rehearse(text: str) -> str:
    """Return what libvirt makes of a description; blocking. Raises what it refuses."""
    try:
        return rehearsal.understood(written.for_rehearsal(text))
    except DescriptionRefused as error:
        if part := written.culprit(text, _is_valid):
            raise PartRefused(line=part.line, part=part.text, detail=error.detail) from error
        raise


def _is_valid(text: str) -> bool:
    try:
        rehearsal.understood(written.for_rehearsal(text))
    except BackendError:
        return False
    return True


def _claims(namesake: Domain | None, twin: Domain | None) -> tuple[Claim, ...]:
    if namesake is not None:
        # With the UUID of yet another machine it can only be this one's new definition.
        return (Claim.REPLACE,) if twin in (None, namesake) else ()
    return (Claim.NEW_IDENTITY,) if twin else (Claim.NEW,)


async def _missing(
    host: ManagedHost, told: written.Outline, made: tuple[str, ...]
) -> list[Problem]:
    networks = {n.name: n for n in host.inventory.all(Network, host.spec.id)}
    remarks = [
        Problem("NetworkNotThere", (("name", name),))
        for name in dict.fromkeys(told.networks)
        if name not in networks
    ]
    volumes = {volume.path for volume in host.inventory.all(StorageVolume, host.spec.id)} | {*made}
    unknown = [path for path in dict.fromkeys(told.disks) if path not in volumes]
    if placement.is_on_this_computer(host):
        absent = await host.run_locally(
            lambda: [p for p in unknown if not os.path.lexists(p)], deadline_s=_DEADLINE_S
        )
        return [*remarks, *(Problem("DiskNotThere", (("path", path),)) for path in absent)]
    return [*remarks, *(Problem("DiskNotKnown", (("path", path),)) for path in unknown)]


def _shared(
    machines: list[Domain], told: written.Outline, namesake: Domain | None
) -> list[Problem]:
    remarks: list[Problem] = []
    for other in machines:
        made_of = other.next_start or other.live
        if other is namesake or made_of is None:
            continue
        paths = {disk.source for disk in made_of.disks if disk.device == "disk"}
        macs = {nic.mac.lower() for nic in made_of.nics}
        remarks += [
            Problem("DiskShared", (("name", other.name), ("path", path)))
            for path in sorted(paths & set(told.disks))
        ]
        remarks += [
            Problem("AddressShared", (("mac", mac), ("name", other.name)))
            for mac in sorted(macs & set(told.macs))
        ]
    return remarks


async def doubts(host: ManagedHost, text: str) -> list[Problem]:
    """Return what the hypervisor itself would object to, as far as it can be asked beforehand."""
    try:
        await host.ask(lambda connect: commands.try_description(connect, text))
    except DescriptionRefused as error:
        return [Problem("HypervisorDoubts", detail=error.detail)]
    except BackendError:
        pass  # it cannot be asked: when it is defined one will see
    return []


async def _difference(host: ManagedHost, namesake: Domain, text: str) -> tuple[str, ...]:
    before = await host.ask(lambda c: commands.describe_next_start(c, namesake.ref.key))
    lines = difflib.unified_diff(
        before.splitlines(), written.without_secrets(text).splitlines(), lineterm="", n=1
    )
    return tuple(list(lines)[2:])
