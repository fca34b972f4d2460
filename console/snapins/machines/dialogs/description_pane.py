"""A description under edit: its text, where that is at fault, and what the host says of it."""

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backend.errors import BackendError, Problem
from backend.model import Change, Domain, Host, Network, Record
from backend.operations import definition
from backend.operations.definition import Examination
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.snapins.machines.dialogs.remark_list import RemarkList
from console.widgets.code_editor import CodeEditor
from console.widgets.highlight import Language

_TYPING_MS = 300


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DescriptionPane(QWidget):
    """It is looked over as soon as the typing rests, and anew when names come or go.

    Put more buttons into `tools`. Whoever shows it says `refusal` in `place`, and calls `leave`.
    """

    judged = Signal()
    """The text changed, or what is known of it."""

    def __init__(self, context: Context, host: Host) -> None:
        super().__init__()
        self._context, self._host = context, host
        self.made: tuple[str, ...] = ()
        self.examined: Examination | None = None
        self._refused: Problem | None = None
        self._go_to: tuple[int, int] | None = None
        self._end: Unsubscribe | None = None
        self.editor = CodeEditor(_tr("Description in XML"), Language.XML)
        self.go_button = QPushButton(_tr("Go to the Fault"))
        self.place = Remark(_tr("About the description"))
        self.remarks = RemarkList(_tr("What to know before"))
        self.tools = QHBoxLayout()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._look)
        self._lay_out()
        self.editor.textChanged.connect(self.again)
        self.go_button.clicked.connect(self._on_go)
        # Names come and go while it is open.
        self._unsubscribe = context.subscribe(self._on_changes)

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self.editor.toPlainText()

    @property
    def is_waiting(self) -> bool:
        """Whether the text is looked over as soon as the typing rests."""
        return self._typing.isActive()

    @property
    def refusal(self) -> str:
        """Why the text will not do, or is not known to do yet; "" if it will."""
        if not self.text.strip():
            return _tr("Type, paste or open a description.")
        if fault := self._fault():
            return "\n".join((wording.sentence(fault), *fault.detail))
        return "" if self.examined else _tr("Looking it over...")

    def again(self) -> None:
        """Look the text over anew."""
        self._refused = self.examined = None
        self._stop()
        self._typing.start()
        self._judge()

    def leave(self) -> None:
        """Nobody sees it any more."""
        self._stop()
        self._unsubscribe()

    def _stop(self) -> None:
        self._typing.stop()
        if self._end:
            self._end()
            self._end = None

    def _fault(self) -> Problem | None:
        return (definition.fault(self.text) or self._refused) if self.text.strip() else None

    def _look(self) -> None:
        self._stop()
        if self.text.strip() and definition.fault(self.text) is None:
            self._end = self._context.run(self._look_over(self.text))
        else:
            self._judge()

    async def _look_over(self, text: str) -> None:
        ask = definition.examine
        try:
            examined = await self._context.query(ask, self._host.ref, text, self.made)
        except BackendError as error:
            self._refused = error.problem
        else:
            self._refused, self.examined = None, examined
        self._end = None
        self._judge()

    def _judge(self) -> None:
        place = _place_of(self._fault())
        self._go_to = place
        self.go_button.setEnabled(place is not None)
        self._show_remarks()
        self.judged.emit()

    def _show_remarks(self) -> None:
        found = self.examined
        nothing = _tr("Nothing is missing, and libvirt leaves nothing out.") if found else ""
        self.remarks.show_remarks(found.remarks if found else (), nothing)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        def name(record: Record | None) -> str:
            return record.name if isinstance(record, Domain | Network) else ""

        if any(name(c.before) != name(c.after) for c in changes) and not self.is_waiting:
            self._typing.start()

    def _on_go(self) -> None:
        if self._go_to:
            self.editor.go_to(*self._go_to)

    def _lay_out(self) -> None:
        self.tools.setSpacing(2 * GRID)
        self.tools.addStretch(1)
        self.go_button.setAutoDefault(False)
        self.go_button.setShortcut("F8")
        self.go_button.setToolTip(_tr("Put the cursor where the description is refused (F8)"))
        self.tools.addWidget(self.go_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addLayout(self.tools)
        column.addWidget(self.editor, 1)
        column.addWidget(self.place)
        column.addWidget(self.remarks)


def _place_of(problem: Problem | None) -> tuple[int, int] | None:
    """Return the line and the column that a problem names, if it names any."""
    told = dict(problem.arguments) if problem else {}
    return (int(told["line"]), int(told.get("column", 1))) if "line" in told else None
