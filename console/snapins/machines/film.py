"""Keeps what machines show: of those that are watched each ten seconds, of others when it matters.

A picture that somebody takes anyway (a page, an open screen) is kept; no machine is asked twice.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage

from backend.errors import BackendError
from backend.journal.entry import During, Entry, What
from backend.model import Domain, DomainState, Kind, Ref
from backend.operations import domain as verbs
from backend.operations import screens
from console.bridge.aside import Aside
from console.sdk.context import Context
from console.snapins.machines import standing
from console.snapins.machines.open_screens import open_screens
from console.snapins.machines.pages.screenshot import pictures

INTERVAL_S: Final = 10.0
EVENT_INTERVAL_S: Final = 3.0
SIZE: Final = QSize(960, 720)
_QUALITY: Final = 50
_LOOK_MS: Final = 5_000
_SOON_MS: Final = 1_000
_FRESH_S: Final = 15.0
_LATE: Final = 0.95
"""A picture each five seconds, and now and then a little early, is one in ten seconds too."""
_QUIET: Final = frozenset(
    {What.AGENT_CONNECTED, What.AGENT_LEFT, What.VIEWER_CAME, What.VIEWER_LEFT}
)
Unsubscribe = Callable[[], None]


class Watched:
    """Which machines are filmed, and when each was last: one for the program, whoever films."""

    def __init__(self) -> None:
        self._counted: Counter[Ref] = Counter()
        self._kept: dict[Ref, float] = {}
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call `listener` when there is another machine to film; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have a machine filmed, from now on and until the returned is called."""
        self._counted[ref] += 1
        for listener in tuple(self._listeners):
            listener()

        def end() -> None:
            self._counted[ref] -= 1
            self._counted += Counter()

        return end

    def refs(self) -> tuple[Ref, ...]:
        """Return the machines that are filmed."""
        return tuple(self._counted)

    def begin(self, ref: Ref, interval_s: float) -> bool:
        """Return whether a picture is due, after so many seconds; then it is being taken."""
        now = time.monotonic()
        if now - self._kept.get(ref, float("-inf")) < interval_s * _LATE:
            return False
        self._kept[ref] = now
        return True

    def clear(self) -> None:
        """Know of none."""
        self._counted.clear()
        self._kept.clear()


# Shared by the cameras of all windows, as the limit is per machine.
watched: Final = Watched()


class Camera(QObject):
    """Films while its window is open."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._aside = Aside("film", self)
        self._ends: tuple[Unsubscribe, ...] = ()
        self._wished: dict[Ref, None] = {}
        self._taking: set[str] = set()
        self._look, self._soon = QTimer(self), QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._look.timeout.connect(self._on_look)
        self._look.start()
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._on_soon)
        self._ends = (
            watched.listen(self._on_look),
            pictures.listen(self._on_picture),
            context.subscribe_entries(self._on_entries),
        )

    def close(self) -> None:
        """Film no more."""
        self._look.stop()
        self._soon.stop()
        ends, self._ends = self._ends, ()
        for end in ends:
            end()

    def _on_look(self) -> None:
        for ref in dict.fromkeys((*watched.refs(), *open_screens.refs())):
            self._take_if_due(ref, INTERVAL_S)

    def _on_entries(self, entries: tuple[Entry, ...]) -> None:
        now = time.time()
        for entry in entries:
            is_seen = entry.during is During.LIVE and now - entry.at < _FRESH_S
            is_told = any(fact.what not in _QUIET for fact in entry.facts)
            if entry.subject.kind is Kind.DOMAIN and is_seen and is_told:
                self._wished[entry.subject] = None
        if self._wished and not self._soon.isActive():
            self._soon.start()  # what happened is to be seen by then

    def _on_soon(self) -> None:
        wished, self._wished = self._wished, {}
        for ref in wished:
            if ref.host in self._taking and self._is_live(ref):
                self._wished[ref] = None  # a host is asked for one picture at a time
            else:
                self._take_if_due(ref, EVENT_INTERVAL_S)
        if self._wished:
            self._soon.start()

    def _on_picture(self, ref: Ref, image: QImage) -> None:
        if watched.begin(ref, INTERVAL_S):
            self._keep(ref, image)

    def _take_if_due(self, ref: Ref, interval_s: float) -> None:
        if not self._is_live(ref) or ref.host in self._taking or not watched.begin(ref, interval_s):
            return
        if (image := open_screens.picture(ref)) is not None:
            self._keep(ref, image)
            return
        self._taking.add(ref.host)
        self._context.run(self._take(ref))

    async def _take(self, ref: Ref) -> None:
        try:
            taken = await self._context.query(verbs.screenshot, ref)
        except BackendError:
            return  # quiet: a machine without a screen, or one that is stuck, has no picture
        finally:
            self._taking.discard(ref.host)
        self._encode(ref, lambda: QImage.fromData(taken))

    def _keep(self, ref: Ref, image: QImage) -> None:
        self._encode(ref, lambda: image)

    def _encode(self, ref: Ref, image: Callable[[], QImage]) -> None:
        at = time.time()
        self._aside.run(lambda: small(image()), lambda picture: self._store(ref, at, picture))

    def _store(self, ref: Ref, at: float, picture: bytes) -> None:
        if picture:
            self._context.run(self._hand_in(ref, at, picture))

    async def _hand_in(self, ref: Ref, at: float, picture: bytes) -> None:
        try:
            await self._context.query(screens.keep, ref, at, picture)
        except BackendError:
            return  # its host was forgotten meanwhile

    def _is_live(self, ref: Ref) -> bool:
        domain = self._context.lookup.record(ref, Domain)
        return (
            domain is not None
            and domain.state in (DomainState.RUNNING, DomainState.PAUSED)
            and domain.live is not None
            and bool(domain.live.video)
            and not standing.is_silent(domain)
        )


def small(image: QImage) -> bytes:
    """Return a picture as a JPEG of at most `SIZE`; nothing of one that is none."""
    if image.isNull():
        return b""
    if image.width() > SIZE.width() or image.height() > SIZE.height():
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        image = image.scaled(SIZE, keep, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", _QUALITY)  # type: ignore[call-overload]  # stubs: the name is bytes
    return bytes(buffer.data().data())
