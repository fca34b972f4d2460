"""What machines lack room for while they run, and the button that makes it at the next start."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from backend.devices import DeviceKind
from backend.jobs import Job, JobState
from backend.operations import device as verbs
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines.devices.outlook import Outlook


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class RoomRow(QWidget):
    """Is there while one of the machines lacks room; `made` is called when there is more."""

    def __init__(self, context: Context, made: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._made = made
        self._outlook = Outlook((), ())
        self._waits_for = 0
        self._ends: list[Unsubscribe] = []
        self.words = ToneLabel(tone=Tone.MUTED)
        self.words.setWordWrap(True)
        self.button = QPushButton(_tr("Make Room at the Next Start"))
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * GRID)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_outlook(self, outlook: Outlook) -> None:
        """Say what these machines lack."""
        self._outlook = outlook
        found = {kind for one in outlook.prospects for kind in one.lacking}
        self.setVisible(bool(found))
        words = {
            frozenset({DeviceKind.MEMORY}): _tr("There is no room for memory that comes later."),
            frozenset({DeviceKind.PROCESSORS}): _tr(
                "There is no room for processors that come later."
            ),
        }
        both = _tr("There is no room for memory and processors that come later.")
        self.words.setText(words.get(frozenset(found), both))
        self.words.set_tone(Tone.MUTED)
        self.button.setEnabled(not self._waits_for)

    def leave(self) -> None:
        """Follow nothing any more."""
        ends, self._ends = self._ends, []
        for end in ends:
            end()

    def _on_clicked(self) -> None:
        rows = zip(self._outlook.domains, self._outlook.prospects, strict=False)
        handles = [
            self._context.submit(verbs.make_room, domain.ref) for domain, one in rows if one.lacking
        ]
        self._waits_for = len(handles)
        self.button.setEnabled(False)
        self._ends += [handle.follow(self._on_job) for handle in handles]

    def _on_job(self, job: Job) -> None:
        if not job.is_over:
            return
        self._waits_for -= 1
        if job.state is JobState.DONE:
            if not self._waits_for:
                self._made()
            return
        self.button.setEnabled(not self._waits_for)
        if job.problem:
            self.words.setText(wording.sentence(job.problem))
            self.words.set_tone(Tone.BAD)
