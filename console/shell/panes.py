"""What stands where in the window, and what of it is remembered."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from backend.jobs import Job
from console.bridge.door import Bridge
from console.sdk.context import Context
from console.sdk.reading_order import stand_in_order
from console.sdk.topics import set_topic
from console.shell.action_set import ActionSet
from console.shell.actions_pane import ActionsPane, Line
from console.shell.commands import Commands
from console.shell.jobs_bar import JobsBar
from console.shell.jobs_place import JobsPlace
from console.shell.notices import Notices
from console.shell.result_pane import ResultPane
from console.shell.scope_model import ScopeModel
from console.shell.scope_pane import ScopePane
from console.shell.settings import Settings

_USUAL = 1440
_TREE_LEAST, _TREE, _ACTIONS = 208, 250, 248
"""How wide these panes are in a window of the usual width; what can be done is never cut off."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("panes", text)


class Panes(QWidget):
    """Notices above, tree, result and actions side by side, jobs below."""

    def __init__(
        self,
        bridge: Bridge,
        context: Context,
        actions: ActionSet,
        scope: ScopeModel,
        settings: Settings,
        jobs: JobsPlace,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._shown: tuple[tuple[QAction, QWidget, str, int], ...] = ()
        self.notices = Notices()
        self.tree = ScopePane(scope)
        self.result = ResultPane(bridge, context, actions, settings)
        self.actions_pane = ActionsPane(actions)
        self.jobs = jobs
        self.jobs_bar = JobsBar()
        self._set_topics()
        self.jobs_bar.cancel_asked.connect(bridge.cancel)
        self._sides = _splitter(Qt.Orientation.Horizontal)
        for pane in (self.tree, self.result, self.actions_pane):
            self._sides.addWidget(pane)
        self._sides.setStretchFactor(1, 1)
        self._is_arranged = False
        self._sides.splitterMoved.connect(self._on_arranged)
        stand_in_order(self._sides)
        self._stack = _splitter(Qt.Orientation.Vertical)
        self._stack.addWidget(self._sides)
        self._stack.addWidget(self.jobs)
        stand_in_order(self._stack)
        self._stack.setStretchFactor(0, 1)
        self._stack.setSizes([700, 180])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._foot = Line()
        for widget in (self.notices, Line(), self._stack, self._foot, self.jobs_bar):
            column.addWidget(widget, 1 if widget is self._stack else 0)

    def _set_topics(self) -> None:
        topics: tuple[tuple[QWidget, str], ...] = (
            (self.notices, "notices"),
            (self.actions_pane, "actions"),
            (self.jobs, "jobs"),
            (self.jobs_bar, "jobs"),
        )
        for part, topic in topics:
            set_topic(part, topic)

    def follow(self, commands: Commands, tool_bar: QWidget) -> tuple[QWidget, ...]:
        """Show and hide panes and bars as the commands say, now and from now on.

        Return them as one reads them.
        """
        self._shown = (
            (commands.tree, self.tree, "tree", 1),
            (commands.actions, self.actions_pane, "actions", 1),
            (commands.tool_bar, tool_bar, "tool_bar", 1),
            (commands.heading, self.result.heading, "heading", 1),
            (commands.status_bar, self.jobs_bar, "status_bar", 1),
            (commands.jobs, self.jobs, "jobs", 0),
        )
        for action, pane, key, is_shown in self._shown:
            action.setChecked(bool(self._settings.number(f"panes/{key}", is_shown)))
            pane.setVisible(action.isChecked())
            action.toggled.connect(pane.setVisible)
        # A filter that nobody sees would hide rows without a word.
        commands.heading.toggled.connect(self.result.filter_box.clear)
        commands.status_bar.toggled.connect(self._foot.setVisible)
        self._foot.setVisible(commands.status_bar.isChecked())
        self.jobs_bar.panel_asked.connect(commands.jobs.toggle)
        self.actions_pane.fold(frozenset(self._settings.text("panes/folded").split()))
        self._is_arranged = self._sides.restoreState(self._settings.blob("panes/sides"))
        self._stack.restoreState(self._settings.blob("panes/stack"))
        panes = (self.tree, self.result, self.actions_pane, self.jobs)
        return (tool_bar, self.notices, *panes, self.jobs_bar)

    def show_jobs(self, jobs: tuple[Job, ...], changed: tuple[Job, ...]) -> None:
        """Bring bar and panel up to date."""
        self.jobs_bar.show_jobs(jobs)
        self.jobs.show_jobs(changed)

    def next_pane(self) -> None:
        """Give the keyboard to the next pane that is shown."""
        self._turn(1)

    def previous_pane(self) -> None:
        """Give the keyboard to the pane before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        panes = (
            (self.tree, self.tree.take_focus),
            *self.result.stops(),
            (self.actions_pane, self.actions_pane.take_focus),
            (self.jobs, self.jobs.take_focus),
        )
        shown = [(pane, take) for pane, take in panes if pane.isVisible()]
        here = self.window().focusWidget()
        at = next((i for i, (p, _) in enumerate(shown) if p is here or p.isAncestorOf(here)), -1)
        _pane, take = shown[(at + step) % len(shown)]
        take()
        # Whoever goes by keys wants to see where that led, as after Tab.
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if focus := self.window().focusWidget():
            focus.update()

    def save(self) -> None:
        """Remember sizes and what is hidden."""
        for action, _pane, key, _is_shown in self._shown:
            self._settings.put(f"panes/{key}", int(action.isChecked()))
        self._settings.put("panes/folded", " ".join(sorted(self.actions_pane.folded)))
        if self._is_arranged:
            self._settings.put("panes/sides", self._sides.saveState())
        self._settings.put("panes/stack", self._stack.saveState())
        self.result.save()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the middle most of the room, until the user has moved an edge himself."""
        super().resizeEvent(event)
        self.notices.set_room(self.height())
        if not self._is_arranged:
            tree = round(min(_TREE, max(_TREE_LEAST, self.width() * _TREE / _USUAL)))
            self._sides.setSizes([tree, self.width() - tree - _ACTIONS, _ACTIONS])

    def _on_arranged(self) -> None:
        self._is_arranged = True

    def tint(self) -> None:
        """Draw in the colours of the palette what was drawn once: pictures, lines of the tree."""
        for pane in (self.notices, self.result):
            pane.tint()
        self.tree.viewport().update()


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    splitter.setBackgroundRole(QPalette.ColorRole.Midlight)
    return splitter
