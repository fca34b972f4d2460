"""Pictures of a machine's screen of the past, asked for as somebody looks back.

As with figures (`past`): one question at a time, and the last wish is asked next.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from backend.errors import BackendError
from backend.history.screens import Screen
from backend.model import Ref
from backend.operations import screens
from console.bridge.aside import Aside
from console.sdk.context import Context, Unsubscribe
from console.widgets.filmstrip import Frame, Stretch

_KEPT: Final = 60
Wish = tuple[Ref, tuple[Stretch, ...]]


class Reel(QObject):
    """Finds pictures for stretches of time; `show` is called with them."""

    def __init__(
        self,
        context: Context,
        show: Callable[[Sequence[Stretch], Sequence[Frame | None]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show = show
        self._wished: Wish | None = None
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._aside = Aside("reel", self)
        self._cancel: Unsubscribe | None = None
        self._turn = 0

    def wish(self, ref: Ref, stretches: Sequence[Stretch]) -> None:
        """Have these shown as soon as they are known."""
        self._wished = (ref, tuple(stretches))
        if self._cancel is None:
            self._cancel = self._context.run(self._ask())

    def forget(self) -> None:
        """Wait for nothing."""
        self._wished = None
        self._turn += 1
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    async def _ask(self) -> None:
        turn = self._turn
        try:
            while (wish := self._wished) is not None:
                self._wished = None
                await self._fetch(*wish)
        finally:
            if turn == self._turn:
                self._cancel = None

    async def _fetch(self, ref: Ref, stretches: tuple[Stretch, ...]) -> None:
        try:
            found = await self._context.query(
                screens.shown, ref, stretches, frozenset(self._images)
            )
        except BackendError:
            found = (None,) * len(stretches)  # quiet: there are charts without pictures
        turn = self._turn
        fresh = {one.id: one.picture for one in found if one and one.picture}
        self._aside.run(
            lambda: {number: QImage.fromData(picture) for number, picture in fresh.items()},
            lambda images: self._take(turn, stretches, found, images),
        )

    def _take(
        self,
        turn: int,
        stretches: tuple[Stretch, ...],
        found: Sequence[Screen | None],
        images: dict[int, QImage],
    ) -> None:
        self._images |= images
        frames = [self._frame(screen) for screen in found]
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        if turn == self._turn:
            self._show(stretches, frames)

    def _frame(self, screen: Screen | None) -> Frame | None:
        if screen is None or screen.id not in self._images:
            return None
        self._images.move_to_end(screen.id)
        image = self._images[screen.id]
        return None if image.isNull() else Frame(screen.at, screen.until, image)
