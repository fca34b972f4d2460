"""Has a computer's machines start in order as it starts, and stop as it stops: `python -m`.

`start` and `stop` do it once, for the embedded host or for a libvirt of this computer, and end with
1 and a line for each machine that would not. `units` writes what systemd runs them by. Nothing
stays running: systemd knows when the computer starts and stops.
"""

import argparse
import contextlib
import getpass
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from backend import blocking
from backend.engine import Engine
from backend.errors import BackendError
from backend.hypervisor.embedded import plan
from backend.model import Kind, Ref
from backend.operations import automatic
from backend.operations.automatic import Others
from backend.specs import HostSpec

_HOST: Final = Ref("service", Kind.HOST, "service")
UNIT: Final = "celadon-machines.service"
FIRST: Final = "celadon-machines-first.service"
# libvirt's own guests stop before this target, and its service for them has the same order.
# The "-": what failed to start is told in the log, but of a unit that failed systemd runs no
# ExecStop, and a shutdown would be a power cut for all that did start.
# A start lasts as long as the delays that its machines are set to. A stop has the seconds that
# finding the machines takes, and then says itself how long they may take (`_promise`).
_UNIT: Final = """[Unit]
Description=Virtual machines, started in order by Celadon and stopped with the computer
Wants=network-online.target{first}
After=network-online.target time-sync.target remote-fs.target virt-guest-shutdown.target
After=libvirtd.service virtqemud.service virtnetworkd.service virtstoraged.service

[Service]
Type=oneshot
RemainAfterExit=yes
User={user}
WorkingDirectory={directory}
ExecStart=-"{python}" -m backend.service start {target}
ExecStop="{python}" -m backend.service stop {target}
TimeoutStartSec=infinity
TimeoutStopSec={finding_s}
NotifyAccess=exec

[Install]
WantedBy=multi-user.target
"""
# libvirt starts all that are marked at once, unless it finds that it has done so. This runs only
# where the other unit is wanted, and only if that can do its work: else libvirt does as ever.
_FIRST: Final = """[Unit]
Description=Leave starting virtual machines to Celadon, which does it in order
Before=libvirtd.service virtqemud.service
ConditionFileIsExecutable={python}
ConditionPathIsDirectory={directory}/backend

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=mkdir -p -m 0755 /run/libvirt/qemu
ExecStart=touch /run/libvirt/qemu/autostarted
"""
# Machines that a console started live in the session or under the user's manager where it ran, both
# of which systemd ends at once as the computer stops. They end after what they started before.
_PLACES: Final = ("session-.scope.d", "user@.service.d")
_LATER: Final = f"""[Unit]
Before={UNIT}
"""
_FINDING_S: Final = 600
_NOTICE_DEADLINE_S: Final = 5.0


def units(spec: HostSpec, directory: Path, python: str) -> dict[str, str]:
    """Return the files that have systemd do it, by their paths below /etc.

    They do nothing until UNIT is enabled, and nothing any more once it is not.
    """
    is_ours = spec.is_embedded
    here, program = _as_path(directory), _as_path(python)
    place = spec.embedded_root or plan.own_root()
    unit = _UNIT.format(
        user=getpass.getuser() if is_ours else "root",
        directory=here,
        python=program,
        target=f"--root {_as_word(place)}" if is_ours else f"--uri {_as_word(spec.uri)}",
        first="" if is_ours else f" {FIRST}",
        finding_s=_FINDING_S,
    )
    found = {f"systemd/system/{UNIT}": unit}
    if is_ours:
        later = {f"systemd/system/{name}/celadon-machines.conf": _LATER for name in _PLACES}
        return {**found, **later}
    first = _FIRST.format(python=program, directory=here)
    return {**found, f"systemd/system/{FIRST}": first}


def _as_path(path: object) -> str:
    """Return a path as a unit takes it, whose percent signs would stand for something else."""
    return str(path).replace("%", "%%")


def _as_word(argument: object) -> str:
    """Return an argument as a unit's command takes it: a socket's path in a URI is full of %2F."""
    text = str(argument).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{_as_path(text)}"'


def _told(error: BackendError) -> str:
    """Return what went wrong, a line for each machine where it is of machines."""
    return "\n".join(error.problem.detail) or str(error)


def _promise(seconds: float) -> None:
    """Tell systemd, where that waits, how long it will take at most from now on."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to, contextlib.suppress(OSError):
        to.settimeout(_NOTICE_DEADLINE_S)
        to.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
        to.send(f"EXTEND_TIMEOUT_USEC={round(seconds * 1e6)}".encode())


def run(spec: HostSpec, verb: Callable[..., Any], *arguments: object) -> str:
    """Have a verb be done on a host; return what went wrong, "" for nothing."""
    engine = Engine([spec])
    engine.start()
    try:
        blocking.until_connected(engine, spec.id)
        if verb is automatic.stop:
            with contextlib.suppress(BackendError):  # it says so itself, in more words
                _promise(engine.query(automatic.longest_stop_s, _HOST).result())
        blocking.until_done(engine, engine.submit(verb, _HOST, *arguments))
    except BackendError as error:
        return _told(error)
    finally:
        engine.close()
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit status."""
    asked = _parser().parse_args(arguments)
    is_ours = not asked.uri
    spec = HostSpec(
        _HOST.host, "this computer", asked.uri, is_embedded=is_ours, embedded_root=asked.root
    )
    if asked.verb == "units":
        for path, text in units(spec, Path.cwd(), sys.executable).items():
            place = asked.etc / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
            print(place)  # noqa: T201  # it is a program's answer
        return 0
    if asked.verb == "start":
        trouble = (
            run(spec, automatic.start_due, Others.AWAIT) if is_ours else run(spec, automatic.start)
        )
    else:
        trouble = run(spec, automatic.stop)
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
    return 1 if trouble else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend.service", description=__doc__)
    parser.add_argument("verb", choices=("start", "stop", "units"))
    parser.add_argument("--uri", default="", help="a libvirt of this computer; else the embedded")
    parser.add_argument("--root", type=Path, help="the embedded host's directory; else the user's")
    parser.add_argument("--etc", type=Path, default=Path("/etc"), help="where units are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
