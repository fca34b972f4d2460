"""The way to one machine's screen, kept open while somebody looks: it connects again by itself."""

from collections.abc import Awaitable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from backend.display.channel import ChannelState, FramebufferChannel, News, Standing
from backend.display.input import Event
from backend.errors import BackendError, Problem
from backend.model import Domain, Ref
from console.bridge.screen_feed import ScreenFeed
from console.sdk import wording
from console.sdk.context import Context
from console.snapins.machines.open_screens import open_screens
from console.snapins.machines.pages.display_pictures import DisplayPictures

_PAUSES_S: Final = (0.3, 1.0, 2.0, 5.0)
# Asked again, these would be answered alike until something about the machine changes.
_FINAL: Final = frozenset(
    {
        "DisplayMissing",
        "ScreenNotAvailable",
        "DisplayRefused",
        "DisplayPasswordWrong",
        "DisplayCertificateUnknown",
        "DisplayDeclined",
        "DisplayAsks",
        "NotPermitted",
        "NotSupported",
    }
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayLink(QObject):
    """One channel at a time, of the machine that was set, while awake; or pictures, without VNC.

    An answer that comes when nobody wants it any more is closed at once.
    """

    arrived = Signal(object)
    """News of a screen that is live."""
    stands = Signal(object)
    """Standing, before the news in which it is another one, and before the first."""
    is_away = Signal(str)
    """Why there is none, in words."""
    taken = Signal()
    """Another program has the machine's display for itself, or no more: see `is_taken`."""

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        *,
        frame_ms: int | None = None,
        may_ask: bool = True,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._frame_ms, self._may_ask = frame_ms, may_ask
        self._domain: Domain | None = None
        self.is_awake = False
        """Whether somebody looks."""
        self._tries = 0
        self._turn = 0
        self._is_opening = self._is_taken = False
        self._is_declined = False
        self._channel: FramebufferChannel | None = None
        self._feed: ScreenFeed | None = None
        self._standing: Standing | None = None
        self._pictures = DisplayPictures(context, self)
        self._pictures.arrived.connect(self._on_arrived)
        self._pictures.failed.connect(self._give_up)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._open)

    @property
    def is_live(self) -> bool:
        """Whether there is a picture, or one is on its way."""
        return self._feed is not None or self._pictures.is_on

    @property
    def is_taken(self) -> bool:
        """Whether another program has the machine's display, and this is had another way."""
        return self._is_taken

    @property
    def domain(self) -> Domain | None:
        """The machine whose screen this is."""
        return self._domain

    def set_domain(self, domain: Domain | None) -> None:
        """Have the screen of this machine, as it stands now."""
        before, self._domain = self._domain, domain
        if before is None or domain is None or before.ref != domain.ref:
            self._is_declined = False
            self._close()
            self._tell_taken()
        # Who did not want to say a password is not asked again with every change of the machine.
        if domain != before and not self._is_declined:
            self.reconnect()

    def wake(self) -> None:
        """Somebody looks; who looks already changes nothing by it."""
        if self.is_awake:
            return
        self.is_awake = True
        self._is_declined = False
        self.reconnect()

    def sleep(self) -> None:
        """Nobody looks: the machine's display is let go."""
        self.is_awake = False
        self._close()

    def reconnect(self) -> None:
        """Try now, if there is something to have and nothing is open."""
        domain = self._domain
        if not self.is_awake or domain is None:
            return
        if not domain.is_active:
            self._close()
            open_screens.release(domain.ref)
            self._tell_taken()
            self.is_away.emit(_off(domain))
        elif self._feed is None and not self._is_opening and not self._pictures.is_on:
            self._tries = 0
            self._open()

    def take_back(self) -> None:
        """Have the display again that another program took."""
        if self._domain is not None:
            self._again.stop()
            self._context.run(self._take_back(self._domain.ref))

    def send(self, events: tuple[Event, ...]) -> None:
        """Have the guest feel this, if it is there."""
        if self._channel is not None:
            self._channel.send(*events)

    def resize(self, width: int, height: int) -> None:
        """Ask the guest for another size, in pixels."""
        if self._channel is not None:
            self._channel.resize(width, height)

    def _open(self) -> None:
        self._again.stop()
        self._turn += 1
        if self._domain and (channel := open_screens.join(self._domain.ref)):
            self._follow(channel)
            return
        self._is_opening = True
        self._context.run(self._fetch(self._turn))

    def _fetch(self, turn: int) -> Awaitable[None]:
        async def fetch() -> None:
            domain = self._domain
            if domain is None:
                return
            try:
                channel = await open_screens.open(self._context, domain.ref, may_ask=self._may_ask)
            except BackendError as error:
                if turn == self._turn:
                    self._is_opening = False
                    self._do_without(error.problem)
                return
            if turn != self._turn:
                channel.close()
                return
            self._is_opening = False
            self._follow(channel)

        return fetch()

    async def _take_back(self, ref: Ref) -> None:
        try:
            channel = await open_screens.take_back(self._context, ref)
        except BackendError as error:
            self._context.show_problem(_tr("The display could not be taken back."), error.problem)
            return
        try:
            if self._domain is not None and self._domain.ref == ref and self.is_awake:
                self._close()
                self._open()
        finally:
            channel.close()  # whoever looks has one by now

    def _do_without(self, problem: Problem) -> None:
        if problem.message_id == "DisplayMissing" and self._domain is not None:
            self._pictures.start(self._domain.ref)
        else:
            self._give_up(problem)

    def _follow(self, channel: FramebufferChannel) -> None:
        self._channel = channel
        self._feed = ScreenFeed(channel, self._on_arrived, self, frame_ms=self._frame_ms)

    def _on_arrived(self, news: News) -> None:
        if news.standing is self._standing:
            self.arrived.emit(news)
        elif news.standing.state is ChannelState.LIVE:
            self._standing = news.standing
            self._tries = 0
            self._tell_taken()
            self.stands.emit(news.standing)
            self.arrived.emit(news)
        elif news.standing.state is ChannelState.ENDED:
            self._close()
            reason = news.standing.reason
            if reason is not None and reason.message_id == "DisplayTaken" and self._domain:
                # Not asked back: the other would, too.
                open_screens.note_taken(self._domain.ref)
                self._open()
            else:
                self._give_up(reason)

    def _give_up(self, problem: Problem | None) -> None:
        """Say why there is no screen, and try again where that makes sense."""
        domain = self._domain
        if domain is None:
            return
        if not domain.is_active:
            self.is_away.emit(_off(domain))
            return
        if problem is not None:
            self._is_declined = problem.message_id in ("DisplayDeclined", "DisplayAsks")
            self.is_away.emit(_why(problem))
        if problem is None or problem.message_id not in _FINAL:
            pause_s = _PAUSES_S[min(self._tries, len(_PAUSES_S) - 1)]
            self._tries += 1
            self._again.start(round(pause_s * 1000))

    def _tell_taken(self) -> None:
        is_taken = self._domain is not None and open_screens.is_taken(self._domain.ref)
        if is_taken is not self._is_taken:
            self._is_taken = is_taken
            self.taken.emit()

    def _close(self) -> None:
        self._again.stop()
        self._turn += 1
        self._is_opening = False
        self._pictures.stop()
        self._standing = None
        feed, self._feed, self._channel = self._feed, None, None
        if feed is not None:
            feed.close()
            feed.deleteLater()


def _off(domain: Domain) -> str:
    state = wording.state(domain)
    return _tr("{name} is {state}.").format(name=domain.name, state=state.lower())


def _why(problem: Problem) -> str:
    return "\n".join((wording.sentence(problem), *problem.detail))
