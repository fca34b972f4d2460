"""Takes back the firewall chains that libvirt makes for its first network and never removes."""

import contextlib
import subprocess
from pathlib import Path

from backend.hypervisor.embedded import rights
from backend.hypervisor.embedded.failures import ProgramMissing

_TABLES = ("filter", "nat", "mangle")
_PREFIX = "LIBVIRT_"
_DAEMONS = ("libvirtd", "virtnetworkd")
_SECONDS = 10


def remove_empty_chains() -> None:
    """Remove libvirt's chains if nothing is in them and no daemon is there to count on them.

    A daemon makes them once in its life and fails without them; one that starts later makes them
    anew. Rules of networks that are active, of whichever libvirt, keep them all in place.
    """
    if _other_daemon_runs():
        return
    with contextlib.suppress(ProgramMissing):
        for name in ("iptables", "ip6tables"):
            _remove(rights.program(name))


def _other_daemon_runs() -> bool:
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # A process that has ended already has no command line any more.
            is_alive = bool((entry / "cmdline").read_bytes())
            if is_alive and (entry / "comm").read_text().strip() in _DAEMONS:
                return True
    return False


def _remove(program: str) -> None:
    rules = {table: _run(program, table, "-S") for table in _TABLES}
    everything = [line for lines in rules.values() for line in lines]
    if any(line.startswith(f"-A {_PREFIX}") for line in everything):
        return
    for table, lines in rules.items():
        for line in lines:
            words = line.split()
            if words[0] == "-A" and words[-1].startswith(_PREFIX):
                _run(program, table, "-D", *words[1:])
        for line in lines:
            if line.startswith(f"-N {_PREFIX}"):
                _run(program, table, "-X", line.split()[1])


def _run(program: str, table: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        (program, "-w", "-t", table, *arguments),
        check=False,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    return done.stdout.splitlines()
