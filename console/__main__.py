"""The program: engine, bridge, window and snap-ins, put together.

Closing the window ends the program and nothing else: guests go on, and no hypervisor is waited for.
"""

import argparse
import gc
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# libvirt's threads and Qt's GLib dispatcher would iterate one GLib context from two threads.
os.environ.setdefault("QT_NO_GLIB", "1")
# numpy's library would have a thread a core, each of which spins for a while once it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import console.bridge.unwritten  # isort: skip  # before all else of ours
import console.bridge.unloaded  # isort: skip
from console.bridge.unsearched import features  # isort: skip  # noqa: F401  # by name: read at once

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from typing_extensions import override

import backend
import console
from backend.engine import Engine
from backend.history.keeper import history_path
from backend.hypervisor.places import state_directory
from backend.journal.keeper import journal_path
from backend.specs import HostSpec
from console.bridge.door import Bridge, EngineDoor
from console.bridge.garbage import GarbageCollector
from console.bridge.keeper import Keeper
from console.bridge.loop import gui_loop
from console.shell import session, theme
from console.shell.about import mark, program_version
from console.shell.logbook import logging_to
from console.shell.servers import ServerBook
from console.shell.settings import Settings, default_path
from console.snapins.alerts import snapin as alerts
from console.snapins.events import snapin as events
from console.snapins.hosts import snapin as hosts
from console.snapins.machines import snapin as machines
from console.snapins.networks import snapin as networks
from console.snapins.storage import snapin as storage

if TYPE_CHECKING:
    from backend.prometheus.endpoint import Endpoint
    from console.sdk.snapin import SnapIn
    from console.shell.window import MainWindow

log = logging.getLogger(__name__)
TOUR = Path(__file__).resolve().parents[1] / "packaging" / "tour"
EMBEDDED = "embedded"
_STARTED_S = 5.0
_OUR_FILES = re.compile(r"^(?:console|backend)/", re.MULTILINE)


def build(
    engine: EngineDoor,
    snapins: "Sequence[SnapIn]",
    settings: Settings,
    hosts: Sequence[HostSpec] = (),
    ssh_config: Path | None = None,
) -> "MainWindow":
    """Return the first window over an engine, not yet shown. Call it within `gui_loop`.

    Its `session` has the others that come back from last time. `hosts` are managed while the
    program runs, beside those that it remembers; to all of them one gets by `ssh_config`.
    """
    return first_window(reached(engine, settings, hosts, ssh_config), snapins, settings)


def reached(
    engine: EngineDoor, settings: Settings, hosts: Sequence[HostSpec], ssh_config: Path | None
) -> ServerBook:
    """Have all servers under management; they connect from now on, whatever else is done."""
    file = settings.keeper.path.with_name("servers.json")
    return ServerBook(Bridge(engine), Keeper(file), hosts, ssh_config)


def first_window(
    servers: ServerBook, snapins: "Sequence[SnapIn]", settings: Settings
) -> "MainWindow":
    """Return the first window over these servers, not yet shown."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("build() needs a QApplication")
    try:
        appearance = theme.Appearance(settings.text("appearance", theme.Appearance.SYSTEM.value))
    except ValueError:
        appearance = theme.Appearance.SYSTEM
    look = theme.Theme(application, appearance)
    return session.Session(servers.bridge, snapins, settings, look, servers).begin()


def snapins() -> "tuple[SnapIn, ...]":
    """Return the snap-ins that come with the program, in the order of the panes."""
    parts = (hosts, machines, storage, networks, alerts)
    others = tuple(part.contents() for part in parts)
    return (*others, events.contents([lead for one in others for lead in one.leads]))


class _Version(argparse.Action):
    """Says which version this is, which nobody looks up before it is asked."""

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_said: object) -> None:
        sys.stdout.write(f"celadon {program_version()}\n")
        parser.exit()


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
    add("--settings", type=Path, default=default_path(), metavar="FILE", help="another file")
    add("--journal", type=Path, default=journal_path(), metavar="FILE", help="another file")
    add("--history", type=Path, default=history_path(), metavar="FILE", help="another file")
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
    if arguments.settings == default_path():
        arguments.settings = folder / "console.json"
    if arguments.journal == journal_path():
        arguments.journal = folder / "journal.sqlite"
    if arguments.history == history_path():
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
    try:
        metrics = metrics_endpoint(arguments.metrics) if arguments.metrics else None
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"celadon: --metrics {arguments.metrics}: {error}\n")
        return 1
    with logging_to(state_directory()):
        run(arguments, metrics)
    return 0


def metrics_endpoint(port: int) -> "Endpoint":
    """Return what tells figures to Prometheus at this port. Raises OSError, OverflowError."""
    from backend.prometheus.endpoint import Endpoint  # noqa: PLC0415  # a library that few need

    return Endpoint(port)


def run(arguments: argparse.Namespace, metrics: "Endpoint | None" = None) -> None:
    """Open the windows, and return when the user is done."""
    _application = make_application()
    engine = Engine(
        (),
        arguments.journal,
        None if arguments.no_history else arguments.history,
        arguments.prometheus,
        metrics,
    )
    engine.start()
    try:
        # The window outlives the loop, so that what is cancelled can still put it in order.
        with gui_loop() as loop:
            settings = Settings(arguments.settings)
            # They answer while the rest of the program is loaded and built.
            servers = reached(engine, settings, host_specs(arguments), arguments.ssh_config)
            shown = first_window(servers, snapins(), settings).session
            shown.ended.connect(loop.stop)
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, shown.end)
            shown.show()
            if arguments.keynote:
                from console.keynote.presenter import Presenter  # noqa: PLC0415  # a rare deed

                presenter = Presenter(shown.front, EMBEDDED)
                presenter.ended.connect(shown.close)
                presenter.begin()
            loop.call_later(_STARTED_S, keep_what_is)
            loop.run_forever()
    finally:
        engine.close()


def keep_what_is() -> None:
    """Have what the program consists of by now passed over when garbage is looked for.

    It stays anyway, and to walk it all holds up every thread: 85 ms with a thousand machines.
    """
    gc.freeze()


def make_application() -> QApplication:
    """Return the application, named and in the user's language."""
    application = QApplication(sys.argv[:1])
    GarbageCollector(application)
    application.setApplicationName("Celadon")
    application.setOrganizationName("Celadon")
    application.setDesktopFileName("celadon")
    application.setWindowIcon(mark())
    application.setQuitOnLastWindowClosed(False)
    translator = QTranslator(application)
    places = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", places):
        application.installTranslator(translator)
    sys.excepthook = lambda *error: log.critical("Unexpected", exc_info=error)
    return application


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
