"""The XML that a wizard's Finish would define, to be read and to be changed before."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from backend.errors import NameTaken
from backend.model import Host
from backend.operations.definition import Claim
from backend.refusals import UuidTaken
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.look import GRID
from console.snapins.machines.creation.order import Draft
from console.snapins.machines.dialogs.description_pane import DescriptionPane

_SIZE = (190 * GRID, 155 * GRID)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class XmlDialog(Dialog):
    """One description a machine. What is at fault, or taken, is told while one types.

    `texts` begin as `changed`, where somebody wrote in one before, else as the drafts.
    """

    taken = Signal()
    """`texts` are what is to be defined."""

    def __init__(
        self,
        context: Context,
        host: Host,
        drafts: Sequence[Draft],
        changed: Sequence[str],
        parent: QWidget,
    ) -> None:
        title = _tr("XML of the New Virtual Machine")
        if len(drafts) > 1:
            title = _tr("XML of the New Virtual Machines")
        super().__init__(context, title, _tr("Use This XML"), parent)
        self._drafts = tuple(drafts)
        self.texts = list(changed)
        self._begun = tuple(changed)
        self._shown = 0
        self._given = self.texts[0]
        self.pane = DescriptionPane(context, host)
        self.pane.made = tuple(path for draft in drafts for path in draft.paths)
        self.machine = QComboBox()
        self.reset_button = QPushButton(_tr("As the Pages Say"))
        self._place_widgets()
        self.finished.connect(self.pane.leave)
        self.pane.judged.connect(self._judge)
        self.machine.currentIndexChanged.connect(self._show)
        self.reset_button.clicked.connect(self._on_reset)
        self.pane.editor.setPlainText(self.texts[0])
        self.resize(*_SIZE)

    @override
    async def confirm(self) -> str:
        self.taken.emit()
        return ""

    @property
    @override
    def is_typed_in(self) -> bool:
        return tuple(self.texts) != self._begun

    def _place_widgets(self) -> None:
        self.machine.addItems([draft.name for draft in self._drafts])
        self.machine.setAccessibleName(_tr("Virtual machine"))
        if len(self._drafts) > 1:
            line = QHBoxLayout()
            line.setSpacing(2 * GRID)
            label = QLabel(_tr("&Virtual machine"))
            label.setBuddy(self.machine)
            line.addWidget(label)
            line.addWidget(self.machine, 1)
            self.content.addLayout(line)
        self.reset_button.setAutoDefault(False)
        self.reset_button.setToolTip(_tr("Take back every change of this text"))
        self.pane.tools.insertWidget(0, self.reset_button)
        self.content.addWidget(self.pane, 1)
        if isinstance(outer := self.layout(), QVBoxLayout):
            outer.setStretchFactor(self.room, 100)  # the text is what one works at

    def _show(self, number: int) -> None:
        self._shown = number
        self._given = self.texts[number]
        self.pane.editor.setPlainText(self._given)

    def _on_reset(self) -> None:
        self.pane.editor.setPlainText(self._drafts[self._shown].text)

    def _judge(self) -> None:
        self.texts[self._shown] = self.pane.text
        is_changed = self.pane.text != self._drafts[self._shown].text
        self.reset_button.setEnabled(is_changed)
        reason = self.pane.refusal or self._clash()
        # Another one is shown when there is nothing to be put right in this one.
        # A text that nobody typed in is no reason: a box that is off gives the keyboard away.
        self.machine.setEnabled(not reason or self.pane.text == self._given)
        self.set_refusal(reason, self.pane.place if reason else None)

    def _clash(self) -> str:
        """Return why no new machine can be as the text says: another one has its identity."""
        examined = self.pane.examined
        if examined is None or examined.claims == (Claim.NEW,):
            return ""
        if examined.namesake:
            return wording.sentence(NameTaken(name=examined.name).problem)
        uuid = _tr("the one in the text")
        return wording.sentence(UuidTaken(name=examined.twin, uuid=uuid).problem)
