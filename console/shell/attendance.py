"""What snap-ins do beside what is seen of a window, from soon after it is there to its end."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from console.sdk.context import Context
from console.sdk.snapin import Attendant, SnapIn

SOON_MS = 300


class Attendance(QObject):
    """The attendants of one window, built once that stands there: nobody waits for them."""

    def __init__(self, snapins: Sequence[SnapIn], context: Context, window: QObject) -> None:
        super().__init__(window)
        self._snapins = snapins
        self._context = context
        self._attendants: tuple[Attendant, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._begin)
        self._soon.start(SOON_MS)

    def end(self) -> None:
        """Close those that were built; no others are."""
        self._soon.stop()
        attendants, self._attendants = self._attendants, ()
        for attendant in attendants:
            attendant.close()

    def _begin(self) -> None:
        made = (attend for snapin in self._snapins for attend in snapin.attendants)
        self._attendants = tuple(attend(self._context) for attend in made)
