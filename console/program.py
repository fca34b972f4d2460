"""The program as it is seen: bridge, window and snap-ins over an engine, put together.

Closing the window ends the program and nothing else: guests go on, and no hypervisor is waited for.
"""

import gc
import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import console.bridge.before  # isort: skip  # noqa: F401  # by being imported
from console.bridge.unsearched import features  # isort: skip  # noqa: F401  # by name: read at once

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from backend.engine import Engine
from backend.specs import HostSpec
from console.bridge.door import Bridge, EngineDoor
from console.bridge.garbage import GarbageCollector
from console.bridge.keeper import Keeper
from console.bridge.loop import gui_loop
from console.sdk.kept_file import Kept
from console.shell import session, theme
from console.shell.about import mark
from console.shell.remembered import SERVERS
from console.shell.servers import ServerBook
from console.shell.settings import Settings
from console.snapins.alerts import snapin as alerts
from console.snapins.events import snapin as events
from console.snapins.hosts import snapin as hosts
from console.snapins.machines import snapin as machines
from console.snapins.networks import snapin as networks
from console.snapins.storage import snapin as storage

if TYPE_CHECKING:
    from console.sdk.snapin import SnapIn
    from console.shell.window import MainWindow

log = logging.getLogger(__name__)
_STARTED_S = 5.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line wants to be seen.

    `servers` is what is remembered of them in the file beside `settings`; `stage` is the host on
    which the program is shown to an audience, if it is.
    """

    settings: Path
    hosts: tuple[HostSpec, ...]
    servers: Kept
    ssh_config: Path | None = None
    stage: str = ""


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
    engine: EngineDoor,
    settings: Settings,
    hosts: Sequence[HostSpec],
    ssh_config: Path | None,
    kept: Kept | None = None,
) -> ServerBook:
    """Have all servers under management; `kept` is what is remembered, where that was read."""
    keeper = Keeper(settings.keeper.path.with_name(SERVERS), kept=kept)
    return ServerBook(Bridge(engine), keeper, hosts, ssh_config)


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


def run(engine: Engine, wishes: Wishes) -> None:
    """Open the windows, and return when the user is done and the engine closed."""
    _application = make_application()
    try:
        # The window outlives the loop, so that what is cancelled can still put it in order.
        with gui_loop() as loop:
            settings = Settings(wishes.settings)
            servers = reached(engine, settings, wishes.hosts, wishes.ssh_config, wishes.servers)
            shown = first_window(servers, snapins(), settings).session
            shown.ended.connect(loop.stop)
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, shown.end)
            shown.show()
            if wishes.stage:
                from console.keynote.presenter import Presenter  # noqa: PLC0415  # a rare deed

                presenter = Presenter(shown.front, wishes.stage)
                presenter.ended.connect(shown.close)
                presenter.begin()
            loop.call_later(_STARTED_S, keep_what_is)
            loop.run_forever()
    finally:
        engine.close()  # while Qt is there


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
