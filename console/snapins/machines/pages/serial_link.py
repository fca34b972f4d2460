"""The way to one serial port, kept open while somebody looks: it connects again by itself.

A port has one client. One that another client has is asked for again now and then, and taken only
when somebody says so.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from backend.errors import BackendError, Problem
from backend.model import Domain
from backend.operations import serial
from backend.ports import Hold, SerialPort
from backend.serial.channel import News
from console.bridge.serial_feed import SerialFeed
from console.sdk import wording
from console.sdk.context import Context

_PAUSES_S: Final = (0.3, 1.0, 2.0, 5.0)
# Asked again, these would be answered alike until something about the machine changes.
_FINAL: Final = frozenset({"SerialMissing", "NotPermitted", "NotSupported"})


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SerialLink(QObject):
    """One channel at a time, of the port that was set, while awake."""

    arrived = Signal(object)
    """Heard: what the guest wrote."""
    is_open = Signal()
    """From here on somebody reads what is typed."""
    is_away = Signal(str, bool)
    """Why nobody does, in words; and whether another client has the port."""

    def __init__(
        self, context: Context, is_ready: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._is_ready = is_ready
        self._domain: Domain | None = None
        self._port: SerialPort | None = None
        self._is_awake = self._is_opening = False
        self._tries = self._turn = 0
        self._feed: SerialFeed | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._open)

    @property
    def is_live(self) -> bool:
        """Whether somebody reads what is typed."""
        return self._feed is not None

    @property
    def domain(self) -> Domain | None:
        """The machine whose port this is."""
        return self._domain

    @property
    def place(self) -> tuple[object, ...]:
        """Which port of which machine that is, however they change."""
        return _place(self._domain, self._port)

    def set_port(self, domain: Domain | None, port: SerialPort | None) -> None:
        """Have this port of this machine, as it stands now."""
        before = self.place
        self._domain, self._port = domain, port
        if before != self.place:
            self._close()
        self.reconnect()

    def wake(self) -> None:
        """Somebody looks."""
        self._is_awake = True
        self.reconnect()

    def sleep(self) -> None:
        """Nobody looks: the port is another client's to have."""
        self._is_awake = False
        self._close()

    def reconnect(self) -> None:
        """Try now, if there is something to have and nothing is open."""
        domain = self._domain
        if not self._is_awake or domain is None or self._port is None:
            return
        if not domain.is_active:
            self._close()
            self.is_away.emit(_off(domain), False)  # noqa: FBT003  # Qt's own signature
        elif self._feed is None and not self._is_opening:
            self._tries = 0
            self._open()

    def take_over(self) -> None:
        """Have the port, whoever has it."""
        self._close()
        self._open(Hold.FORCE)

    def send(self, data: bytes) -> bool:
        """Have the guest read this; False if it does not."""
        return self._feed is not None and self._feed.send(data)

    def go_on(self) -> None:
        """There is time for what came meanwhile."""
        if self._feed is not None:
            self._feed.go_on()

    def _open(self, hold: Hold = Hold.SAFE) -> None:
        self._again.stop()
        self._turn += 1
        self._is_opening = True
        self._context.run(self._fetch(self._turn, hold))

    def _fetch(self, turn: int, hold: Hold) -> Awaitable[None]:
        async def fetch() -> None:
            domain, port = self._domain, self._port
            if domain is None or port is None:
                return
            try:
                channel = await self._context.query(
                    serial.open_port, domain.ref, port.kind, port.number, hold
                )
            except BackendError as error:
                if turn == self._turn:
                    self._is_opening = False
                    self._give_up(error.problem)
                return
            if turn != self._turn:
                channel.close()
                return
            self._is_opening = False
            self._tries = 0
            self._feed = SerialFeed(channel, self._is_ready, self)
            self._feed.arrived.connect(self._on_arrived)
            self.is_open.emit()

        return fetch()

    def _on_arrived(self, news: News) -> None:
        self.arrived.emit(news.heard)
        if news.reason is not None:
            self._close()
            self._give_up(news.reason)

    def _give_up(self, problem: Problem) -> None:
        """Say why there is nothing, and try again where that makes sense."""
        domain = self._domain
        if domain is None:
            return
        is_taken = problem.message_id == "SerialInUse"
        words = wording.sentence(problem) if domain.is_active else _off(domain)
        self.is_away.emit(words, is_taken)
        if problem.message_id not in _FINAL and domain.is_active:
            pause_s = _PAUSES_S[-1 if is_taken else min(self._tries, len(_PAUSES_S) - 1)]
            self._tries += 1
            self._again.start(round(pause_s * 1000))

    def _close(self) -> None:
        self._again.stop()
        self._turn += 1
        self._is_opening = False
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()
            feed.deleteLater()


def _place(domain: Domain | None, port: SerialPort | None) -> tuple[object, ...]:
    return domain and domain.ref, port and (port.kind, port.number)


def _off(domain: Domain) -> str:
    state = wording.state(domain)
    return _tr("{name} is {state}.").format(name=domain.name, state=state.lower())
