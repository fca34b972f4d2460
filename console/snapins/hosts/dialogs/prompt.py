"""A question of a server, as a dialog: answered once, and declined by whoever closes it."""

import contextlib

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Host, Keep, Prompt
from backend.operations import host as verbs
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.look import GRID

_LINES_SHOWN = 5


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class PromptDialog(Dialog):
    """Override `confirm`: it answers. A question that nobody asks any more is no fault."""

    def __init__(
        self,
        context: Context,
        title: str,
        ok_text: str,
        host: Host,
        prompt: Prompt,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, title, ok_text, parent)
        self.host = host
        self.prompt = prompt

    @property
    @override
    def is_typed_in(self) -> bool:
        """Never: an answer is one line, and whoever turns away means that."""
        return False

    @override
    def done(self, result: int) -> None:
        """Close; whoever closes it without an answer declines."""
        super().done(result)
        if result != QDialog.DialogCode.Accepted:
            self.context.run(self._decline())

    async def answer(self, text: str, keep: Keep = Keep.NO) -> None:
        """Give the server its answer. Raises PromptOutdated."""
        await self.context.query(verbs.answer, self.host.ref, self.prompt.id, text, keep)

    async def _decline(self) -> None:
        with contextlib.suppress(BackendError):
            await self.context.query(verbs.decline, self.host.ref, self.prompt.id)


def own_words(lines: tuple[str, ...]) -> QPlainTextEdit:
    """Return what the server itself says, as it says it: told apart from what we say."""
    field = QPlainTextEdit("\n".join(lines))
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    field.setAccessibleName(_tr("What the server says"))
    shown = min(len(lines), _LINES_SHOWN)
    field.setFixedHeight(shown * field.fontMetrics().lineSpacing() + 4 * GRID)
    return field
