"""What handing in would do, asked of the server shortly after somebody has stopped typing."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.errors import BackendError
from backend.model import Ref
from backend.operations.settings import sheet as verbs
from backend.settings import Plan
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.snapins.machines.settings.draft import Draft

NO_PLAN: Final = Plan(())
_AFTER_MS: Final = 250


class Planner(QObject):
    """The plan of a draft. The one before stands until the next one is there."""

    planned = Signal()
    """Another plan is there, or it is known why there is none."""

    def __init__(self, context: Context, ref: Ref, parent: QObject) -> None:
        super().__init__(parent)
        self.plan = NO_PLAN
        self.trouble = ""
        self._context = context
        self._ref = ref
        self._draft: Draft | None = None
        self._cancel: Unsubscribe | None = None
        self._soon = QTimer(self)
        self._soon.setInterval(_AFTER_MS)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def follow(self, draft: Draft) -> None:
        """The draft is another one: plan it anew, soon."""
        self.stop()
        self._draft = draft
        if draft.edits:
            self._soon.start()
        else:
            self.plan, self.trouble = NO_PLAN, ""

    def stop(self) -> None:
        """Ask nothing any more."""
        self._soon.stop()
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    def _ask(self) -> None:
        if self._draft is not None:
            self._cancel = self._context.run(self._fetch(self._draft))

    async def _fetch(self, draft: Draft) -> None:
        edits = draft.edits
        try:
            plan = await self._context.query(verbs.plan, self._ref, draft.base.of(edits), edits)
        except BackendError as error:
            self.trouble = wording.sentence(error.problem)
        else:
            self.plan, self.trouble = plan, ""
        self.planned.emit()
