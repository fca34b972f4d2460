"""The program as long as it is open: its windows, and what they share.

A window that is closed is forgotten, unless it is the last one: that, or all of them after *Exit*
or a crash, come back with their layout at the next start.
"""

import os
import time
import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from backend.errors import Problem
from backend.jobs import Job
from backend.model import Record
from backend.processes import began
from backend.thresholds import Threshold
from console.bridge.door import Bridge
from console.bridge.keeper import Keeper
from console.bridge.notifier import Notifier
from console.sdk import alert_words, wording
from console.sdk.context import Context
from console.sdk.kept_file import Json
from console.sdk.nodes import Tone
from console.sdk.servers import Server
from console.sdk.snapin import SnapIn
from console.shell.alarm import Alarm
from console.shell.asker import Asker
from console.shell.bell import Bell
from console.shell.favorites import Favorites
from console.shell.notices import Notice, report_trouble
from console.shell.property_sheet import PropertySheets
from console.shell.rulebook import RuleBook
from console.shell.servers import ServerBook
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.undo import Journey, Step
from console.shell.window import MainWindow

LOOK_MS = 1000
WINDOWS = "windows"
_BESIDE = 32


def _tr(text: str) -> str:
    return QCoreApplication.translate("session", text)


class Session(QObject):
    """The windows over one bridge. The door is shut when the last of them closes."""

    ended = Signal()
    """The user is done: guests go on, the program may end."""

    def __init__(
        self,
        bridge: Bridge,
        snapins: Sequence[SnapIn],
        settings: Settings,
        theme: Theme,
        servers: ServerBook | None = None,
    ) -> None:
        super().__init__()
        self.bridge = bridge
        beside = settings.keeper.path.with_name
        self.servers = servers or ServerBook(bridge, Keeper(beside("servers.json")))
        self.servers.keeper.setParent(self)
        self.rules = RuleBook(bridge, Keeper(beside("alerts.json"), self))
        self.snapins = snapins
        self.settings = settings
        self.theme = theme
        self.journey = Journey(self)
        self.servers.on_removed = lambda server: self.journey.note(_removal(self.servers, server))
        self.rules.on_removed = lambda rule: self.journey.note(_rule_removal(self.rules, rule))
        self.sheets = PropertySheets(snapins, bridge.mirror, self)
        self.favorites = Favorites(settings, self)
        self._notifier = Notifier(_tr("Show"), self)
        self.bell = Bell(self._notifier, settings, self._is_ours, self._come, self)
        self.alarm = _alarm(self)
        self.windows: tuple[MainWindow, ...] = ()
        self._front: MainWindow | None = None
        self._is_ending = False
        bridge.problem_raised.connect(self._on_problem)
        bridge.jobs_changed.connect(self.journey.follow)
        bridge.jobs_changed.connect(self.bell.follow)
        bridge.inventory_changed.connect(self.sheets.follow)
        bridge.inventory_changed.connect(self.alarm.follow)
        # What differs is remembered, whoever changed it: a list, a splitter, the desktop.
        self.asker = _asker(self)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._remember)
        self._look.start()

    @property
    def front(self) -> MainWindow:
        """The window that has, or had last, the keyboard."""
        return self._front or self.windows[0]

    def begin(self) -> MainWindow:
        """Have the windows of last time, or a first one; return the one to be in front."""
        for place in _left_open(self.settings):
            self._add(place)
        if not self.windows:
            self.open()
        report_trouble(self.settings.keeper, _tr("Your settings"), self._tell)
        report_trouble(self.servers.keeper, _tr("The servers that are remembered"), self._tell)
        report_trouble(self.rules.keeper, _tr("Your thresholds for alerts"), self._tell)
        return self.windows[0]

    def show(self) -> None:
        """Show all windows, and what was asked before there was any."""
        for window in reversed(self.windows):
            window.show()
        self.asker.ask_next()

    def open(self, node_id: str | None = None) -> MainWindow:
        """Have another window, not yet shown; its tree begins with a node, on which it stands."""
        place = uuid.uuid4().hex[:8]
        if node_id is not None:
            settings = self.settings.within(f"{WINDOWS}/{place}")
            settings.put("node", node_id)
            settings.put("top", node_id)
        before = self.windows and self.front
        window = self._add(place)
        if before:
            # Not exactly over the one it comes from: there would seem to be one.
            window.move(before.pos() + QPoint(_BESIDE, _BESIDE))
        return window

    def note_front(self, window: MainWindow) -> None:
        """Know that a window has the keyboard."""
        if window in self.windows:
            self._front = window

    def set_appearance(self, appearance: Appearance) -> None:
        """Look so, in all windows, now and next time."""
        self.theme.set_appearance(appearance)
        self.settings.put("appearance", appearance.value)

    def teller(self, job: Job) -> MainWindow:
        """Return the window that tells how a job ended: the one where it was asked for."""
        asked = (window for window in self.windows if job.id in window.context.asked)
        return next(asked, self.front)

    def show_subject(self, job: Job, window: MainWindow) -> None:
        """Go, in a window, to what a job was about; if that is no longer there, say so."""
        record = self.bridge.mirror.any_record(job.subject) if job.subject else None
        if record is None or not window.guide.show(record):
            title, sentence = wording.job_title(job), _tr("What this was about is not there now.")
            window.show_notice(Notice(title, sentence, tone=Tone.WARNING))

    def again(self, job_id: int) -> "Callable[[], object] | None":
        """Return what hands a job of this session in again; None if that cannot be."""
        asked = (window.context.asked.get(job_id) for window in self.windows)
        return next((again for again in asked if again), None)

    def close(self) -> None:
        """Close all windows; the next start opens them again.

        Where somebody has typed he is asked before, once for all of them, and all stay meanwhile.
        """
        held = [title for window in self.windows for title in window.parting.held]
        if typed := (*held, *self.sheets.held):
            self.front.parting.ask(typed, self.end)
        else:
            self.end()

    def end(self) -> None:
        """Close all windows, whatever was typed there: a signal cannot be asked."""
        self._is_ending = True
        for window in self.windows:
            window.parting.let_go()
            window.close()

    def _add(self, place: str) -> MainWindow:
        self.settings.put(f"{WINDOWS}/{place}/owner", _owner())
        window = MainWindow(self, self.settings.within(f"{WINDOWS}/{place}"))
        window.closed.connect(lambda: self._on_closed(window))
        self.windows = (*self.windows, window)
        return window

    def _on_closed(self, window: MainWindow) -> None:
        if window not in self.windows:
            return
        self.windows = tuple(other for other in self.windows if other is not window)
        if self._front is window:
            self._front = None
        if self.windows:
            window.context.leave(self.front.context)
            if not self._is_ending:
                window.settings.forget()
            window.deleteLater()
            return
        self._look.stop()
        self.sheets.close()
        self._notifier.close()
        self.alarm.close()
        self.settings.save()
        self.servers.keeper.save()
        self.rules.keeper.save()
        self.bridge.close()
        self.ended.emit()

    def _is_ours(self, job: Job) -> bool:
        return any(job.id in window.context.asked for window in self.windows)

    def _come(self, job: Job) -> None:
        window = self.teller(job)
        window.come_forward()
        self.show_subject(job, window)

    def _tell(self, notice: Notice) -> None:
        self.front.show_notice(notice)

    def _on_problem(self, problem: Problem) -> None:
        self.front.context.show_problem(_tr("That did not work."), problem)

    def _remember(self) -> None:
        if QApplication.applicationState() is Qt.ApplicationState.ApplicationActive:
            for window in self.windows:
                window.remember()


def _left_open(settings: Settings) -> list[str]:
    """Return the places of the windows that no running program has open, the first one first."""
    found: list[tuple[float, str]] = []
    for key in settings.keeper.keys(f"{WINDOWS}/"):
        _, place, *rest = key.split("/")
        owner = settings.value(key)
        if rest == ["owner"] and isinstance(owner, dict) and not _is_alive(owner):
            at = owner.get("at")
            found.append((at if isinstance(at, float) else 0.0, place))
    return [place for _, place in sorted(found)]


def _owner() -> Json:
    return {"process": os.getpid(), "began": began(os.getpid()), "at": time.time()}


def _is_alive(owner: dict[str, Json]) -> bool:
    process, since = owner.get("process"), owner.get("began")
    if not isinstance(process, int) or process == os.getpid():
        return False
    return since != "" and since == began(process)


def _alarm(session: Session) -> Alarm:
    """Return what rings for alerts, and leads to what they are of in the window in front."""

    def come(record: Record) -> None:
        session.front.come_forward()
        session.front.guide.show(record)

    known = session.bridge.mirror.any_record
    return Alarm(Notifier(_tr("Show"), session), session.bell, known, come, session)


def _asker(session: Session) -> Asker:
    """Return what puts to the user what records wait for, once there is a window for it."""

    def front() -> Context | None:
        return session.front.context if session.windows else None

    return Asker(session.bridge, session.snapins, front, session)


def _removal(servers: ServerBook, server: Server) -> Step:
    """Return the step of a server that was removed from the list."""
    title = _tr("Remove {name}").format(name=server.spec.name)

    def bring_back(_context: Context) -> Step:
        servers.manage(server)
        return Step(title, again)

    def again(_context: Context) -> Step:
        servers.forget(server.spec.id)
        return Step(title, bring_back)

    return Step(title, bring_back)


def _rule_removal(rules: RuleBook, threshold: Threshold) -> Step:
    """Return the step of a threshold that was deleted."""
    title = _tr("Delete “{rule}”").format(rule=alert_words.rule(threshold))

    def bring_back(_context: Context) -> Step:
        rules.put(threshold)
        return Step(title, again)

    def again(_context: Context) -> Step:
        rules.forget(threshold)
        return Step(title, bring_back)

    return Step(title, bring_back)
