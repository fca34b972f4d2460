"""How machines that go out and come in read in virsh: volumes by streams, the rest by qemu-img."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from backend.errors import Problem
from backend.operations.package.arrival import ImportPlan
from backend.operations.package.origins import Layer, Origin
from backend.operations.package.outgoing import DESCRIPTION, ExportPlan
from backend.operations.script.call import Call
from backend.operations.script.subject import Subject
from backend.xmldesc.storage import dump_pool

_POOL: Final = "celadon-nvram"


def over_memory(path: str, *calls: Call) -> Iterator[Call]:
    """Yield calls on a firmware's memory, which virsh reaches by a pool over its folder."""
    description = dump_pool(_POOL, str(PurePosixPath(path).parent))
    yield Call(("pool-create", "--file", "/dev/stdin"), text=description)
    yield from calls
    yield Call(("pool-destroy", "--pool", _POOL))


def copy_memory(origin: str, target: str) -> Iterator[Call]:
    """Yield what copies a firmware's memory within its folder."""
    there, new = PurePosixPath(origin).name, PurePosixPath(target).name
    words = ("vol-clone", "--pool", _POOL, "--vol", there, "--newname", new)
    yield from over_memory(origin, Call(words))


def discard(subject: Subject) -> tuple[Call, ...]:
    """Have what an export left deleted."""
    return (Call(("-r", str(subject.argument("path"))), program="rm"),)


def export(subject: Subject) -> tuple[Call, ...]:
    """Return what fills a folder with what a package holds, but for its list."""
    plan: ExportPlan = subject.request.plan
    calls = [Call((str(plan.path),), program="mkdir", remark=Problem("ScriptWithoutList"))]
    for origin in plan.origins:
        calls += _bring(origin, plan.path / origin.name)
    if plan.memory:
        name = PurePosixPath(plan.memory).name
        file = str(plan.path / "nvram.fd")
        words = ("vol-download", "--pool", _POOL, "--vol", name, "--file", file)
        calls += over_memory(plan.memory, Call(words))
    dump = subject.call("dumpxml", "--inactive")
    calls.append(Call(dump.words, output=str(plan.path / DESCRIPTION)))
    return tuple(calls)


def _bring(origin: Origin, target: Path) -> Iterator[Call]:
    if not origin.is_converted:
        yield _fetch(origin.layers[0], str(target))
        return
    parts = [f"{target}.{number}" for number in range(len(origin.layers))]
    for layer, part in zip(origin.layers, parts, strict=True):
        yield _fetch(layer, part)
    below = zip(origin.layers[1:], parts[1:], strict=True)
    for layer, part, (base, base_part) in zip(origin.layers, parts, below, strict=False):
        change = ("rebase", "-u", "-f", layer.format, "-F", base.format, "-b", base_part, part)
        yield Call(change, program="qemu-img")
    first = origin.layers[0].format
    words = ("convert", "-p", "-f", first, "-O", "qcow2", f"file:{parts[0]}", str(target))
    yield Call(words, program="qemu-img")
    yield Call(tuple(parts), program="rm")


def _fetch(layer: Layer, target: str) -> Call:
    if layer.is_volume:
        return Call(("vol-download", "--vol", layer.path, "--file", target, "--sparse"))
    return Call(("--sparse=always", layer.path, target), program="cp")


def unpack(plan: ImportPlan) -> Iterator[Call]:
    """Yield what unpacks a package that is one file."""
    if plan.archive and plan.folder:
        yield Call(("-p", str(plan.folder)), program="mkdir")
        words = ("-x", "-f", str(plan.archive), "-C", str(plan.folder))
        yield Call(words, program="tar")


def write_memory(source: Path, target: str) -> Iterator[Call]:
    """Yield what makes a firmware's memory from a file of a package."""
    name, size = PurePosixPath(target).name, str(source.stat().st_size)
    make = ("vol-create-as", "--pool", _POOL, "--name", name, "--capacity", size, "--format", "raw")
    fill = ("vol-upload", "--pool", _POOL, "--vol", name, "--file", str(source))
    yield from over_memory(target, Call(make), Call(fill))
