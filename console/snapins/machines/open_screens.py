"""The screens that are open in this program: one channel a machine, whoever looks at it."""

from typing import Final

from PySide6.QtGui import QImage

from backend.display.channel import FramebufferChannel, Transport
from backend.display.failures import DisplayAsks
from backend.display.shared import SharedScreen
from backend.errors import BackendError, DisplayEnded
from backend.model import Ref
from backend.operations import display
from console.bridge.promises import Promise
from console.sdk.context import Context


class OpenScreens:
    """Fetches a screen for the first who looks; others, and small pictures, have it from there.

    A screen that another program took is not taken back until somebody says so.
    """

    def __init__(self) -> None:
        self._taken: set[Ref] = set()
        self._screens: dict[Ref, SharedScreen] = {}
        self._coming: dict[Ref, Promise[SharedScreen]] = {}

    async def open(self, context: Context, ref: Ref, *, may_ask: bool = True) -> FramebufferChannel:
        """Return a channel of one's own to the machine's screen. Raises what `open_display` does.

        Whoever gets it closes it.
        """
        joined = self.join(ref)
        return joined or (await self._fetched(context, ref, may_ask=may_ask)).view()

    def join(self, ref: Ref) -> FramebufferChannel | None:
        """Return a channel of one's own at once, if somebody looks at the machine already."""
        screen = self._screens.get(ref)
        return None if screen is None or screen.is_over else screen.view()

    def is_taken(self, ref: Ref) -> bool:
        """Whether another program has the machine's display for itself."""
        return ref in self._taken

    def note_taken(self, ref: Ref) -> None:
        """Know that another program took it: from here on it is looked at in another way."""
        self._taken.add(ref)

    def release(self, ref: Ref) -> None:
        """Know that nobody has it any more: the machine ended."""
        self._taken.discard(ref)

    async def take_back(self, context: Context, ref: Ref) -> FramebufferChannel:
        """Take the machine's display from whoever has it, for all who look. Raises as `open`.

        Return a channel of one's own, to be closed: nobody else may look any more.
        """
        channel = await context.query(display.open_display, ref, Transport.DBUS)
        self._taken.discard(ref)
        before = self._screens.pop(ref, None)
        view = self._share(ref, channel).view()
        if before is not None:
            before.end()
        return view

    def picture(self, ref: Ref) -> QImage | None:
        """Return what the machine shows now, if somebody looks at it; a copy."""
        screen = self._screens.get(ref)
        if screen is None or screen.is_over or not screen.last.tally.updates:
            return None
        surface = screen.last.surface
        if surface is None:
            return None
        lent = QImage(
            surface.memory,
            surface.width,
            surface.height,
            surface.stride,
            QImage.Format.Format_RGB32,
        )
        return lent.copy()

    def refs(self) -> tuple[Ref, ...]:
        """Return the machines whose screens are open."""
        return tuple(self._screens)

    def clear(self) -> None:
        """Know of none."""
        self._taken.clear()
        self._screens.clear()
        self._coming.clear()

    async def _fetched(self, context: Context, ref: Ref, *, may_ask: bool) -> SharedScreen:
        while ref in self._coming:
            try:
                screen = await self._coming[ref]
            except DisplayAsks:
                if not may_ask:
                    raise
                continue  # whoever was first would not ask for it
            if not screen.is_over:
                return screen
        self._coming[ref] = coming = Promise[SharedScreen]()
        try:
            way = Transport.VNC if ref in self._taken else Transport.BEST
            channel = await context.query(display.open_display, ref, way, may_ask=may_ask)
            screen = self._share(ref, channel)
            coming.settle(screen)
        except BackendError as error:
            coming.fail(error)
            raise
        finally:
            self._coming.pop(ref, None)
            # Whoever was fetching it was sent away: the others try again.
            coming.fail(DisplayEnded())
        return screen

    def _share(self, ref: Ref, channel: FramebufferChannel) -> SharedScreen:
        def forget() -> None:
            # With the screen goes its picture: eight megabytes that nobody looks at.
            if self._screens.get(ref) is screen:
                del self._screens[ref]

        self._screens[ref] = screen = SharedScreen(channel, forget)
        return screen


# Shared by all pages and windows of the program: the screen is the machine's, not a page's.
open_screens: Final = OpenScreens()
