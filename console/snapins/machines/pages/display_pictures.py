"""The screen of a machine without VNC: pictures that its hypervisor takes, to look at only."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from backend.display.channel import ChannelState, News, Standing, Tally
from backend.display.surface import Surface
from backend.errors import BackendError, Problem, ScreenNotAvailable
from backend.model import Ref
from backend.operations import domain as verbs
from console.sdk.context import Context

_INTERVAL_MS: Final = 1500


class DisplayPictures(QObject):
    """Takes one picture after the other, of one machine at a time, until it is stopped."""

    arrived = Signal(object)
    """News, whose standing takes no input."""
    failed = Signal(object)
    """Problem: no picture could be had; it is tried no more."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ref: Ref | None = None
        self._surface: Surface | None = None
        self._count = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_INTERVAL_MS)
        self._pause.timeout.connect(self._on_due)

    @property
    def is_on(self) -> bool:
        """Whether pictures are taken."""
        return self._ref is not None

    def start(self, ref: Ref) -> None:
        """Take pictures of this machine."""
        if ref != self._ref:
            self.stop()
            self._ref = ref
            self._on_due()

    def stop(self) -> None:
        """Take no more."""
        self._pause.stop()
        self._ref = self._surface = None

    def _on_due(self) -> None:
        if self._ref is not None:
            self._context.run(self._take(self._ref))

    async def _take(self, ref: Ref) -> None:
        problem: Problem | None = None
        image = QImage()
        try:
            image = QImage.fromData(await self._context.query(verbs.screenshot, ref))
        except BackendError as error:
            problem = error.problem
        if ref != self._ref:
            return
        if image.isNull():
            self.stop()
            self.failed.emit(problem or ScreenNotAvailable().problem)
            return
        self._show(image.convertToFormat(QImage.Format.Format_RGB32))
        self._pause.start()

    def _show(self, image: QImage) -> None:
        width, height = image.width(), image.height()
        surface = self._surface
        if surface is None or (surface.width, surface.height) != (width, height):
            self._surface = surface = Surface(width, height)
        surface.memory[:] = image.constBits()
        self._count += 1
        standing = Standing(
            ChannelState.LIVE,
            transport=QCoreApplication.translate("machines", "Pictures"),
            takes_input=False,
        )
        self.arrived.emit(News(standing, surface, (surface.whole,), Tally(self._count)))
