"""Machines that were deleted, as long as the journal has their last definition."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.errors import BackendError, Problem
from backend.model import Host
from backend.operations import alterations as verbs
from backend.operations import definition
from backend.operations.alterations import Alteration
from console.sdk import happenings, reach, wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.dialog import Dialog
from console.sdk.forms import ToneLabel
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.snapins.machines.dialogs.remark_list import RemarkList
from console.snapins.machines.history import words
from console.widgets.table import Table
from console.widgets.table_model import Line, TableColumn

_SIZE = (680, 400)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DeletedDialog(Dialog):
    """Has one of them defined again as it was. What is missing of it is said before."""

    def __init__(self, context: Context, host: Host, parent: QWidget | None = None) -> None:
        title = _tr("Restore Deleted Machine on {host}").format(host=reach.short_name(host))
        super().__init__(context, title, _tr("Define Again"), parent)
        self._host = host
        self._found: dict[int, Alteration] = {}
        self._examining: Unsubscribe | None = None
        columns = (
            TableColumn(_tr("Name"), 42),
            TableColumn(_tr("Deleted"), 24),
            TableColumn(_tr("By"), 24),
        )
        self.table = Table(_tr("Deleted virtual machines"), columns)
        self.remarks = RemarkList(_tr("What is missing of it"))
        self.remarks.hide()
        note = ToneLabel(
            _tr(
                "Settings come back as they were. Disks that were deleted do not, "
                "nor do passwords of displays."
            ),
            Tone.MUTED,
        )
        note.setWordWrap(True)
        self.content.addWidget(note)
        self.table.setMinimumHeight(_SIZE[1] * 3 // 5)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.remarks)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_chosen())
        self.resize(*_SIZE)
        self.set_refusal(_tr("Looking into the journal..."))
        self._reading = context.run(self._read())
        self.finished.connect(lambda _result: self._stop())

    @override
    async def act(self, context: Context) -> None:
        if chosen := self._chosen():
            context.submit(verbs.define_again, self._host.ref, chosen.before)

    def _stop(self) -> None:
        self._reading()
        if self._examining:
            self._examining()

    async def _read(self) -> None:
        try:
            found = await self.context.query(verbs.read_deleted, self._host.ref)
        except BackendError as error:
            self.set_refusal(wording.sentence(error.problem))
            return
        self._found = {one.entry.uid: one for one in found.changes}
        empty = _tr(
            "No virtual machine was deleted here since Celadon began to watch. One that is "
            "deleted from now on can be had again here, for a year."
        )
        self.table.set_lines([_line(one) for one in found.changes], empty)
        if found.changes:
            self.table.choose(found.changes[0].entry.uid)
        self._on_chosen()

    def _show_remarks(self, remarks: Sequence[Problem]) -> None:
        self.remarks.show_remarks(remarks, "")
        self.remarks.setVisible(bool(remarks))

    def _chosen(self) -> Alteration | None:
        selected = self.table.selected()
        key = selected[0].key if len(selected) == 1 else None
        return self._found.get(key) if isinstance(key, int) else None

    def _on_chosen(self) -> None:
        if self._examining:
            self._examining()
            self._examining = None
        self._show_remarks(())
        chosen = self._chosen()
        if chosen is None:
            self.set_refusal(_tr("Choose one of them.") if self._found else "")
            self.ok_button.setEnabled(False)
            self.script_button.setEnabled(False)
            return
        self.set_refusal(_tr("One moment..."))
        self._examining = self.context.run(self._examine(chosen))

    async def _examine(self, chosen: Alteration) -> None:
        """See what is missing of it: its disks, its switch, its name."""
        try:
            text = await self.context.query(verbs.text, self._host.ref, chosen.before)
            found = await self.context.query(definition.examine, self._host.ref, text)
        except BackendError as error:
            self.set_refusal(wording.sentence(error.problem))
            return
        self._show_remarks(found.remarks)
        taken = _tr("There is a virtual machine called “{name}” by now.").format(name=found.name)
        is_free = definition.Claim.NEW in found.claims
        self.set_refusal("" if is_free else taken)


def _line(change: Alteration) -> Line:
    entry = change.entry
    when = f"{happenings.day(entry.at)}, {happenings.clock(entry.at)}"
    return Line(
        entry.uid,
        (
            Cell(entry.name, "ph.monitor", Tone.MUTED, tooltip=entry.name),
            Cell(when, tone=Tone.MUTED),
            Cell(words.by(entry), tone=Tone.MUTED, tooltip=happenings.about_author(entry)),
        ),
    )
