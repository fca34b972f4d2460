"""How many hot-plug slots a machine has free, asked when it is made of other parts."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from backend.errors import BackendError
from backend.model import Domain, DomainConfiguration, Ref
from backend.operations import device as verbs
from console.sdk.context import Context, Unsubscribe
from console.snapins.machines.devices.outlook import slots_text

AGAIN_MS: Final = 10_000
"""After an error, so long until it is asked again."""
_Subject = tuple[Ref, DomainConfiguration | None]


class Slots(QObject):
    """Asks for one machine at a time, the one that a page shows."""

    changed = Signal()
    """It is known now, or known not to be told."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._subject: _Subject | None = None
        self._text = ""
        self.is_awaited = False
        """Whether the answer to the first question about it is still to come."""
        self._end: Unsubscribe | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._on_again)

    def prepare(self) -> None:
        """Have loaded what the question is asked by."""
        _question = verbs.room

    def text(self, domain: Domain) -> str:
        """Return how many are free, as far as that is known; "" for a machine that is off."""
        subject = (domain.ref, domain.live)
        if subject != self._subject:
            if self._end:
                self._end()
            is_same = self._subject is not None and self._subject[0] == domain.ref
            self._text = self._text if is_same and domain.is_active else ""
            self.is_awaited = domain.is_active and (self.is_awaited or not is_same)
            self._subject = subject
            self._again.stop()
            self._end = self._context.run(self._ask(subject)) if domain.is_active else None
        return self._text

    async def _ask(self, subject: _Subject) -> None:
        try:
            found = await self._context.query(verbs.room, subject[0])
        except BackendError:
            # What else the page shows says that the machine does not answer.
            if subject == self._subject and isValid(self):
                self._again.start()
                self._settle()
            return
        if subject == self._subject and found is not None:
            self._text = slots_text(found.free_slots, found.slots)
            self._settle()

    def _settle(self) -> None:
        self.is_awaited = False
        if isValid(self):  # the window may have been closed meanwhile
            self.changed.emit()

    def _on_again(self) -> None:
        self._subject = None if self._subject is None else (self._subject[0], None)
        self.changed.emit()  # a page that is still there asks anew
