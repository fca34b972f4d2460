"""Which operating system it is for: as recognised, or chosen by hand from osinfo's list."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Ref
from backend.operations import systems
from backend.specs import GuestSystem
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.wizard_page import FITS, Verdict

_RECOGNISED: Final = ""
_NONE: Final = "-"
_SHOWN_MOST: Final = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SystemBox(QWidget):
    """Typing any part of a name finds it. What is chosen by hand holds, whatever is recognised."""

    edited = Signal()

    def __init__(self, context: Context, host: Ref) -> None:
        super().__init__()
        self._context, self._host = context, host
        self.box = QComboBox()
        self.remark = Remark(_tr("About the operating system"))
        self.system: GuestSystem | None = None
        self._ids: dict[str, str] = {}
        self._wanted, self._refusal = _RECOGNISED, ""
        self._end_names: Unsubscribe | None = None
        self._end_system: Unsubscribe | None = None
        self._prepare()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.box)
        column.addWidget(self.remark)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box.editTextChanged.connect(self._on_text)

    @property
    def is_by_hand(self) -> bool:
        """Whether something is chosen by hand: `system` holds, which may be none at all."""
        return self._wanted != _RECOGNISED

    def begin(self) -> None:
        """Have the list fetched, unless it is there."""
        if self._end_names is None and self.box.count() <= len(_fixed()):
            self._end_names = self._context.run(self._fetch())

    def leave(self) -> None:
        """Nobody asks any more."""
        for end in (self._end_names, self._end_system):
            if end:
                end()

    def verdict(self) -> Verdict:
        """Return why what is typed is no choice."""
        if self._refusal:
            self.remark.set_tone(Tone.WARNING)
            return self._refusal, self.remark
        return FITS

    @override
    def setAccessibleName(self, name: str) -> None:
        """Call the field so: it is what is read."""
        self.box.setAccessibleName(name)

    def _prepare(self) -> None:
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMaxVisibleItems(_SHOWN_MOST)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(24)
        self._offer(())
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(_SHOWN_MOST)
        self.box.setCompleter(completer)

    def _offer(self, names: tuple[tuple[str, str], ...]) -> None:
        text = self.box.currentText()
        self.box.blockSignals(True)  # noqa: FBT003  # Qt's own
        self.box.clear()
        for key, name in (*_fixed(), *names):
            self.box.addItem(name, key)
        self._ids = {name.casefold(): key for key, name in (*_fixed(), *names)}
        self.box.setEditText(text or _fixed()[0][1])
        self.box.blockSignals(False)  # noqa: FBT003

    async def _fetch(self) -> None:
        try:
            self._offer(await self._context.query(systems.names, self._host))
        except BackendError as error:
            self.box.setToolTip(wording.sentence(error.problem))
            self.box.setEnabled(False)
        finally:
            self._end_names = None

    def _on_text(self, text: str) -> None:
        wanted = self._ids.get(" ".join(text.split()).casefold())
        self._refusal = ""
        if wanted is None:
            self._refusal = _tr("Choose a system of the list: type a part of its name.")
        elif wanted != self._wanted or not self._is_known(wanted):
            self._take(wanted)
        self.edited.emit()

    def _is_known(self, wanted: str) -> bool:
        return self.system is not None or wanted in (_RECOGNISED, _NONE)

    def _take(self, wanted: str) -> None:
        if self._end_system:
            self._end_system()
            self._end_system = None
        self._wanted, self.system = wanted, None
        if wanted not in (_RECOGNISED, _NONE):
            self._refusal = _tr("Looking up what it wants...")
            self._end_system = self._context.run(self._describe(wanted))

    async def _describe(self, wanted: str) -> None:
        found, reason = None, ""
        try:
            found = await self._context.query(systems.describe, self._host, wanted)
        except BackendError as error:
            reason = wording.sentence(error.problem)
        self.system, self._refusal, self._end_system = found, reason, None
        self.edited.emit()


def _fixed() -> tuple[tuple[str, str], ...]:
    return (
        (_RECOGNISED, _tr("Automatic: what is recognised")),
        (_NONE, _tr("Another one: devices that any system drives")),
    )
