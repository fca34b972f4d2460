"""The pane in the middle: heading, and below it the view of the node one stands on."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.jobs import Job
from backend.model import Change, Record, Ref
from console.bridge.door import Bridge
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.sdk.look import GRID
from console.sdk.nodes import ScopeNode, Tone
from console.sdk.reading_order import fields
from console.sdk.tabs import TabbedView
from console.sdk.topics import set_topic
from console.sdk.views import FormView, ListView, Message, View
from console.shell.action_set import ActionSet
from console.shell.actions_pane import Line
from console.shell.host_strip import HostStrip
from console.shell.list_view import ListPage
from console.shell.message_view import MessageView
from console.shell.scope_model import remark_of
from console.shell.settings import Settings
from console.shell.tab_memory import remember_tab
from console.widgets.elided_label import ElidedLabel
from console.widgets.filter_box import FilterBox

_FILTER_WIDTH = 280
_SOON_MS = 100


def _tr(text: str) -> str:
    return QCoreApplication.translate("result_pane", text)


class ResultPane(QWidget):
    """Shows one node. The same view in a new wording is kept, so nothing is lost under the hand."""

    records_chosen = Signal(tuple)
    """tuple[Record, ...]: what is selected in the list."""

    def __init__(
        self, bridge: Bridge, context: Context, actions: ActionSet, settings: Settings
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._context = context
        self._actions = actions
        self._settings = settings
        self._node: ScopeNode | None = None
        self.form: DetailView | None = None
        self._is_awake = False
        self.list: ListPage | None = None
        self._title = ElidedLabel(least=50 * GRID)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._summary = ElidedLabel(least=20 * GRID, mode=Qt.TextElideMode.ElideRight)
        self.heading = QWidget()
        self.filter_box = FilterBox(_tr("Filter this list (Ctrl+F)"))
        set_topic(self.filter_box, "filter")
        self.filter_box.words_changed.connect(self.set_filter)
        self.filter_box.left.connect(self.take_focus)
        self.filter_box.offer(
            lambda text, cursor: self.list.area.filter.propose(text, cursor) if self.list else ()
        )
        # To sum up a thousand rows is for a frame of its own, not for that in which they changed.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._sum_up)
        self._message = MessageView(actions)
        self._strip = HostStrip(actions, bridge.mirror)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        self._lay_out()

    def show_node(self, node: ScopeNode) -> None:
        """Show this node's view."""
        before, self._node = self._node, node
        is_root = node.id == node.parent
        self._title.setText(getattr(node.view, "title", "") or node.text if is_root else node.text)
        is_same = before is not None and before.id == node.id and _is_same(before.view, node.view)
        if not is_same:
            self._leave()
            self._enter(node.view)
        elif isinstance(node.view, Message):
            self._message.show_message(node.view)
        elif isinstance(node.view, ListView) and self.list:
            self.list.renew(node.view)
        self._strip.follow(node, self.form, self.list)
        self._sum_up()

    def follow(self, changes: Sequence[Change]) -> None:
        """Follow the records."""
        if self.list:
            self.list.follow(changes)
        if self.form and self._node and isinstance(self._node.view, FormView):
            self._show_form_record(self._node.view)
            ref = self._node.view.ref
            if ref and any(c.ref.of(ref.kind) == ref and c.ref != ref for c in changes):
                self.form.refresh()
        if self._node:
            self._strip.follow(self._node, self.form, self.list)
        if not self._soon.isActive():  # news that never cease would put it off for ever
            self._soon.start()

    def follow_jobs(self, jobs: Sequence[Job]) -> None:
        """Follow the jobs on what is shown."""
        refs = [job.subject for job in jobs if job.subject]
        if self.list:
            self.list.touch(refs)
        if self.form and self.form.record and self.form.record.ref in refs:
            self.form.refresh()

    def follow_samples(self, refs: Sequence[Ref]) -> None:
        """Follow new readings."""
        if self.list:
            self.list.tick(refs)
            if not self._soon.isActive():
                self._soon.start()

    def count(self) -> None:
        """Say anew how long it is until the moments that are named."""
        self._message.count()
        self._strip.count()
        if self.list:
            self.list.count()
        self._sum_up()

    def set_filter(self, text: str) -> None:
        """Choose among the rows."""
        if self.list:
            self.list.set_filter(text)
            self._sum_up()

    def chosen(self) -> tuple[Record, ...]:
        """Return what is selected in the list, or what the node itself stands for."""
        if self.list:
            return self.list.chosen()
        if self._node and self._node.ref:
            record = self._bridge.mirror.any_record(self._node.ref)
            return (record,) if record else ()
        return ()

    def wake(self) -> None:
        """The window is seen."""
        self._is_awake = True
        if self.list:
            self.list.wake()
        if self.form:
            self.form.wake()

    def sleep(self) -> None:
        """The window is not seen: nothing is read for it."""
        self._is_awake = False
        if self.list:
            self.list.sleep()
        if self.form:
            self.form.sleep()

    def save(self) -> None:
        """Remember columns and the like."""
        if self.list:
            self.list.save()

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        self._message.tint()
        self._strip.tint()
        if self.list:
            self.list.tint()

    def take_focus(self) -> None:
        """Give the view the keyboard."""
        _pane, take = self.stops()[0]
        take()

    def stops(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Return what of the view one goes to from pane to pane, each with how it is entered."""
        if self.list:
            return self.list.stops()
        view = self._stack.currentWidget() or self._stack
        layout = view.layout()
        first = next(fields(layout), view) if layout else view
        return ((view, first.setFocus),)

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setFixedHeight(9 * GRID)
        head = QVBoxLayout(self.heading)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(bar)
        head.addWidget(Line())
        row = QHBoxLayout(bar)
        row.setContentsMargins(4 * GRID, 0, 3 * GRID, 0)
        row.setSpacing(3 * GRID)
        row.addWidget(self._title)
        row.addWidget(self._summary, 1)
        self._summary.setMinimumWidth(1)  # its words may be cut; what can be typed in may not
        row.addWidget(self.filter_box, 2)
        self.filter_box.setMinimumWidth(_FILTER_WIDTH // 2)
        self.filter_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.filter_box.setMaximumWidth(_FILTER_WIDTH)
        self.filter_box.setFixedHeight(7 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self._strip)
        column.addWidget(self._stack, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setMinimumWidth(80 * GRID)

    def _enter(self, view: View) -> None:
        if isinstance(view, ListView):
            self.list = self._make_list(view)
            self._stack.setCurrentIndex(self._stack.addWidget(self.list))
        elif isinstance(view, FormView):
            self.form = cast("DetailView", view.build(self._context))
            if isinstance(self.form, TabbedView) and view.ref:
                self.form.set_pages(view.pages)
                remember_tab(self.form, self._settings, view.ref.kind)
            self._stack.setCurrentIndex(self._stack.addWidget(self.form))
            self._show_form_record(view)
            if self._is_awake:
                self.form.wake()
        else:
            self._message.show_message(view)
            self._stack.setCurrentWidget(self._message)

    def _make_list(self, view: ListView[Any]) -> ListPage:
        key = self._node.node_type if self._node else ""
        page = ListPage(view, self._bridge, self._context, self._actions, self._settings, key)
        page.area.selected.chosen_changed.connect(self.records_chosen)
        if self._is_awake:
            page.wake()
        return page

    def _leave(self) -> None:
        self.save()
        leaving: QWidget | None = self.list or self.form
        if self.list:
            self.list.sleep()
        if self.form:
            self.form.sleep()
        self.list = self.form = None
        if leaving:
            self._stack.removeWidget(leaving)
            leaving.deleteLater()

    def _show_form_record(self, view: FormView) -> None:
        if self.form:
            record = self._bridge.mirror.any_record(view.ref) if view.ref else None
            self.form.set_record(record)

    def _sum_up(self) -> None:
        hint = self.list.area.filter.hint() if self.list else ""
        text = (
            self.list.area.summary() if self.list else (remark_of(self._node) if self._node else "")
        )
        if (hint or text) != self._summary.text():
            self._summary.set_tone(Tone.WARNING if hint else Tone.PLAIN)
            self._summary.setText(hint or text)


def _is_same(before: View, after: View) -> bool:
    if isinstance(before, ListView) and isinstance(after, ListView):
        columns = [column.id for column in before.columns]
        return before.kind is after.kind and columns == [c.id for c in after.columns]
    if isinstance(before, FormView) and isinstance(after, FormView):
        return before.ref == after.ref
    return type(before) is type(after)
