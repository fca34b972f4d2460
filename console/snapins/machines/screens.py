"""The screens of machines as small pictures, for the list's large icons.

Of each host one is taken at a time, the oldest of those in sight first. A host that takes long for
one is left alone for three times as long, and a machine that gives none is asked again later.
"""

import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Domain, DomainState, Record, Ref
from backend.operations import domain as verbs
from console.bridge.aside import Aside
from console.sdk.context import Context
from console.sdk.pictures import PictureSource
from console.snapins.machines import standing
from console.snapins.machines.open_screens import open_screens

INTERVAL_S = 5.0
REFUSED_S = 30.0
REST_FACTOR = 3.0
SIZE = QSize(416, 260)
_KEPT = 200
_LOOK_MS = 200


class Screens(PictureSource):
    """Pictures of the machines in sight, each anew after five seconds at the earliest."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted: tuple[Ref, ...] = ()
        self._images: OrderedDict[Ref, QImage] = OrderedDict()
        self._due: dict[Ref, float] = {}
        self._resting: dict[str, float] = {}
        self._taking: set[str] = set()
        self._aside = Aside("pictures", self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @override
    def show(self, records: Sequence[Record]) -> None:
        self._wanted = tuple(record.ref for record in records if isinstance(record, Domain))
        if self._wanted and not self._timer.isActive():
            self._timer.start()
            self._look()
        elif not self._wanted:
            self._timer.stop()

    @override
    def picture(self, ref: Ref) -> QImage | None:
        # What a machine showed before it stopped is no picture of how it is.
        return self._images.get(ref) if self._is_live(ref) else None

    def _look(self) -> None:
        """Begin what can be begun now: of each host the picture that is due for longest."""
        now = time.monotonic()
        due = [ref for ref in self._wanted if self._due.get(ref, 0.0) <= now]
        for ref in sorted(due, key=lambda ref: self._due.get(ref, 0.0)):
            is_free = ref.host not in self._taking and self._resting.get(ref.host, 0.0) <= now
            if not self._is_live(ref):
                continue
            if (image := open_screens.picture(ref)) is not None:
                self._due[ref] = now + INTERVAL_S
                self._aside.run(partial(_shrunk, image), partial(self._keep, ref))
            elif is_free:
                self._taking.add(ref.host)
                self._context.run(self._take(ref))

    async def _take(self, ref: Ref) -> None:
        began = time.monotonic()
        taken = b""
        try:
            taken = await self._context.query(verbs.screenshot, ref)
        except BackendError:
            taken = b""  # quiet: the picture before stays, and the next may come
        finally:
            now = time.monotonic()
            self._taking.discard(ref.host)
            self._resting[ref.host] = now + REST_FACTOR * (now - began)
            self._due[ref] = now + (INTERVAL_S if taken else REFUSED_S)
        if taken:
            # To read and to shrink one takes longer than a frame.
            self._aside.run(lambda: _small(taken), lambda image: self._keep(ref, image))

    def _keep(self, ref: Ref, image: QImage) -> None:
        if image.isNull():
            return
        self._images[ref] = image
        self._images.move_to_end(ref)
        while len(self._images) > _KEPT:
            old, _image = self._images.popitem(last=False)
            self._due.pop(old, None)
        self.changed.emit(ref)

    def _is_live(self, ref: Ref) -> bool:
        domain = self._context.lookup.record(ref, Domain)
        return (
            domain is not None
            and domain.state in (DomainState.RUNNING, DomainState.PAUSED)
            and not standing.is_silent(domain)
        )


def _small(taken: bytes) -> QImage:
    return _shrunk(QImage.fromData(taken))


def _shrunk(image: QImage) -> QImage:
    if image.isNull():
        return image
    return image.scaled(
        SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
