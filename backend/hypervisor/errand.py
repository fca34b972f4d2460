"""A command that is run where a host is, by a master of ours. Blocking: for workers only."""

import subprocess
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from backend.hypervisor.ssh import workplace

DEADLINE_S: Final = 4.0


def run_there(connect: Any, command: tuple[str, ...]) -> str:
    """Return what a command prints on another computer; "" where no master of ours leads there."""
    where = urlsplit(str(connect.getURI()))
    master = Path(parse_qs(where.query).get("command", [""])[0])
    if not where.scheme.endswith("+ssh") or not where.hostname or not workplace.is_ours(master):
        return ""
    try:
        return subprocess.run(
            (str(master), "--", where.hostname, *command),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=DEADLINE_S, check=False, text=True, errors="replace",
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
