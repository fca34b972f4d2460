"""What the server would object to in a machine that a package becomes, asked as one chooses."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.errors import BackendError, Problem
from backend.model import Ref
from backend.operations.package import incoming
from backend.operations.package.arrival import ImportSpec
from backend.specs import Then
from console.sdk.context import Context, Unsubscribe

_SOON_MS: Final = 400


class Doubts(QObject):
    """`found` of what was asked last. Who goes on choosing has not everything asked."""

    changed = Signal()

    def __init__(self, context: Context, host: Ref, parent: QObject) -> None:
        super().__init__(parent)
        self.found: tuple[Problem, ...] = ()
        self._context, self._host = context, host
        self._asked: ImportSpec | None = None
        self._end: Unsubscribe | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)

    def follow(self, spec: ImportSpec) -> None:
        """Ask about this soon, unless that is what was asked last."""
        # Neither its name nor whether it is started makes a difference.
        before = self._asked
        wanted = replace(spec, name=before.name if before else spec.name, then=Then.STAY_OFF)
        if wanted != before:
            self.forget()
            self._asked = wanted
            self._soon.start()

    def forget(self) -> None:
        """Know of none, and wait for no answer."""
        self._soon.stop()
        if self._end:
            self._end()
        self._end = self._asked = None
        self.found = ()

    def _ask(self) -> None:
        if self._asked:
            self._end = self._context.run(self._take(self._asked))

    async def _take(self, asked: ImportSpec) -> None:
        try:
            self.found = await self._context.query(incoming.doubts, self._host, asked)
        except BackendError as error:
            self.found = (error.problem,)
        self.changed.emit()
