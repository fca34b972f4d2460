"""Closing a window in which somebody has entered something: nothing of it is lost unasked."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog

from console.sdk.context import Question
from console.sdk.dialog import EntryDialog

if TYPE_CHECKING:
    from console.shell.window import MainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("window", text)


class Parting:
    """Whether a window may go."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._is_let_go = False
        self._is_asking = False

    @property
    def held(self) -> tuple[str, ...]:
        """The titles of the dialogs in which somebody has entered what would be lost."""
        dialogs = () if self._is_let_go else self._window.findChildren(EntryDialog)
        return tuple(one.windowTitle() for one in dialogs if one.isVisible() and one.is_typed_in)

    def let_go(self) -> None:
        """Have the window close whatever was entered."""
        self._is_let_go = True

    def is_free(self) -> bool:
        """Whether it may close now; else the user is asked, and it closes if he says so."""
        session = self._window.session
        is_last = session.windows == (self._window,) and not self._is_let_go
        held = (*self.held, *(session.sheets.held if is_last else ()))
        if held:
            self.ask(held, self._drop)
        return not held

    def ask(self, held: Sequence[str], drop: Callable[[], object]) -> None:
        """Ask whether what was entered in these is to be dropped, and do that if it is."""
        if not self._is_asking:
            self._is_asking = True
            self._window.come_forward()
            self._window.context.run(self._ask(held, drop))

    def close_dialogs(self) -> None:
        """Close the dialogs, those too that would ask."""
        for dialog in self._window.findChildren(QDialog):
            if isinstance(dialog, EntryDialog) and dialog.is_typed_in:
                dialog.drop()
            else:
                dialog.close()

    def _drop(self) -> None:
        self.let_go()
        self._window.close()

    async def _ask(self, held: Sequence[str], drop: Callable[[], object]) -> None:
        title, text = _tr("Drop what you entered?"), _tr("It was not handed in yet, and stands in:")
        choices = (_tr("Drop It and Close"), _tr("Go On Editing"))
        question = Question(title, text, choices, tuple(held), is_danger=True)
        try:
            answer = await self._window.context.ask(question)
        finally:
            self._is_asking = False
        if answer.choice == 0:
            drop()
