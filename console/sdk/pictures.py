"""Pictures of what a list lists, for its large icons: taken while they are seen, and only then."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from backend.model import Record, Ref


class PictureSource(QObject):
    """What a snap-in builds for a list whose rows have pictures. Nothing here waits."""

    changed = Signal(object)
    """Ref: there is another picture of this."""

    def show(self, records: Sequence[Record]) -> None:
        """These are in sight from now on, the first ones first; of none others are any taken."""

    def picture(self, ref: Ref) -> QImage | None:
        """Return the last picture of a thing, small; None if there is none."""
        del ref
        return None
