"""The program's command line. What it asks for is begun, and then shown by `console.program`.

Nothing here knows Qt: servers connect while that is loaded.
"""

import console.bridge.before  # isort: skip  # first: of Python's library, too, what it finds is recalled

import argparse
import logging
import os
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

import backend
import console
from backend import engine
from backend.history import keeper as figures
from backend.hypervisor import early
from backend.hypervisor.places import configuration_directory, state_directory
from backend.journal import keeper as journal
from backend.specs import HostSpec
from console import program
from console.bridge.patterns import keep_patterns
from console.bridge.recalled import recalled
from console.sdk.kept_file import KeptFile
from console.shell import about
from console.shell.logbook import logging_to
from console.shell.remembered import SERVERS, known_servers, reached_by

if TYPE_CHECKING:
    from backend.prometheus.endpoint import Endpoint

log = logging.getLogger(__name__)
TOUR = Path(__file__).resolve().parents[1] / "packaging" / "tour"
EMBEDDED = "embedded"
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
"""What leads Qt to a display, each by itself."""
_OUR_FILES = re.compile(r"^(?:console|backend)/", re.MULTILINE)


class _Version(argparse.Action):
    """Says which version this is, which nobody looks up before it is asked."""

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_said: object) -> None:
        sys.stdout.write(f"celadon {about.program_version()}\n")
        parser.exit()


def settings_path() -> Path:
    """Return where the settings of this user live."""
    return configuration_directory() / "console.json"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(
        prog="celadon", description="A desktop management console for KVM."
    )
    add = parser.add_argument
    add("--version", action=_Version, nargs=0, help="say which this is, and end")
    add("--offscreen", action="store_true", help="draw the window for nobody")
    add("--root", type=Path, metavar="DIR", help="a throw-away embedded host that lives in DIR")
    add("--connect", action="append", default=[], metavar="URI", help="manage this host too")
    add("--no-embedded", action="store_true", help="have no embedded host")
    add("--ssh-config", type=Path, metavar="FILE", help="have ssh read this, not your own")
    add("--settings", type=Path, default=settings_path(), metavar="FILE", help="another file")
    add("--journal", type=Path, metavar="FILE", help="another file")
    add("--history", type=Path, metavar="FILE", help="another file")
    add("--no-history", action="store_true", help="keep no figures")
    add("--metrics", type=int, metavar="PORT", help="tell figures to Prometheus, on 127.0.0.1")
    add("--prometheus", default="", metavar="URL", help="ask this one first how figures went")
    add("--verbose", action="store_true", help="log more")
    add("--keynote", action="store_true", help="show it to an audience, on a host of its own")
    parsed = parser.parse_args(arguments)
    if parsed.keynote and parsed.no_embedded:
        parser.error("--keynote: it is shown on the embedded host")
    return for_an_audience(parsed) if parsed.keynote else parsed


def for_an_audience(arguments: argparse.Namespace) -> argparse.Namespace:
    """Return what the command line says with nothing of the user's own on the stage."""
    folder = state_directory() / "keynote"
    if arguments.root is None:
        # As root, guests run as another user, who gets into nobody's home.
        is_root = os.geteuid() == 0
        arguments.root = Path("/var/lib/celadon-keynote") if is_root else folder / "host"
    if arguments.settings == settings_path():
        arguments.settings = folder / "console.json"
    if arguments.journal is None:
        arguments.journal = folder / "journal.sqlite"
    if arguments.history is None:
        arguments.history = folder / "history.sqlite"
    return arguments


def host_specs(arguments: argparse.Namespace) -> tuple[HostSpec, ...]:
    """Return the hosts that the command line asks for."""
    specs: list[HostSpec] = []
    if not arguments.no_embedded:
        name = socket.gethostname()
        specs.append(HostSpec(EMBEDDED, name, is_embedded=True, embedded_root=arguments.root))
    specs.extend(HostSpec(uri, uri, uri=uri) for uri in dict.fromkeys(arguments.connect))
    return tuple(specs)


def foreign_packages() -> str:
    """Return what is wrong if `console` or `backend` is not ours; "" if both are."""
    homes = {str(Path(str(module.__file__)).resolve().parents[1]) for module in (console, backend)}
    if len(homes) > 1:
        return f"console and backend come from different places: {', '.join(sorted(homes))}"
    others = sorted(
        record.parent.name
        for record in Path(homes.pop()).glob("*.dist-info/RECORD")
        if not record.parent.name.startswith("celadon-")
        and _OUR_FILES.search(record.read_text(encoding="utf-8", errors="replace"))
    )
    return f"other distributions bring such packages too: {', '.join(others)}" if others else ""


def main() -> int:
    """Run the program; return its exit status."""
    if "--tour" in sys.argv[1:]:
        return run_tour()
    arguments = parse_arguments(sys.argv[1:])
    logging.basicConfig(level=logging.DEBUG if arguments.verbose else logging.WARNING)
    if wrong := foreign_packages():
        sys.stderr.write(f"celadon: {wrong}\n")
        return 1
    if arguments.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not any(map(os.environ.get, _DISPLAYS)):
        # Qt would end the program where it stands, with its servers connected.
        sys.stderr.write(
            "celadon: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): start it in"
            " a desktop session or by ssh -X; --offscreen draws the window for nobody\n"
        )
        return 1
    try:
        metrics = metrics_endpoint(arguments.metrics) if arguments.metrics else None
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"celadon: --metrics {arguments.metrics}: {error}\n")
        return 1
    with logging_to(state_directory()):
        run(arguments, metrics)
        if not sys.dont_write_bytecode:
            keep_code()
    return 0


def keep_code() -> None:
    """Have the next start find at once what this one has loaded, where that can be kept."""
    keep_patterns()
    try:
        recalled.keep()
    except (OSError, ImportError, SyntaxError, ValueError) as error:
        # Sources may have changed meanwhile, or be half written.
        log.warning("The next start will be slower: %s", error)


def metrics_endpoint(port: int) -> "Endpoint":
    """Return what tells figures to Prometheus at this port. Raises OSError, OverflowError."""
    from backend.prometheus.endpoint import Endpoint  # noqa: PLC0415  # a library that few need

    return Endpoint(port)


def run(arguments: argparse.Namespace, metrics: "Endpoint | None" = None) -> None:
    """Have the servers connect, open the windows, and return when the user is done."""
    hosts = host_specs(arguments)
    servers = KeptFile(arguments.settings.with_name(SERVERS)).read()
    known = tuple(known_servers(servers.values, hosts).values())
    for server in known:
        early.begin(server.spec)
    begun = engine.Engine(
        [reached_by(server.spec, arguments.ssh_config) for server in known],
        arguments.journal or journal.journal_path(),
        None if arguments.no_history else arguments.history or figures.history_path(),
        arguments.prometheus,
        metrics,
    )
    begun.start()
    try:
        settings, stage = arguments.settings, EMBEDDED if arguments.keynote else ""
        program.run(begun, program.Wishes(settings, hosts, servers, arguments.ssh_config, stage))
    finally:
        begun.close()  # which `program.run` did while Qt was there, if it came that far
        early.end()


def run_tour() -> int:
    """Hand over to the tour, which lives beside the sources and is no part of the program."""
    if not (TOUR / "celadon_tour" / "__main__.py").exists():
        sys.stderr.write("celadon: the tour is not installed; run it from a source checkout\n")
        return 2
    import runpy  # noqa: PLC0415  # the tour alone needs it

    sys.path.insert(0, str(TOUR))
    runpy.run_module("celadon_tour", run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
