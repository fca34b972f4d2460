"""Has a machine judged again and again while somebody looks: one question at a time."""

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.diagnosis.examine import Diagnosis
from backend.diagnosis.slots import SLOT_S
from backend.errors import BackendError, Problem, Unexpected
from backend.model import Ref
from backend.operations import slowness
from console.sdk.context import Context, Unsubscribe

_AGAIN_MS: Final = int(SLOT_S * 1000)


class Examiner(QObject):
    """What was said last of one machine."""

    judged = Signal()
    """There is another diagnosis, or a problem in its place."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: tuple[Ref, float] | None = None
        self._cancel: Unsubscribe | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_AGAIN_MS)
        self._clock.timeout.connect(self._ask)
        self.diagnosis: Diagnosis | None = None
        self.problem: Problem | None = None
        """Why nothing is said, or none."""

    def follow(self, ref: Ref, length_s: float) -> None:
        """Judge this machine by so many seconds up to now, from now on."""
        if (ref, length_s) == self._wanted:
            return
        self.stop()
        self._wanted = (ref, length_s)
        self._clock.start()
        self._ask()

    def stop(self) -> None:
        """Nobody looks any more: what was said is forgotten."""
        self._clock.stop()
        self._wanted = self.diagnosis = self.problem = None
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    def _ask(self) -> None:
        if self._cancel is None and self._wanted is not None:
            self._cancel = self._context.run(self._judge(self._wanted))

    async def _judge(self, wanted: tuple[Ref, float]) -> None:
        (ref, length_s), now = wanted, time.time()
        found: Diagnosis | None = None
        problem: Problem | None = Unexpected().problem
        try:
            found = await self._context.query(slowness.judge, ref, since=now - length_s, until=now)
            problem = None
        except BackendError as error:
            problem = error.problem
        finally:  # whatever came of it: what was said before is not what is so now
            if self._wanted is wanted:
                self._tell(found, problem)

    def _tell(self, found: Diagnosis | None, problem: Problem | None) -> None:
        self._cancel = None
        self.diagnosis, self.problem = found, problem
        if problem and problem.message_id == Unexpected.message_id:
            self._clock.stop()  # a fault of ours was shown: not again every ten seconds
        self.judged.emit()
