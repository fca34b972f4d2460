"""Define from XML: a description is typed, pasted, opened or dropped, and looked over meanwhile."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError, Problem
from backend.model import Change, Domain, Firmware, Host, Network, Record
from backend.operations import definition
from backend.operations.definition import Claim, Examination
from console.sdk import wording
from console.sdk.context import Context, Question
from console.sdk.forms import Remark
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.snapins.machines.dialogs.making import MakingDialog, see_through
from console.widgets.code_editor import CodeEditor
from console.widgets.highlight import Language

_SIZE = (760, 620)
_REMARK_LINES = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


async def make(context: Context, host: Host, text: str, claim: Claim, *, is_started: bool) -> None:
    """Have a machine defined, shown and, if wanted, started; a failure brings the dialog back."""
    job = context.submit(definition.define, host.ref, text, claim)
    again = partial(DefineDialog, context, host, text=text)
    await see_through(context, host, job, again, is_started=is_started)


class DefineDialog(MakingDialog):
    """An editor, what is to be said of its text, and what it is to become."""

    def __init__(
        self, context: Context, host: Host, parent: QWidget | None = None, *, text: str = ""
    ) -> None:
        super().__init__(context, host, _tr("Define from XML"), _tr("Define"), parent)
        self._examined: Examination | None = None
        self._refused: Problem | None = None
        self.editor = CodeEditor(_tr("Description in XML"), Language.XML)
        self.open_button = QPushButton(_tr("Open File..."))
        self.template = QPushButton(_tr("Template"))
        self.go_button = QPushButton(_tr("Go to the Fault"))
        self._go_to: tuple[int, int] | None = None
        self.place = Remark(_tr("About the description"))
        self.remarks = QListWidget()
        self.claim = QComboBox()
        self.is_started = QCheckBox(_tr("Start it when it is defined"))
        self._place_widgets()
        self._connect()
        self.editor.setPlainText(text)
        self._on_text()
        self.resize(*_SIZE)

    @override
    async def act(self, context: Context) -> None:
        text, claim = self.editor.toPlainText(), self._claim()
        is_started = self.is_started.isChecked()
        context.run(make(context, self._host, text, claim, is_started=is_started))

    @override
    async def confirm(self) -> str:
        examined = self._examined
        if self._claim() is Claim.REPLACE and examined is not None:
            title = _tr("Replace the definition of {name}?").format(name=examined.name)
            text = _tr("From its next start on it is as described. This is the difference:")
            same = (_tr("There is none."),)
            choices = (_tr("Replace"), _tr("Cancel"))
            detail = examined.difference or same
            answer = await self.context.ask(Question(title, text, choices, detail, is_danger=True))
            if answer.choice != 0:
                return _tr("Nothing was changed.")
        return await super().confirm()

    def _place_widgets(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2 * GRID)
        self.open_button.setAutoDefault(False)
        self.template.setAutoDefault(False)
        self.template.setMenu(self._templates())
        tools.addWidget(self.open_button)
        tools.addWidget(self.template)
        tools.addStretch(1)
        self.go_button.setAutoDefault(False)
        self.go_button.setShortcut("F8")
        self.go_button.setToolTip(_tr("Put the cursor where the description is refused (F8)"))
        tools.addWidget(self.go_button)
        self.remarks.setAccessibleName(_tr("What to know before"))
        self.remarks.setFixedHeight(_REMARK_LINES * self.fontMetrics().lineSpacing() + 4 * GRID)
        self.remarks.setWordWrap(True)
        self.claim.setAccessibleName(_tr("What it becomes"))
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        label = QLabel(_tr("&Becomes"))
        label.setBuddy(self.claim)
        row.addWidget(label)
        row.addWidget(self.claim, 1)
        for part in (tools, self.editor, self.place, self.remarks, row, self.is_started):
            if isinstance(part, QWidget):
                self.content.addWidget(part, 1 if part is self.editor else 0)
            else:
                self.content.addLayout(part)
        if isinstance(outer := self.layout(), QVBoxLayout):
            outer.setStretchFactor(self.content, 100)  # the text is what one works at
        self.editor.setPlaceholderText(
            _tr("Type or paste a <domain> here, open a file, or drop one.")
        )

    def _templates(self) -> QMenu:
        menu = QMenu(self)
        for text, firmware in (
            (_tr("Example (BIOS)"), Firmware.BIOS),
            (_tr("Example (UEFI)"), Firmware.UEFI),
        ):
            menu.addAction(text).triggered.connect(self._taker(firmware))
        return menu

    def _taker(self, firmware: Firmware) -> Callable[[], None]:
        ask = definition.example
        return lambda: self._fetch(self.context.query(ask, self._host.ref, firmware))

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._on_text)
        self.editor.file_dropped.connect(self._open)
        self.open_button.clicked.connect(self._on_open)
        self.go_button.clicked.connect(self._on_go)
        self.claim.currentIndexChanged.connect(lambda _index: self._judge())
        # Names come and go while the dialog is open.
        unsubscribe = self.context.subscribe(self._on_changes)
        self.finished.connect(lambda _result: unsubscribe())

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        def name(record: Record | None) -> str:
            return record.name if isinstance(record, Domain | Network) else ""

        if any(name(c.before) != name(c.after) for c in changes) and not self._typing.isActive():
            self._typing.start()

    def _on_go(self) -> None:
        if self._go_to:
            self.editor.go_to(*self._go_to)

    def _on_open(self) -> None:
        dialog = QFileDialog(self, _tr("Open a Description"))
        dialog.setNameFilters([_tr("Descriptions (*.xml)"), _tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._open(Path(path)))
        dialog.open()

    def _open(self, path: Path) -> None:
        self._fetch(self.context.query(definition.read_file, self._host.ref, path))

    def _fetch(self, asked: Awaitable[str]) -> None:
        async def take() -> None:
            try:
                self.editor.setPlainText(await asked)
            except BackendError as error:
                self.show_failure(error.problem)

        self._run(take())

    def _claim(self) -> Claim:
        return Claim(self.claim.currentData() or Claim.NEW.value)

    def _on_text(self) -> None:
        self._failure, self._refused, self._examined = "", None, None
        self._stop()
        self._typing.start()
        self._judge()

    @override
    def _look(self) -> None:
        text = self.editor.toPlainText()
        if text.strip() and definition.fault(text) is None:
            self._run(self._look_over(text))
        else:
            self._judge()

    async def _look_over(self, text: str) -> None:
        try:
            examined = await self.context.query(definition.examine, self._host.ref, text)
        except BackendError as error:
            self._refused = error.problem
        else:
            self._refused = None
            if examined != self._examined:
                self._examined = examined
                self._offer(examined)
        self._judge()

    def _offer(self, examined: Examination) -> None:
        words = {
            Claim.NEW: _tr("A new machine, “{name}”"),
            Claim.NEW_IDENTITY: _tr(
                "A machine of its own: “{twin}” has its UUID, so it gets new addresses"
            ),
            Claim.REPLACE: _tr("The new definition of “{name}”, which is there already"),
        }
        self.claim.clear()
        for claim in examined.claims:
            text = words[claim].format(name=examined.name, twin=examined.twin)
            self.claim.addItem(text, claim.value)
        self.remarks.clear()
        for remark in examined.remarks:
            words_of_it = "\n".join((wording.sentence(remark), *remark.detail))
            self.remarks.addItem(QListWidgetItem(icon("ph.warning", Tone.WARNING), words_of_it))
        if not examined.remarks:
            self.remarks.addItem(_tr("Nothing is missing, and libvirt leaves nothing out."))

    @override
    def _judge(self) -> None:
        text = self.editor.toPlainText()
        fault = (definition.fault(text) or self._refused) if text.strip() else None
        reason = ""
        if not text.strip():
            reason = _tr("Type, paste or open a description.")
        elif fault:
            reason = "\n".join((wording.sentence(fault), *fault.detail))
        elif self._examined is None:
            reason = _tr("Looking it over...")
        elif not self._examined.claims:
            reason = _tr(
                "There is a machine called “{name}” already, and another, “{twin}”, has its UUID. "
                "Change its name."
            ).format(name=self._examined.name, twin=self._examined.twin)
        if self._examined is None:
            self.remarks.clear()
            self.claim.clear()
        self.claim.setEnabled(self.claim.count() > 0 and not reason)
        self._go_to = _place_of(fault)
        self.go_button.setEnabled(self._go_to is not None)
        self._tell(reason, self.place)


def _place_of(problem: Problem | None) -> tuple[int, int] | None:
    """Return the line and the column that a problem names, if it names any."""
    told = dict(problem.arguments) if problem else {}
    return (int(told["line"]), int(told.get("column", 1))) if "line" in told else None
