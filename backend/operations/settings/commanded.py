"""The fields that no description sets: a verb of libvirt's does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from backend import defaults
from backend.errors import NameInvalid, NameTaken, Problem, WrongState
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Disk, Domain, Ref
from backend.objections import DiskInNoPool, SizeTooSmall, ValueNotOffered
from backend.operations import domain
from backend.operations.domain import Autostart
from backend.refusals import NotDefined
from backend.settings import Field, Setting, Value

_SECTOR: Final = 512


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the inventory shows of a machine, and of its host.

    `sizes` are those of the virtual hard disks in its pools, in bytes, by the target of the drive.
    """

    domain: Domain
    names_taken: frozenset[str] = frozenset()
    sizes: Mapping[str, int] = field(default_factory=dict)


def _always(_around: Surroundings, _setting: Setting, _value: Value) -> Problem | None:
    return None


@dataclass(frozen=True, slots=True)
class Commanded:
    """A field set by a verb: `read` from what is known; `problem` says why it cannot be `value`.

    `is_final`: it cannot be taken back, and so comes last.
    """

    read: Callable[[Surroundings, Setting], Value]
    act: Callable[[ManagedHost, Ref, Setting, Value], Awaitable[None]]
    problem: Callable[[Surroundings, Setting, Value], Problem | None] = _always
    is_final: bool = False


async def _rename(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    await domain.rename(host, ref, str(value))


async def _set_autostart(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    await domain.set_autostart(host, ref, Autostart(int(bool(value))))


def _name_problem(around: Surroundings, _setting: Setting, value: Value) -> Problem | None:
    if around.domain.is_active:
        return WrongState(name=around.domain.name, state=around.domain.state.value).problem
    if not isinstance(value, str) or not defaults.is_name_fit(value):
        return NameInvalid(name=str(value)).problem
    return NameTaken(name=value).problem if value in around.names_taken else None


def _autostart_problem(around: Surroundings, _setting: Setting, _value: Value) -> Problem | None:
    is_lasting = around.domain.is_persistent
    return None if is_lasting else NotDefined(name=around.domain.name).problem


async def _grow(host: ManagedHost, ref: Ref, setting: Setting, value: Value) -> None:
    """Grow a virtual hard disk: by QEMU while it has it, else where it lies."""
    machine, size = domain.known(host, ref), int(str(value))
    if machine.is_active:
        await host.act(commands.grow_drive, ref, setting.device, size)
    else:
        path = next(d.source for d in parts(machine) if d.target == setting.device)
        await host.tell(lambda connect: commands.grow_volume(connect, path, size))
    await host.read_storage_now()


def parts(machine: Domain) -> tuple[Disk, ...]:
    """Return the drives of a machine, as it runs or as it would start."""
    return machine.configuration.disks if machine.configuration else ()


def _size_problem(around: Surroundings, setting: Setting, value: Value) -> Problem | None:
    size = around.sizes.get(setting.device)
    if size is None:
        return DiskInNoPool(device=setting.device).problem
    if not isinstance(value, int) or value % _SECTOR:
        return ValueNotOffered(value=str(value)).problem
    return SizeTooSmall(minimum_bytes=size).problem if value < size else None


BY_COMMAND: Final[Mapping[Field, Commanded]] = {
    Field.NAME: Commanded(lambda around, _setting: around.domain.name, _rename, _name_problem),
    Field.AUTOSTART: Commanded(
        lambda around, _setting: around.domain.is_autostart, _set_autostart, _autostart_problem
    ),
    Field.DRIVE_SIZE: Commanded(
        lambda around, setting: around.sizes.get(setting.device),
        _grow,
        _size_problem,
        is_final=True,
    ),
}
"""How each is read and set."""
