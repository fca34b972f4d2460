"""What the shell lends a snap-in: the records, the engine's verbs, and ways to ask the user.

Everything here is called in the GUI thread and returns at once or is awaited there; nothing waits
for a hypervisor.
"""

from collections.abc import Awaitable, Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from backend.errors import Problem
from backend.jobs import Job
from backend.journal.entry import Entry
from backend.model import Change, Guest, Record, Ref
from backend.operations.script.request import Request
from backend.series import Sample
from console.sdk.servers import Servers
from console.sdk.thresholds import Thresholds

if TYPE_CHECKING:
    from backend.host.managed import ManagedHost

WHEREVER = "*"
"""In place of a node's id: wherever the record stands."""
P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Record)

Operation = Callable[Concatenate["ManagedHost", Ref, P], Awaitable[T]]
Unsubscribe = Callable[[], None]


class Lookup(Protocol):
    """What is known at this moment, in the GUI thread."""

    def record(self, ref: Ref, kind: type[R]) -> R | None:
        """Return the record of `ref` if it is of that class."""

    def records(self, kind: type[R], host: str | None = None) -> Iterator[R]:
        """Yield the records of a class, of one host or of all."""

    def guest(self, ref: Ref) -> Guest | None:
        """Return what is known from inside the machine `ref`, if anybody looked."""

    def samples(self, ref: Ref) -> Sequence[Sample]:
        """Return the readings of the machine `ref`, oldest first; empty if nobody watches it."""

    def job_on(self, ref: Ref) -> Job | None:
        """Return the job that runs on `ref` now, if one does."""

    def last_failure(self, ref: Ref) -> Job | None:
        """Return the last job on `ref` if it failed and nothing succeeded since."""


class JobHandle(Protocol):
    """A job that was handed in. Await it for the job as it ended (it never raises)."""

    @property
    def id(self) -> int:
        """The job's number."""

    def follow(self, listener: Callable[[Job], None]) -> Unsubscribe:
        """Call `listener` with each new standing of the job, its end too."""

    def __await__(self) -> Generator[object, None, Job]: ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question with named answers. The last choice is the way out (Escape)."""

    title: str
    text: str
    choices: tuple[str, ...]
    detail: tuple[str, ...] = ()
    is_danger: bool = False
    checkboxes: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The choice's index and the state of the check boxes."""

    choice: int
    checked: tuple[bool, ...] = ()


class Memory(Protocol):
    """What a snap-in has remembered, also for the next start."""

    def text(self, key: str, default: str = "") -> str:
        """Return a word or a line."""

    def put(self, key: str, value: str) -> None:
        """Remember a word or a line."""


class Context(Protocol):
    """The shell, as a snap-in sees it."""

    @property
    def memory(self) -> Memory:
        """What is remembered; a key begins with the name of what it is of."""

    @property
    def lookup(self) -> Lookup:
        """What is known."""

    @property
    def servers(self) -> Servers:
        """The servers under management."""

    @property
    def thresholds(self) -> Thresholds:
        """What is watched for."""

    def submit(
        self, operation: "Operation[P, object]", ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> JobHandle:
        """Run a verb on a thing as a job, shown with the others; return at once."""

    async def query(
        self, question: "Operation[P, T]", ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask the host something without a job. Raises BackendError."""

    def run(self, work: Awaitable[None]) -> Unsubscribe:
        """Run a coroutine to its end; what it raises is shown in words. Return what cancels it."""

    def subscribe(self, listener: Callable[[tuple[Change, ...]], None]) -> Unsubscribe:
        """Call `listener` with each batch of changes."""

    def subscribe_samples(self, listener: Callable[[tuple[Ref, ...]], None]) -> Unsubscribe:
        """Call `listener` with the machines that have new samples."""

    def subscribe_entries(self, listener: Callable[[tuple[Entry, ...]], None]) -> Unsubscribe:
        """Call `listener` with what the journal has anew; one told again replaces itself."""

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have a machine (its figures, addresses) or a host's machines (their figures) read."""

    async def ask(self, question: Question) -> Answer:
        """Ask the user, modal to the window but not to the program."""

    async def ask_text(
        self,
        title: str,
        label: str,
        text: str,
        refusal: Callable[[str], str],
        act: "Callable[[Context, str], None] | None" = None,
    ) -> str | None:
        """Ask for a line of text; `refusal` says while typing why it will not do ("": it will).

        `act` is what the asker is going to do with it: shown as a script if the user wants that.
        """

    def show_problem(self, title: str, problem: Problem) -> None:
        """Tell the user what went wrong and what to do, without stopping anything."""

    def show_dialog(self, dialog: object) -> None:
        """Open a console.sdk.dialog.Dialog over the window, modeless.

        Another QWidget is a window of its own, which is closed with the one it was asked for in.
        """

    def show_script(self, title: str, requests: Sequence[Request]) -> None:
        """Show what these verbs are in virsh and in Python, for the user to read and to copy."""

    def show_properties(self, ref: Ref) -> None:
        """Open the property sheet of a thing, or bring it to the front."""

    def navigate(self, node_id: str, ref: Ref | None = None, page: str = "") -> None:
        """Show a node, select a record in its list, and bring a page of its own forward.

        With `WHEREVER` the node is the record's own, or that of the list it is in.
        """
