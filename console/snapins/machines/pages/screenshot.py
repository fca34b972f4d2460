"""The small picture of a machine's screen: at most one in five seconds, and while it is seen."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.errors import BackendError
from backend.model import Domain, DomainState, Ref
from backend.operations import domain as verbs
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.snapins.machines import standing
from console.snapins.machines.open_screens import open_screens
from console.widgets.thumbnail import Thumbnail

INTERVAL_S: Final = 5.0
_KEPT: Final = 32


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Pictures:
    """The last picture of each machine, and when it was taken; the oldest are forgotten."""

    def __init__(self) -> None:
        self._taken: OrderedDict[Ref, tuple[float, QImage]] = OrderedDict()
        self._listeners: list[Callable[[Ref, QImage], None]] = []

    def image(self, ref: Ref) -> QImage | None:
        """Return the last picture of a machine."""
        found = self._taken.get(ref)
        return found[1] if found and not found[1].isNull() else None

    def due_in_s(self, ref: Ref) -> float:
        """Return in how many seconds the next picture may be taken."""
        found = self._taken.get(ref)
        return max(0.0, found[0] + INTERVAL_S - time.monotonic()) if found else 0.0

    def begin(self, ref: Ref) -> None:
        """A picture is being taken now; the last one is kept until it is there."""
        self._taken[ref] = (time.monotonic(), self.image(ref) or QImage())
        self._taken.move_to_end(ref)
        while len(self._taken) > _KEPT:
            self._taken.popitem(last=False)

    def end(self, ref: Ref, image: QImage) -> None:
        """Keep a picture that was taken."""
        at = self._taken[ref][0] if ref in self._taken else time.monotonic()
        self._taken[ref] = (at, image)
        for listener in tuple(self._listeners):
            listener(ref, image)

    def listen(self, listener: Callable[[Ref, QImage], None]) -> Unsubscribe:
        """Call `listener` with each picture to come; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def clear(self) -> None:
        """Forget them all."""
        self._taken.clear()


# Shared by all pages, as the limit is per machine and not per page.
pictures: Final = Pictures()


class Screenshot(QWidget):
    """The screen of one machine. It takes no display channel from anybody."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._domain: Domain | None = None
        self._is_awake = False
        self._is_refused = False
        self._taking: Ref | None = None
        self._cancel: Unsubscribe | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)
        self.thumbnail = Thumbnail(_tr("Picture of the machine's screen"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.thumbnail)

    def set_domain(self, domain: Domain | None) -> None:
        """Show this machine from now on."""
        if domain is None or self._domain is None or domain.ref != self._domain.ref:
            self._stop()
            self._is_refused = False
        self._domain = domain
        self._schedule()
        self._draw()

    def wake(self) -> None:
        """Somebody sees it."""
        self._is_awake = True
        self._schedule()

    def sleep(self) -> None:
        """Nobody sees it: no picture is taken."""
        self._is_awake = False
        self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        self._taking = None
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    def _schedule(self) -> None:
        domain = self._domain
        if not self._is_awake or domain is None or not _is_live(domain):
            self._stop()
        elif self._taking is None and not self._timer.isActive():
            self._timer.start(round(pictures.due_in_s(domain.ref) * 1000))

    def _on_due(self) -> None:
        if self._domain is None:
            return
        if pictures.due_in_s(self._domain.ref) > 0.05:  # another page was faster
            self._schedule()
            self._draw()
            return
        self._taking = self._domain.ref
        pictures.begin(self._taking)
        if (image := open_screens.picture(self._taking)) is not None:
            self._keep(self._taking, image)
            return
        self._cancel = self._context.run(self._take(self._taking))

    async def _take(self, ref: Ref) -> None:
        try:
            taken = await self._context.query(verbs.screenshot, ref)
        except BackendError:
            taken = b""  # quiet: the picture before stays, and the next may come
        self._is_refused = not taken
        image = QImage.fromData(taken) if taken else QImage()
        self._keep(ref, image)

    def _keep(self, ref: Ref, image: QImage) -> None:
        if not image.isNull():
            pictures.end(ref, image)
        self._taking = None
        self._schedule()
        self._draw()

    def _draw(self) -> None:
        domain = self._domain
        image = pictures.image(domain.ref) if domain else None
        if domain is None:
            self.thumbnail.show_words("")
        elif image is None:
            waiting = _tr("No picture to show") if self._is_refused else _tr("No picture yet")
            self.thumbnail.show_words(waiting if _is_live(domain) else wording.state(domain))
        else:
            self.thumbnail.show_image(image)
            if not _is_live(domain):
                self.thumbnail.set_stale(wording.state(domain))


def _is_live(domain: Domain) -> bool:
    return domain.state is DomainState.RUNNING and not standing.is_silent(domain)
