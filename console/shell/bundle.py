"""The support bundle: what helps whoever helps, in a zip, without secrets."""

import io
import json
import os
import platform
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLibraryInfo

from backend.jobs import Job
from backend.model import Host
from backend.operations.support import Paper, file_name
from backend.redaction import without_names, without_secrets
from console.sdk import wording
from console.sdk.reach import short_name
from console.sdk.whole_file import why_unwritten
from console.shell.about import program_version


def _tr(text: str) -> str:
    return QCoreApplication.translate("bundle", text)


@dataclass(frozen=True, slots=True)
class Names:
    """What stands for the names of computers, users and homes where they are to be left out."""

    known: dict[str, str]

    def leave_out(self, paper: Paper) -> Paper:
        """Return a paper without them, in its place too."""
        place, text = (without_names(part, self.known) for part in (paper.place, paper.text))
        return Paper(place, text)


def versions() -> Paper:
    """Return what runs here, with versions."""
    lines = (
        f"Celadon {program_version()}",
        f"Python {platform.python_version()}",
        f"Qt {QLibraryInfo.version().toString()}",
        f"System {_system()}",
        f"Kernel {platform.release()} {platform.machine()}",
        f"Desktop {' '.join(os.environ.get(name, '') for name in _DESKTOP)}",
        f"Modules {', '.join(sorted(_modules()))}",
    )
    return Paper("versions.txt", "\n".join(lines) + "\n")


def hosts_told(hosts: Iterable[Host]) -> Paper:
    """Return how each host stands, with its problem and its remarks."""
    lines: list[str] = []
    for host in hosts:
        lines += [f"{host.name} ({host.state.value})", f"  {host.uri}", f"  {host.hypervisor}"]
        problems = (*((host.problem,) if host.problem else ()), *host.notes)
        for problem in problems:
            lines.append(f"  {problem.message_id}: {wording.sentence(problem)}")
            lines += [f"    {line}" for line in problem.detail]
    return Paper("hosts.txt", without_secrets("\n".join(lines) + "\n"))


def jobs_told(jobs: Iterable[Job]) -> Paper:
    """Return the jobs and how they ended, one a line, as JSON."""
    lines = [
        json.dumps(
            {
                "operation": job.operation,
                "subject": job.subject_name,
                "host": job.subject.host if job.subject else "",
                "state": job.state.value,
                "started_at": job.started_at,
                "ended_at": job.ended_at,
                "problem": job.problem.message_id if job.problem else "",
                "sentence": without_secrets(wording.sentence(job.problem)) if job.problem else "",
                "detail": [without_secrets(line) for line in job.problem.detail]
                if job.problem
                else [],
            },
            ensure_ascii=False,
        )
        for job in jobs
    ]
    return Paper("jobs.jsonl", "".join(f"{line}\n" for line in lines))


def below(host: Host, papers: Sequence[Paper]) -> Iterator[Paper]:
    """Yield a host's papers, below a folder of its own."""
    folder = f"hosts/{file_name(short_name(host))}"
    for paper in papers:
        yield Paper(f"{folder}/{paper.place}", paper.text)


def names_of(hosts: Iterable[Host]) -> Names:
    """Return what stands for the names that are known here."""
    known = {platform.node(): "this-computer", os.environ.get("USER", ""): "user"}
    known[str(Path.home())] = "~"
    for number, host in enumerate(hosts, 1):
        uri = urlsplit(host.uri)
        first = host.hostname.partition(".")[0]
        for name in (host.name, host.hostname, short_name(host), uri.hostname or "", first):
            known.setdefault(name, f"host-{number}")
        known.setdefault(uri.username or "", "user")
    return Names({n: known[n] for n in known if len(n) > 1 and n not in _NOBODYS})


def write(path: Path, papers: Sequence[Paper]) -> str:
    """Have the zip at a path, whole or not at all; return why it is not, "" if it is. Blocks."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for paper in papers:
            # A name can hold half of a character; a text that does is no reason for no bundle.
            bundle.writestr(paper.place, paper.text.encode("utf-8", "backslashreplace"))
    return why_unwritten(path, content.getvalue(), rights=0o600)


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", sys.platform)
    except OSError:
        return sys.platform


def _modules() -> Iterator[str]:
    from importlib.metadata import distributions  # noqa: PLC0415  # slow, and needed here alone

    for found in distributions():
        name = found.metadata["Name"] or ""
        if name.lower() in _TOLD:
            yield f"{name} {found.version}"


_DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
_NOBODYS = ("localhost", "127.0.0.1", "::1", "root")
_TOLD = {
    "libvirt-python",
    "pyside6-essentials",
    "qasync",
    "pyqtgraph",
    "numpy",
    "lxml",
    "qtawesome",
    "jeepney",
    "secretstorage",
}
