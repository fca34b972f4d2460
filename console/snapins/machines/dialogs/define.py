"""Define from XML: a description is typed, pasted, opened or dropped, and looked over meanwhile."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Firmware, Host
from backend.operations import definition
from backend.operations.definition import Claim, Examination
from console.sdk.context import Context, Question
from console.sdk.file_question import ask_file
from console.sdk.look import GRID
from console.snapins.machines.dialogs.description_pane import DescriptionPane
from console.snapins.machines.dialogs.making import MakingDialog, see_through

_SIZE = (760, 620)


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
        self._offered: Examination | None = None
        self.pane = DescriptionPane(context, host)
        self.editor = self.pane.editor
        self.open_button = QPushButton(_tr("Open File..."))
        self.template = QPushButton(_tr("Template"))
        self.claim = QComboBox()
        self.is_started = QCheckBox(_tr("Start it when it is defined"))
        self._place_widgets()
        self._connect()
        self.editor.setPlainText(text)
        self._judge()
        self.resize(*_SIZE)

    @override
    async def act(self, context: Context) -> None:
        text, claim = self.editor.toPlainText(), self._claim()
        is_started = self.is_started.isChecked()
        context.run(make(context, self._host, text, claim, is_started=is_started))

    @override
    async def confirm(self) -> str:
        examined = self.pane.examined
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

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the text, not at the buttons above it."""
        super().showEvent(event)
        if not event.spontaneous():
            self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    @override
    def is_typed_in(self) -> bool:
        return self.editor.document().isModified()

    def _place_widgets(self) -> None:
        self.open_button.setAutoDefault(False)
        self.template.setAutoDefault(False)
        self.template.setMenu(self._templates())
        self.pane.tools.insertWidget(0, self.open_button)
        self.pane.tools.insertWidget(1, self.template)
        self.claim.setAccessibleName(_tr("What it becomes"))
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        label = QLabel(_tr("&Becomes"))
        label.setBuddy(self.claim)
        row.addWidget(label)
        row.addWidget(self.claim, 1)
        self.content.addWidget(self.pane, 1)
        self.content.addLayout(row)
        self.content.addWidget(self.is_started)
        if isinstance(outer := self.layout(), QVBoxLayout):
            outer.setStretchFactor(self.room, 100)  # the text is what one works at
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
        self.editor.textChanged.connect(self._on_edited)
        self.pane.judged.connect(self._judge)
        self.editor.file_dropped.connect(self._open)
        self.open_button.clicked.connect(self._on_open)
        self.claim.currentIndexChanged.connect(lambda _index: self._judge())
        self.finished.connect(self.pane.leave)

    def _on_open(self) -> None:
        title, wanted = _tr("Open a Description"), _tr("Descriptions (*.xml)")
        ask_file(self, title, lambda path: self._open(Path(path)), wanted=wanted)

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

    def _offer(self, examined: Examination) -> None:
        words = {
            Claim.NEW: _tr("A new machine, “{name}”"),
            Claim.NEW_IDENTITY: _tr(
                "A machine of its own: “{twin}” has its UUID, so it gets new addresses"
            ),
            Claim.REPLACE: _tr("The new definition of “{name}”, which is there already"),
        }
        for claim in examined.claims:
            text = words[claim].format(name=examined.name, twin=examined.twin)
            self.claim.addItem(text, claim.value)

    @override
    def _judge(self) -> None:
        examined, reason = self.pane.examined, self.pane.refusal
        if examined != self._offered:
            self._offered = examined
            self.claim.clear()
            if examined:
                self._offer(examined)
        if examined and not examined.claims:
            reason = reason or _tr(
                "There is a machine called “{name}” already, and another, “{twin}”, has its UUID. "
                "Change its name."
            ).format(name=examined.name, twin=examined.twin)
        self.claim.setEnabled(self.claim.count() > 0 and not reason)
        self._tell(reason, self.pane.place)
