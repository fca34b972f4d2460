"""Keys of something that cannot be done now: silence would look like a fault, so say why."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.sdk.nodes import Tone
from console.shell.action_set import ActionSet
from console.shell.notices import Notice


class Refusals(QObject):
    """Hears the keys that nobody in the window took."""

    def __init__(
        self, window: QWidget, actions: ActionSet, show_notice: Callable[[Notice], None]
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._show_notice = show_notice
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say why, and let the key go on."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            entry = self._actions.refused(QKeySequence(event.keyCombination()))
            if entry:
                records = self._actions.selection.records
                subject = records[0].ref if records else None
                title = entry.action.text.removesuffix("...")
                self._show_notice(Notice(title, entry.refusal, subject=subject, tone=Tone.WARNING))
        return super().eventFilter(watched, event)
