"""The shell as snap-ins see it: implements the SDK's `Context` over bridge and window."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, ParamSpec, TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from backend.errors import Problem
from backend.journal.entry import Entry
from backend.model import Change, Ref
from backend.operations import host
from backend.operations.script.request import Request
from console.bridge.door import Bridge
from console.sdk import wording
from console.sdk.context import (
    Answer,
    Context,
    JobHandle,
    Lookup,
    Memory,
    Operation,
    Question,
    Unsubscribe,
)
from console.sdk.dialog import KeyedDialog
from console.sdk.servers import Servers
from console.sdk.thresholds import Thresholds
from console.shell.notices import Notice
from console.shell.questions import QuestionDialog, TextDialog

P = ParamSpec("P")
T = TypeVar("T")
# What was answered is a secret, which nobody keeps.
_ONCE: Final[tuple[object, ...]] = (host.answer, host.decline)


@dataclass(frozen=True, slots=True)
class Stage:
    """A window, as far as a snap-in's doings appear there: what dialogs stand over."""

    window: QWidget
    show_notice: Callable[[Notice], None]
    navigate: Callable[[str, Ref | None, str], None]
    show_script: Callable[[str, Sequence[Request]], None]
    show_properties: Callable[[Ref, Context], None]


class ShellContext:
    """What the shell lends to what is done in one window.

    What is under way when the window closes goes on in another. `asked` are the jobs that were
    asked for here, by their numbers, with what asks again; `windows` were opened from here, and are
    closed with this one.
    """

    def __init__(
        self, bridge: Bridge, servers: Servers, thresholds: Thresholds, memory: Memory, stage: Stage
    ) -> None:
        self._bridge = bridge
        self.memory = memory
        self.thresholds = thresholds
        self._servers = servers
        self._stage = stage
        self._heir: ShellContext | None = None
        self.windows: list[QWidget] = []
        self.asked: dict[int, Callable[[], JobHandle] | None] = {}
        self._on_changes: list[Callable[[tuple[Change, ...]], None]] = []
        self._on_samples: list[Callable[[tuple[Ref, ...]], None]] = []
        self._on_entries: list[Callable[[tuple[Entry, ...]], None]] = []
        self._links = (
            bridge.inventory_changed.connect(lambda news: self._tell(self._on_changes, news)),
            bridge.samples_arrived.connect(lambda news: self._tell(self._on_samples, news)),
            bridge.entries_arrived.connect(lambda news: self._tell(self._on_entries, news)),
        )

    @property
    def stage(self) -> Stage:
        """Where things appear now."""
        return self._heir.stage if self._heir else self._stage

    def leave(self, heir: "ShellContext") -> None:
        """The window has closed: nobody listens here any more, and another takes over."""
        for link in self._links:
            QObject.disconnect(link)
        self._on_changes.clear()
        self._on_samples.clear()
        self._on_entries.clear()
        heir.asked |= self.asked
        self._heir = heir

    @property
    def lookup(self) -> Lookup:
        """What is known."""
        return self._bridge.mirror

    @property
    def servers(self) -> Servers:
        """The servers under management."""
        return self._servers

    def submit(
        self, operation: Operation[P, object], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> JobHandle:
        """Run a verb on a thing as a job."""
        job = self._bridge.submit(operation, ref, *args, **kwargs)
        again = partial(self.submit, operation, ref, *args, **kwargs)
        (self._heir or self).asked[job.id] = None if operation in _ONCE else again
        return job

    async def query(
        self, question: Operation[P, T], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask the host something without a job."""
        return await self._bridge.query(question, ref, *args, **kwargs)

    def run(self, work: Awaitable[None]) -> Unsubscribe:
        """Run a coroutine to its end."""
        return self._bridge.run(work)

    def subscribe(self, listener: Callable[[tuple[Change, ...]], None]) -> Unsubscribe:
        """Call `listener` with each batch of changes."""
        return _enlist(self._on_changes, listener)

    def subscribe_samples(self, listener: Callable[[tuple[Ref, ...]], None]) -> Unsubscribe:
        """Call `listener` with the machines that have new samples."""
        return _enlist(self._on_samples, listener)

    def subscribe_entries(self, listener: Callable[[tuple[Entry, ...]], None]) -> Unsubscribe:
        """Call `listener` with what the journal has anew."""
        return _enlist(self._on_entries, listener)

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have a machine or a host's machines read."""
        return self._bridge.watch(ref)

    async def ask(self, question: Question) -> Answer:
        """Ask the user."""
        dialog = QuestionDialog(question, _front(self.stage.window))
        dialog.open()
        return await dialog.answer

    async def ask_text(
        self,
        title: str,
        label: str,
        text: str,
        refusal: Callable[[str], str],
        act: Callable[[Context, str], None] | None = None,
    ) -> str | None:
        """Ask for a line of text."""
        dialog = TextDialog(title, label, text, refusal, _front(self.stage.window))
        if act is not None:
            dialog.offer_script(self, act)
        dialog.open()
        return await dialog.answer

    def show_problem(self, title: str, problem: Problem) -> None:
        """Tell the user what went wrong."""
        self.stage.show_notice(Notice(title, wording.sentence(problem), problem.detail))

    def show_dialog(self, dialog: object) -> None:
        """Open a dialog over the window, or a window beside it."""
        over = cast("QWidget", dialog)
        if isinstance(over, QDialog):
            over.setParent(self.stage.window, over.windowFlags())
        elif over not in self.windows:
            self.windows.append(over)
            over.destroyed.connect(lambda: self.windows.remove(over))
        over.show()
        over.raise_()
        over.activateWindow()

    def show_script(self, title: str, requests: Sequence[Request]) -> None:
        """Show what these verbs are in virsh and in Python."""
        self.stage.show_script(title, requests)

    def show_properties(self, ref: Ref) -> None:
        """Open the property sheet of a thing, or bring it to the front."""
        self.stage.show_properties(ref, self)

    def navigate(self, node_id: str, ref: Ref | None = None, page: str = "") -> None:
        """Show a node, select a record in its list, and bring a page of its own forward."""
        self.stage.navigate(node_id, ref, page)

    def _tell(self, listeners: list[Callable[[T], None]], news: T) -> None:
        for listener in tuple(listeners):
            # One that fails is told of, and the others still hear.
            self._bridge.perform(partial(listener, news))


def _front(window: QWidget) -> QWidget:
    """Return the dialog of a window that has the keyboard, else the window: it gets it back."""
    front = QApplication.activeWindow()
    over = front.parentWidget() if front else None
    while over is not None and over is not window:  # a dialog over a dialog
        over = over.parentWidget()
    # A sheet of properties is of no window, and asks for itself.
    is_ours = over is window or (front is not None and front.parentWidget() is None)
    stays = isinstance(front, KeyedDialog) and not isinstance(front, QuestionDialog | TextDialog)
    return front if front is not None and stays and is_ours else window


def _enlist(listeners: list[Callable[[T], None]], listener: Callable[[T], None]) -> Unsubscribe:
    listeners.append(listener)

    def end() -> None:
        if listener in listeners:
            listeners.remove(listener)

    return end
