"""The main window: it is told by the bridge, and tells its panes."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from backend.jobs import Job, JobState
from backend.model import Change, Ref
from console.sdk import reach
from console.sdk.actions import StandardVerb
from console.sdk.context import WHEREVER
from console.sdk.menu_key import hear_menu_key
from console.sdk.tabs import TabbedView
from console.sdk.topics import set_topic
from console.shell import bars, jobs_panel, support_dialog
from console.shell.about import mark, show_about
from console.shell.action_set import ActionSet
from console.shell.attendance import Attendance
from console.shell.commands import Commands, Deeds
from console.shell.failures import failure_notice
from console.shell.favorites_menu import FavoritesMenu
from console.shell.guide import Guide
from console.shell.help.assembly import make_desk
from console.shell.jobs_place import JobsPlace
from console.shell.list_commands import ListCommands
from console.shell.navigation import home_of
from console.shell.notices import Notice
from console.shell.palette.assembly import make_palette
from console.shell.panes import Panes
from console.shell.parting import Parting
from console.shell.refusals import Refusals
from console.shell.registry import Registry
from console.shell.scope_model import ROOT, ScopeModel
from console.shell.scripts import Scripts
from console.shell.settings import Settings
from console.shell.shell_context import ShellContext, Stage
from console.shell.tab_order import OrderedWindow

if TYPE_CHECKING:
    from console.shell.session import Session


def _tr(text: str) -> str:
    return QCoreApplication.translate("window", text)


class MainWindow(OrderedWindow):
    """The console. Its parts, for whoever drives it: `panes`, `guide`, `actions_of`, `commands`."""

    closed = Signal()
    """The user is done with it."""

    def __init__(self, session: "Session", settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowIcon(mark())
        self.session = session
        self.bridge = bridge = session.bridge
        self.settings = settings
        self.help = make_desk(self)
        self.scripts, self.parting = Scripts(self), Parting(self)
        stage = Stage(
            window=self,
            show_notice=self.show_notice,
            navigate=self._navigate,
            show_script=self.scripts.show,
            show_properties=session.sheets.show,
        )
        self.context = ShellContext(bridge, session.servers, session.rules, session.settings, stage)
        ours = [part.contents() for part in (session.sheets, self.scripts, self.help)]
        registry = Registry((*session.snapins, *ours), partial(reach.rights_at, bridge.mirror))
        self.actions_of = ActionSet(registry, bridge, self.context, self)
        self.scripts.begin(self.context, self.actions_of)
        self.scope = ScopeModel(session.snapins, self)
        jobs = JobsPlace(lambda: jobs_panel.JobsPanel(session, self), bridge.mirror.jobs)
        self.panes = Panes(bridge, self.context, self.actions_of, self.scope, settings, jobs)
        self.setCentralWidget(self.panes)
        self.guide = Guide(
            self.scope, self.panes.tree, self.panes.result, self.actions_of, self._on_moved
        )
        self.favorites = FavoritesMenu(self)
        self.commands = Commands(self, self._deeds())
        self.lists = ListCommands(self, lambda: self.panes.result.list, self.show_notice)
        self.filter_box = self.panes.result.filter_box
        tool_bar, field = bars.make_tool_bar(self, self.commands)
        bars.make_menus(self, self.commands, self.actions_of, self.lists)
        self.finder = make_palette(self, field)
        self.parts = self.panes.follow(self.commands, tool_bar)
        self._attendance = Attendance(session.snapins, self.context, self)
        self._connect()
        self._restore()

    def show_notice(self, notice: Notice) -> None:
        """Tell something in the strip above the panes."""
        self.panes.notices.show_notice(notice)

    def come_forward(self) -> None:
        """Stand in front, with the keyboard, also where it was minimised."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def remember(self) -> None:
        """Have it come back as it stands now."""
        self.panes.save()
        self.settings.put("window", self.saveGeometry())
        self.settings.put("node", self.guide.place)
        self.settings.put("top", self.panes.tree.top)

    # What the bridge tells

    def _on_jobs(self, jobs: tuple[Job, ...]) -> None:
        self.panes.show_jobs(self.bridge.mirror.jobs(), jobs)
        self.panes.result.follow_jobs(jobs)
        for job in jobs:
            if job.state is JobState.FAILED and job.problem:
                if self.session.teller(job) is self and job.id not in self.session.sheets.quiet:
                    mirror = self.bridge.mirror
                    notice = failure_notice(job, job.problem, mirror, self.actions_of)
                    self.show_notice(notice)
            elif job.subject and job.state is JobState.DONE:
                self.panes.notices.dismiss(job.subject)
        self.guide.select()

    # What the user does

    def _navigate(self, node_id: str, ref: Ref | None, page: str) -> None:
        if node_id == WHEREVER:
            record = self.bridge.mirror.any_record(ref) if ref else None
            node_id = home_of(self.scope.nodes(), record) if record else self.guide.history.here
        self.guide.navigate(node_id, ref)
        if page and isinstance(self.panes.result.form, TabbedView):
            self.panes.result.form.bring_forward(page)

    def _on_moved(self) -> None:
        node = self.guide.node
        is_root = node is None or node.id == ROOT
        self.setWindowTitle(_tr("Celadon") if is_root or not node else f"{node.text} - Celadon")
        has_list = self.panes.result.list is not None
        self.filter_box.setVisible(has_list)
        for enabled in (self.filter_box, self.commands.filter, self.commands.columns):
            enabled.setEnabled(has_list)
        self.lists.follow()
        self.panes.result.set_filter(self.filter_box.text())
        for pane in (self.panes.tree, self.panes.result):
            set_topic(pane, f"node/{node.node_type if node else ''}")
        self.commands.back.setEnabled(self.guide.history.can_go_back())
        self.commands.forward.setEnabled(self.guide.history.can_go_forward())
        self.commands.up.setEnabled(not is_root)
        if (page := self.panes.result.list) and not page.property("is_wired"):
            page.setProperty("is_wired", True)  # noqa: FBT003  # Qt's own signature
            page.area.activated.connect(
                lambda: (
                    self.actions_of.trigger_default()
                    or self.guide.open()
                    or self.actions_of.trigger_verb(StandardVerb.PROPERTIES)
                )
            )
            page.area.menu_asked.connect(self._on_list_menu)

    def _on_actions(self) -> None:
        verbs = {
            entry.action.verb
            for group in self.actions_of.groups
            for entry in group.entries
            if not entry.refusal
        }
        self.commands.properties.setEnabled(StandardVerb.PROPERTIES in verbs)
        self.commands.refresh.setEnabled(StandardVerb.REFRESH in verbs)

    def _on_list_menu(self, widget: QWidget, place: QPoint) -> None:
        groups = ("selection",) if self.panes.result.chosen() else ("node",)
        more = (self.commands.window_there,) if self.guide.target() else ()
        self._pop_up(widget, place, groups, more)

    def _on_tree_menu(self, place: QPoint) -> None:
        more = (self.commands.new_window, self.commands.add_favorite)
        self._pop_up(self.panes.tree.viewport(), place, ("selection", "node"), more)

    def _pop_up(
        self, widget: QWidget, place: QPoint, groups: tuple[str, ...], more: Sequence[QAction]
    ) -> None:
        menu: QMenu = bars.context_menu(self, self.actions_of, groups)
        if more:
            menu.addSeparator()
            menu.addActions(list(more))
        if not menu.isEmpty():
            menu.popup(widget.mapToGlobal(place))

    def _filter(self) -> None:
        self.commands.heading.setChecked(True)  # Qt's own signature
        self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_there(self) -> None:
        if node := self.guide.target():
            self.session.open(node.id).show()

    def _deeds(self) -> Deeds:
        do = self.actions_of.trigger_verb

        def choose_columns() -> None:
            if page := self.panes.result.list:
                page.area.pane.columns.choose()

        return Deeds(
            back=self.guide.back,
            forward=self.guide.forward,
            up=self.guide.up,
            verb=do,
            filter=self._filter,
            palette=lambda: self.finder.open_with(""),
            help=self.help.show_for_focus,
            help_page=self.help.show_page,
            about=lambda: show_about(self),
            support=lambda: self.context.show_dialog(
                support_dialog.SupportDialog(self.context, self.bridge.mirror)
            ),
            ring=lambda: self.session.bell.set_on(self.commands.notifications.isChecked()),
            columns=choose_columns,
            new_window=lambda: self.session.open(self.guide.history.here).show(),
            window_there=self._open_there,
            close_window=self.close,
            exit=self.session.close,
            add_favorite=self.favorites.add,
            organize_favorites=self.favorites.organize,
            undo=lambda: self.session.journey.undo(self.context),
            redo=lambda: self.session.journey.redo(self.context),
            set_appearance=self.session.set_appearance,
        )

    # Coming and going

    def _connect(self) -> None:
        hear_menu_key(self)
        bridge = self.bridge
        if not self.session.windows:
            bridge.catch_up()  # and have it drawn at once
        journey = self.session.journey

        def name_steps() -> None:
            self.commands.show_undo(journey.to_undo, journey.to_redo)

        name_steps()
        self._links = (
            journey.changed.connect(name_steps),
            bridge.inventory_changed.connect(self.guide.follow),
            bridge.jobs_changed.connect(self._on_jobs),
            bridge.samples_arrived.connect(self.panes.result.follow_samples),
        )
        self.actions_of.changed.connect(self._on_actions)
        self.filter_box.help_asked.connect(self.help.show_for_focus)
        self.panes.tree.customContextMenuRequested.connect(self._on_tree_menu)
        # Of whatever else is shown: tabs, forms, what stands in place of an empty list.
        result = self.panes.result
        result.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        result.customContextMenuRequested.connect(lambda at: self._on_list_menu(result, at))
        for keys, turn in (("F6", self.panes.next_pane), ("Shift+F6", self.panes.previous_pane)):
            QShortcut(QKeySequence(keys), self).activated.connect(turn)
        Refusals(self, self.actions_of, self.show_notice)
        has_sheets = self.actions_of.declares(StandardVerb.PROPERTIES)
        self.commands.properties.setVisible(has_sheets)

    def _restore(self) -> None:
        # With room for the frame: a window that is higher than the screen hides its own foot.
        room = self.screen().availableSize() * 0.94
        self.resize(QSize(1440, 900).boundedTo(room))
        self.setMinimumSize(800, 480)
        jobs = self.bridge.mirror.jobs()
        self.panes.show_jobs(jobs, jobs)
        self.restoreGeometry(self.settings.blob("window"))
        self.commands.show_appearance(self.session.theme.appearance)
        self.commands.notifications.setChecked(self.session.bell.is_on)
        place = self.settings.value("node")
        known = [Change(record.ref, None, record) for record in self.bridge.mirror.every_record()]
        self.guide.begin(place if isinstance(place, str) else None, known)
        self.panes.tree.begin_with(self.settings.text("top"))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window. No hypervisor is waited for, no guest is touched.

        Where somebody has typed in one of its dialogs, he is asked before.
        """
        if not self.parting.is_free():
            event.ignore()
            return
        self.remember()
        self.panes.result.sleep()
        self._attendance.end()
        self.parting.close_dialogs()
        for window in self.context.windows:
            window.close()
        for link in self._links:
            QObject.disconnect(link)
        super().closeEvent(event)
        self.closed.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read figures while the window is seen."""
        super().showEvent(event)
        self.panes.result.wake()
        self.panes.result.take_focus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Read none while it is not."""
        super().hideEvent(event)
        self.panes.result.sleep()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw marks anew in light or dark; sleep while minimised."""
        super().changeEvent(event)
        if not hasattr(self, "guide"):
            return
        if event.type() is QEvent.Type.PaletteChange:
            self.panes.tint()
            self.commands.show_appearance(self.session.theme.appearance)
        elif event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.note_front(self)
        elif event.type() is QEvent.Type.WindowStateChange:
            (self.panes.result.sleep if self.isMinimized() else self.panes.result.wake)()
