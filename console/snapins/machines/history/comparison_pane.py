"""What differs between two definitions: in words, and as a difference of the XML in colours."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from backend.errors import BackendError
from backend.model import Ref
from backend.operations import alterations as verbs
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.snapins.machines.history import words
from console.snapins.machines.history.past import Against, Pair, Past
from console.widgets.code_view import CodeView
from console.widgets.highlight import Language


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ComparisonPane(QWidget):
    """Of one chosen line what its change did, or was changed since; of several what lies between.

    `stop` ends what it is still asking.
    """

    difference_changed = Signal(bool)
    """bool: whether there is a difference in the XML to be copied."""

    def __init__(self, context: Context, ref: Ref, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ref = ref
        self._past = Past()
        self._chosen: Sequence[Hashable] = ()
        self._asked: Pair | None = None
        self._asking: Unsubscribe | None = None
        self.against = QComboBox()
        self.against.setAccessibleName(_tr("What is compared"))
        self.against.addItem(_tr("What this change did"), Against.BEFORE)
        self.against.addItem(_tr("What was changed since"), Against.NOW)
        self.against.currentIndexChanged.connect(lambda _index: self._ask())
        self.told = ToneLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName(_tr("What differs"))
        self.view = CodeView(_tr("Difference in the XML"), Language.DIFFERENCE)
        bar = QHBoxLayout()
        bar.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        bar.setSpacing(3 * GRID)
        bar.addWidget(self.against, 0, Qt.AlignmentFlag.AlignTop)
        bar.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)

    def show_chosen(self, past: Past, chosen: Sequence[Hashable]) -> None:
        """Show what differs where these lines, the newest first, are chosen."""
        self._past, self._chosen = past, chosen
        is_change = len(chosen) == 1 and past.find(chosen[0]) is not None
        self.against.setEnabled(is_change)
        self._ask()

    def copy(self) -> None:
        """Put the difference into the clipboard."""
        QGuiApplication.clipboard().setText(self.view.toPlainText())

    def stop(self) -> None:
        """Ask no more."""
        if self._asking:
            self._asking()
        self._asking = None

    def _ask(self) -> None:
        pair = self._past.pair(self._chosen, self.against.currentData())
        if pair == self._asked:
            return
        self.stop()
        self._asked = pair
        if pair is None:
            self._say("", ())
        else:
            self._asking = self._context.run(self._compare(pair))

    async def _compare(self, pair: Pair) -> None:
        try:
            found = await self._context.query(verbs.compare, self._ref, pair.one, pair.other)
        except BackendError as error:
            self._asked = None  # the next to look is told anew
            self._say(wording.sentence(error.problem), ())
            return
        self._asking = None
        told = words.told_of(pair.told) if pair.told else words.differing(found.comparison)
        self._say(", ".join(told) or _tr("Nothing differs."), found.lines)

    def _say(self, told: str, difference: tuple[str, ...]) -> None:
        self.told.setText(told)
        text = "\n".join(difference)
        if self.view.toPlainText() != text:
            self.view.setPlainText(text)
        self.difference_changed.emit(bool(difference))
