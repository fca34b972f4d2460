"""Has a computer's machines start in order as it starts, and stop as it stops: `python -m`.

`start` and `stop` do it once, for the embedded host or for a libvirt of this computer, and end with
1 and a line for each machine that would not. `units` writes what systemd runs them by. Nothing
stays running: systemd knows when the computer starts and stops.
"""

import argparse
import getpass
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
# libvirt's own guests stop before this target, and its service for them has the same order.
# The "-": what failed to start is told in the log, but of a unit that failed systemd runs no
# ExecStop, and a shutdown would be a power cut for all that did start.
_UNIT: Final = """[Unit]
Description=Virtual machines, started in order by Celadon and stopped with the computer
Wants=network-online.target
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
TimeoutStopSec=infinity

[Install]
WantedBy=multi-user.target
"""
# libvirt starts all that are marked at once, unless it finds that it has done so.
_MARK: Final = """d /run/libvirt/qemu 0755 root root -
f /run/libvirt/qemu/autostarted 0600 root root -
"""


def units(spec: HostSpec, directory: Path, python: str) -> dict[str, str]:
    """Return the files that have systemd do it, by their paths below /etc."""
    is_ours = spec.is_embedded
    place = spec.embedded_root or plan.own_root()
    unit = _UNIT.format(
        user=getpass.getuser() if is_ours else "root",
        directory=directory,
        python=python,
        target=f'--root "{place}"' if is_ours else f"--uri {spec.uri}",
    )
    found = {f"systemd/system/{UNIT}": unit}
    return found if is_ours else {**found, "tmpfiles.d/celadon-machines.conf": _MARK}


def _told(error: BackendError) -> str:
    """Return what went wrong, a line for each machine where it is of machines."""
    return "\n".join(error.problem.detail) or str(error)


def run(spec: HostSpec, verb: Callable[..., Any], *arguments: object) -> str:
    """Have a verb be done on a host; return what went wrong, "" for nothing."""
    engine = Engine([spec])
    engine.start()
    try:
        blocking.until_connected(engine, spec.id)
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
