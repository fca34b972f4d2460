"""What is handed on when somebody asks for help: what a host is and says, without secrets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend import jobs
from backend.host.managed import ManagedHost
from backend.hypervisor import survey
from backend.model import Domain, Ref
from backend.redaction import without_secrets
from backend.xmldesc.redact import redacted

DEADLINE_S = 60.0
LOG_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Paper:
    """One text of a support bundle, by its place in it ("machines/web-01.xml")."""

    place: str
    text: str


async def host_papers(host: ManagedHost, ref: Ref) -> tuple[Paper, ...]:
    """Return what a host and all that it has are, and the ends of its logs where they are ours."""
    jobs.report(stage="preparing")
    told = await host.ask(lambda connect: tuple(_ask(connect)), deadline_s=DEADLINE_S)
    names = sorted(domain.name for domain in host.inventory.all(Domain, ref.host))
    logs = await host.run_locally(lambda: tuple(_logs(host, names)), deadline_s=DEADLINE_S)
    return (*told, *logs)


def _ask(connect: Any) -> Iterator[Paper]:
    lines = [f"{name}: {version}" for name, version in survey.versions(connect).items()]
    yield Paper("versions.txt", "\n".join(lines) + "\n")
    for name, xml in survey.host_descriptions(connect):
        yield Paper(f"{name}.xml", redacted(xml))
    for kind, name, xml in survey.thing_descriptions(connect):
        yield Paper(f"{kind}/{file_name(name)}.xml", redacted(xml))


def _logs(host: ManagedHost, names: Sequence[str]) -> Iterator[Paper]:
    embedded = host.embedded
    if embedded is None:
        return
    for name in names:
        path = embedded.log_directory / f"{name}.log"
        if text := tail(path):
            yield Paper(f"logs/{file_name(name)}.log", text)
    if text := tail(embedded.daemon_log):
        yield Paper("logs/libvirtd.log", text)


def tail(path: Path) -> str:
    """Return the end of a log, without secrets; "" if there is none that can be read."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - LOG_BYTES))
            text = log.read(LOG_BYTES).decode(errors="replace")
    except OSError:
        return ""
    return without_secrets(text)


def file_name(name: str) -> str:
    """Return a name as one of a file, whatever it holds."""
    fit = "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name)
    return fit.strip(" .")[:80] or "unnamed"
