"""How it reads in virsh that machines are made: their volumes, then themselves."""

from collections.abc import Iterator
from dataclasses import replace

from backend.operations.clone import ClonePlan, Copying, PlannedCopy
from backend.operations.cloudinit import Files
from backend.operations.planning import MachinePlan
from backend.operations.script import descriptions, packages
from backend.operations.script.call import Call, Variable, Word
from backend.operations.script.request import Request
from backend.operations.script.subject import Subject
from backend.operations.volumes import PlannedVolume
from backend.specs import Then, Written
from backend.xmldesc import newdomain, written


def create(subject: Subject) -> tuple[Call, ...]:
    """Return what makes one machine."""
    return _made(subject.request.plan)


def create_all(subject: Subject) -> tuple[Call, ...]:
    """Return what makes new machines, and starts them if they are to run."""
    plans: tuple[MachinePlan, ...] = subject.request.plan
    calls = [call for plan in plans for call in _made(plan)]
    if subject.argument("then") is Then.START:
        for plan in plans:
            calls.append(Call(("start", "--domain", plan.domain.uuid)))
            if not plan.domain.is_restarted:
                calls.append(descriptions.define_hiding(newdomain.installed(plan.description)))
    return tuple(calls)


def clone_all(subject: Subject) -> tuple[Call, ...]:
    """Return what makes machines like one that is there."""
    plans: tuple[ClonePlan, ...] = subject.request.plan
    calls: list[Call] = []
    for plan in plans:
        calls += map(_copy, plan.copies)
        if plan.memory:
            calls += packages.copy_memory(*plan.memory)
        calls.append(descriptions.define_hiding(plan.description))
    if subject.argument("then") is Then.START:
        calls += [Call(("start", "--domain", plan.uuid)) for plan in plans]
    return tuple(calls)


def _copy(copy: PlannedCopy) -> Call:
    words = ("--pool", copy.pool.name, "--file", "/dev/stdin")
    if copy.copying is Copying.LINKED:
        return Call(("vol-create", *words), text=copy.description)
    origin = ("--vol", copy.origin.name, "--inputpool", copy.pool.name)
    return Call(("vol-create-from", *words, *origin), text=copy.description)


def _made(plan: MachinePlan) -> tuple[Call, ...]:
    pool = plan.pool.name if plan.pool else ""
    made = [call for volume in plan.volumes for call in make_volume(pool, volume)]
    refresh = [Call(("pool-refresh", "--pool", pool))] if made else []
    return (*made, *refresh, descriptions.define_hiding(plan.description))


def make_volume(pool: str, volume: PlannedVolume) -> Iterator[Call]:
    """Yield what makes a volume, and fills it with its image."""
    first, image = str(volume.first_bytes), volume.image
    source: Word = str(image.path) if image else ""
    is_converted = image is not None and volume.format not in ("raw", image.format)
    if volume.seed:
        source = Variable("seed")
        yield from _write_seed(volume.seed, source)
    if image and is_converted:
        source = Variable("converted")
        yield Call(("--suffix=.qcow2",), program="mktemp", into=source.name)
        words = ("convert", "-p", "-f", image.format, "-O", "qcow2", f"file:{image.path}", source)
        yield Call(words, program="qemu-img")
    yield Call(
        ("vol-create-as", "--pool", pool, "--name", volume.name, "--capacity", first,
         "--allocation", "0", "--format", volume.format)
    )  # fmt: skip
    if source:
        yield Call(("vol-upload", "--pool", pool, "--vol", volume.name, "--file", source))
    if is_converted:
        yield Call((source,), program="rm")
    if volume.seed:
        yield Call(("-r", source, Variable("files")), program="rm")
    if volume.size_bytes > volume.first_bytes:
        size = str(volume.size_bytes)
        yield Call(("vol-resize", "--pool", pool, "--vol", volume.name, "--capacity", size))


def _write_seed(files: Files, image: Variable) -> Iterator[Call]:
    """Yield what makes the CD of cloud-init."""
    folder = Variable("files")
    yield Call(("-d",), program="mktemp", into=folder.name)
    for name, text in files:
        yield Call((folder,), program="cd")
        yield Call((name,), program="tee", text=text)
    yield Call(("--suffix=.iso",), program="mktemp", into=image.name)
    words = ("-as", "mkisofs", "-V", "cidata", "-J", "-r", "-o", image, folder)
    yield Call(words, program="xorriso")


def _public(told: Written | None) -> Written | None:
    return replace(told, text=written.without_secrets(told.text)) if told else None


def specs_without_passwords(request: Request) -> Request:
    """Return the request without what is secret in what somebody wrote."""
    specs = tuple(
        replace(spec, written=_public(spec.written)) for spec in request.argument("specs")
    )
    return replace(request, arguments=(specs, *request.arguments[1:]))


def clones_without_passwords(request: Request) -> Request:
    """Return the request without what is secret in what somebody wrote."""
    told = {name: request.argument(name) for name in ("names", "copying", "texts", "then")}
    if not any(told["texts"]):
        return request
    told["texts"] = tuple(map(_public, told["texts"]))
    return replace(request, arguments=tuple(told.values()), options=())
