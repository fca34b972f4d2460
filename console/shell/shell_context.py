"""The shell as snap-ins see it: implements the SDK's `Context` over bridge and window."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ParamSpec, TypeVar, cast

from PySide6.QtWidgets import QDialog, QWidget

from backend.errors import Problem
from backend.model import Change, Ref
from console.bridge.door import Bridge
from console.sdk import wording
from console.sdk.context import Answer, JobHandle, Lookup, Operation, Question, Unsubscribe
from console.shell.notices import Notice
from console.shell.questions import QuestionDialog, TextDialog

P = ParamSpec("P")
T = TypeVar("T")


class ShellContext:
    """What the shell lends. `window` is what dialogs stand over."""

    def __init__(
        self,
        bridge: Bridge,
        window: QWidget,
        show_notice: Callable[[Notice], None],
        navigate: Callable[[str, Ref | None], None],
    ) -> None:
        self._bridge = bridge
        self._window = window
        self._show_notice = show_notice
        self._navigate = navigate
        self._on_changes: list[Callable[[tuple[Change, ...]], None]] = []
        self._on_samples: list[Callable[[tuple[Ref, ...]], None]] = []
        bridge.inventory_changed.connect(lambda news: self._tell(self._on_changes, news))
        bridge.samples_arrived.connect(lambda news: self._tell(self._on_samples, news))

    @property
    def lookup(self) -> Lookup:
        """What is known."""
        return self._bridge.mirror

    def submit(
        self, operation: Operation[P, object], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> JobHandle:
        """Run a verb on a thing as a job."""
        return self._bridge.submit(operation, ref, *args, **kwargs)

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

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have a machine or a host's machines read."""
        return self._bridge.watch(ref)

    async def ask(self, question: Question) -> Answer:
        """Ask the user."""
        dialog = QuestionDialog(question, self._window)
        dialog.open()
        return await dialog.answer

    async def ask_text(
        self, title: str, label: str, text: str, refusal: Callable[[str], str]
    ) -> str | None:
        """Ask for a line of text."""
        dialog = TextDialog(title, label, text, refusal, self._window)
        dialog.open()
        return await dialog.answer

    def show_problem(self, title: str, problem: Problem) -> None:
        """Tell the user what went wrong."""
        self._show_notice(Notice(title, wording.sentence(problem), problem.detail))

    def show_dialog(self, dialog: object) -> None:
        """Open a dialog over the window."""
        over = cast("QDialog", dialog)
        over.setParent(self._window, over.windowFlags())
        over.show()
        over.raise_()
        over.activateWindow()

    def navigate(self, node_id: str, ref: Ref | None = None) -> None:
        """Show a node, and select a record in its list."""
        self._navigate(node_id, ref)

    def _tell(self, listeners: list[Callable[[T], None]], news: T) -> None:
        for listener in tuple(listeners):
            # One that fails is told of, and the others still hear.
            self._bridge.perform(partial(listener, news))


def _enlist(listeners: list[Callable[[T], None]], listener: Callable[[T], None]) -> Unsubscribe:
    listeners.append(listener)

    def end() -> None:
        if listener in listeners:
            listeners.remove(listener)

    return end
