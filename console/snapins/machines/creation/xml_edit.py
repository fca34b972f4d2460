"""What somebody wrote into the XML of the machines that the wizard makes, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from backend.model import Host
from backend.specs import Written
from console.sdk.context import Context, Question
from console.sdk.forms import Row
from console.sdk.nodes import Tone
from console.snapins.machines.creation.order import Draft, Order
from console.snapins.machines.creation.xml_dialog import XmlDialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Edited:
    """`texts` were written in place of the `drafts` of `asked`, which stood in the pages so."""

    asked: Order
    rows: tuple[Row, ...]
    drafts: tuple[Draft, ...]
    texts: tuple[str, ...]

    @property
    def order(self) -> Order:
        """What is handed in."""
        pairs = zip(self.drafts, self.texts, strict=True)
        return self.asked.as_written(
            [Written(text, draft.files) if text != draft.text else None for draft, text in pairs]
        )


class XmlEdit(QObject):
    """There is one edit, or none. It is of what the pages said when it was made.

    Who changes a page then is asked whether the edit is dropped; while it is kept, what is handed
    in is what it was made of.
    """

    changed = Signal()

    def __init__(self, context: Context, host: Host) -> None:
        super().__init__()
        self._context, self._host = context, host
        self._edited: Edited | None = None
        self._kept_over: Order | None = None
        self._is_asking = False
        self.dialog: XmlDialog | None = None

    @property
    def is_there(self) -> bool:
        """Whether something was written."""
        return self._edited is not None

    def order(self, asked: Order) -> Order:
        """Return what is handed in where the pages ask for that."""
        return self._edited.order if self._edited else asked

    def rows(self, asked: Sequence[Row]) -> tuple[Row, ...]:
        """Return what is made, in words, where the pages say that."""
        if self._edited is None:
            return tuple(asked)
        words = _tr("Edited. Where it differs from what stands below, it holds.")
        return (Row(_tr("XML"), words, Tone.WARNING), *self._edited.rows)

    def is_outdated(self, asked: Order) -> bool:
        """Whether the pages ask for something else than what was written, and nobody said why."""
        edited = self._edited
        return edited is not None and asked not in (edited.asked, self._kept_over)

    async def settle(self, asked: Order) -> None:
        """Ask whether the edit is dropped, if the pages ask for something else by now."""
        if self._is_asking or not self.is_outdated(asked):
            return
        self._is_asking = True
        try:
            answer = await self._context.ask(
                Question(
                    _tr("Drop the edited XML?"),
                    _tr(
                        "You edited the XML, and changed a page after that. Without the edit, what "
                        "the pages say now is made. With it, the pages are as they were when you "
                        "edited it."
                    ),
                    (_tr("Drop the Edit"), _tr("Keep the Edit")),
                    is_danger=True,
                )
            )
        finally:
            self._is_asking = False
        if answer.choice == 0:
            self._edited = None
        else:
            self._kept_over = asked
        self.changed.emit()

    async def show(self, asked: Order, rows: tuple[Row, ...], over: QWidget) -> None:
        """Open the XML over the wizard; what was written there before stands in it.

        Raises BackendError: why nothing of the kind can be made.
        """
        edited = self._edited
        if edited is None:
            drafts = await asked.drafts(self._context)
            edited = Edited(asked, rows, drafts, tuple(draft.text for draft in drafts))
        self.dialog = dialog = XmlDialog(
            self._context, self._host, edited.drafts, edited.texts, over
        )
        dialog.taken.connect(lambda: self._take(edited, tuple(dialog.texts)))
        dialog.open()

    def _take(self, edited: Edited, texts: tuple[str, ...]) -> None:
        is_changed = texts != tuple(draft.text for draft in edited.drafts)
        self._edited = replace(edited, texts=texts) if is_changed else None
        self.changed.emit()
