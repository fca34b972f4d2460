"""The dialogs that make a machine: what all have, and what follows once one has handed it in."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from backend.defaults import USER_NETWORK
from backend.errors import Problem
from backend.jobs import JobState
from backend.model import Host, Network, Ref
from backend.operations import domain as verbs
from console.sdk import wording
from console.sdk.context import Context, JobHandle, Unsubscribe
from console.sdk.dialog import Dialog
from console.sdk.forms import ToneLabel, form_layout
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import places

IMAGE_PATTERNS = "*.qcow2 *.img *.raw *.vmdk *.vhd *.vhdx *.vdi"
_TYPING_MS = 300
FAVOURITE_NETWORKS = ("nat", "default")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Maker(Protocol):
    """A dialog that asks for a machine."""

    def show_failure(self, problem: Problem) -> None:
        """Say why the last attempt failed, until something is changed."""


class MakingDialog(Dialog):
    """Asks for a machine on a host. What is entered is looked at as soon as the typing rests.

    Override `_look`, which begins that by `_run`, and `_judge`, which ends by `_tell`.
    """

    def __init__(
        self, context: Context, host: Host, title: str, ok_text: str, parent: QWidget | None
    ) -> None:
        super().__init__(context, title, ok_text, parent)
        self._host = host
        self._failure = ""
        self._looking: list[Unsubscribe] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._look)
        self.finished.connect(self._stop)

    def show_failure(self, problem: Problem) -> None:
        """Say why the last attempt failed, until something is changed."""
        self._failure = "\n".join((wording.sentence(problem), *problem.detail))
        self._judge()

    def _look(self) -> None:
        """Begin to look at what is entered now."""

    def _judge(self) -> None:
        """Say whether what is entered will do."""

    def _run(self, work: Awaitable[None]) -> None:
        self._looking.append(self.context.run(work))

    def _stop(self) -> None:
        """Look no longer at what was entered before."""
        self._typing.stop()
        looking, self._looking = self._looking, []
        for end in looking:
            end()

    def _on_edited(self) -> None:
        self._failure = ""
        self._judge()

    def _follow_names(self) -> None:
        """Judge anew whenever something changes: names come and go while the dialog is open."""
        unsubscribe = self.context.subscribe(lambda _changes: self._judge())
        self.finished.connect(lambda _result: unsubscribe())

    def _tell(self, reason: str, remark: ToneLabel | None) -> None:
        """Say why OK will not do; if it will, why the last attempt failed."""
        self.set_refusal(reason, remark if reason else None)
        if self._failure and not reason:
            self._say(self._failure, Tone.BAD)


def file_line(path: QWidget, browse: QPushButton) -> QHBoxLayout:
    """Return the field of a file, or what is said of one, with its button beside it."""
    line = QHBoxLayout()
    line.setSpacing(2 * GRID)
    line.addWidget(path, 1)
    line.addWidget(browse)
    browse.setAutoDefault(False)
    return line


def form_of(rows: Iterable[tuple[str, QWidget | QHBoxLayout]]) -> QFormLayout:
    """Return a form of labels and fields; each field is called what its label says."""
    form = form_layout()
    for label, row in rows:
        form.addRow(label, row)
        field = row if isinstance(row, QWidget) else _first(row)
        if label and field:
            field.setAccessibleName(label.replace("&", ""))
        # A field in a row of its own layout is no buddy of the row's label by itself.
        if field and isinstance(name := form.labelForField(row), QLabel):
            name.setBuddy(field)
    return form


def _first(line: QHBoxLayout) -> QWidget | None:
    item = line.itemAt(0)
    return item.widget() if item else None


def offer_switches(box: QComboBox, context: Context, host: Host) -> None:
    """Offer what a machine of this host can be connected to, the likeliest chosen."""
    found = context.lookup.records(Network, host.ref.host)
    switches = sorted(network.name for network in found if network.is_active)
    for name in switches:
        box.addItem(name, name)
    box.addItem(_tr("User-mode networking"), USER_NETWORK)
    box.addItem(_tr("Not connected"), "")
    favourites = [name for name in FAVOURITE_NETWORKS if name in switches]
    box.setCurrentIndex(box.findData((favourites or [USER_NETWORK])[0]))


async def see_through(
    context: Context,
    host: Host,
    job: JobHandle,
    again: Callable[[], Maker],
    *,
    is_started: bool,
) -> None:
    """Have the machine that a job makes shown and, if wanted, started.

    A failure brings the dialog back, as `again` makes it with what was asked for.
    """
    ended = await job
    if ended.state is JobState.FAILED:
        dialog = again()
        dialog.show_failure(ended.problem or Problem("Unexpected"))
        context.show_dialog(dialog)
    if not isinstance(ended.result, Ref):
        return
    context.navigate(places.machines_node_id(host.ref.host), ended.result)
    if is_started:
        context.submit(verbs.start, ended.result)
