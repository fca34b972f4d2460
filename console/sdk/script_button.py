"""The button that shows what a dialog would do, in place of doing it."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from backend.errors import BackendError
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.nodes import Tone
from console.sdk.recording import RecordingContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("script_button", text)


class ScriptButton(QPushButton):
    """Has `act` hand its verbs in to nobody, and the shell show them.

    `say` tells in the dialog why there is nothing to show.
    """

    def __init__(
        self,
        context: Context,
        title: str,
        act: Callable[[Context], Awaitable[None]],
        say: Callable[[str, Tone], None],
    ) -> None:
        super().__init__(_tr("Show as Script"))
        self.setToolTip(_tr("What this would do, for virsh and for Python; nothing is done"))
        self.setAutoDefault(False)
        self._context = context
        self._title = title
        self._act = act
        self._say = say
        self.clicked.connect(lambda: context.run(self._show()))

    async def _show(self) -> None:
        recording = RecordingContext(self._context)
        try:
            await recording.play(self._act)
        except BackendError as error:
            self._say(wording.sentence(error.problem), Tone.BAD)
            return
        if recording.requests:
            self._context.show_script(self._title, recording.requests)
        else:
            self._say(_tr("Nothing would be changed, so there is no script."), Tone.MUTED)
