"""RFB as its client, without socket or thread: bytes in, pixels and bytes out.

Whoever has the socket receives into `room()`, says how much it was with `received()`, and sends
what stands in `outgoing`. What is wrong is raised there as one of ours, and that is the end.
"""

import time

from backend.display.input import Event
from backend.display.rfb import messages
from backend.display.rfb.access import Access
from backend.display.rfb.bulk import Bulk
from backend.display.rfb.canvas import Canvas, Remarks
from backend.display.rfb.inbox import Steps, skip, wait
from backend.display.rfb.line import Line
from backend.display.rfb.login import log_in
from backend.display.rfb.messages import Hands
from backend.display.rfb.texts import skip_text
from backend.display.surface import Rect, Surface
from backend.errors import DisplayBroken, DisplayEnded

_CLIPBOARD_MOST = 1 << 24
_UPDATE, _COLOURS, _BELL, _CLIPBOARD = 0, 1, 2, 3


class RfbProtocol:
    """One connection. `name` is the server's own for its screen; `updates` counts pictures.

    `line` is read from here alone. `is_within` says whether a message has begun and not ended;
    `is_asked`, whether an update was asked for that has not come.
    """

    def __init__(self, encodings: tuple[int, ...], access: Access | None = None) -> None:
        self.name = ""
        self.updates = 0
        self.is_asked = self._is_asked_for_all = False
        self.is_within = True
        self._is_shown = False
        self._encodings = encodings
        self.line = Line()
        self._inbox, self._said = self.line.inbox, self.line.said
        self._canvas = Canvas(self._inbox)
        self._hands = Hands()
        self._bulk = Bulk()
        self._steps = self._run(access or Access())
        self._wanted = next(self._steps)

    @property
    def surface(self) -> Surface | None:
        """What the server draws on; None until it said how large that is."""
        return self._canvas.surface if self._is_shown else None

    @property
    def remarks(self) -> Remarks:
        """What the server said besides."""
        return self._canvas.remarks

    # What comes in

    def room(self) -> memoryview:
        """Return where the next bytes may be received."""
        return self.line.room()

    def received(self, count: int) -> None:
        """So many bytes were received. Raises what is wrong with them."""
        try:
            for _ in self.line.received(count):
                if self._inbox.ready >= self._wanted:
                    self._wanted = self._steps.send(None)
        except DisplayEnded:  # TLS says so itself
            self.ended()

    def ended(self) -> None:
        """No more will be received. Raises what that means: DisplayEnded, or something nearer."""
        self._steps.throw(DisplayEnded())

    def close(self) -> None:
        """Nothing is received any more: its memory goes now, not when garbage is collected."""
        self._steps.close()
        self._inbox.block = bytearray()

    def feed(self, data: bytes) -> None:
        """Receive these bytes, however many."""
        rest = memoryview(data)
        while rest:
            room = self.room()
            count = min(len(room), len(rest))
            room[:count] = rest[:count]
            rest = rest[count:]
            self.received(count)

    def take_damage(self) -> tuple[Rect, ...]:
        """Return what was drawn since the last time."""
        return self._canvas.take_damage()

    # What goes out

    @property
    def outgoing(self) -> bytearray:
        """What is to be sent; whoever sends it takes it out."""
        return self.line.outgoing

    def ask(self) -> None:
        """Ask for the next update, unless that was done already."""
        if not self.is_asked and self._is_shown:
            self._is_asked_for_all = self._bulk.ask()
            self._request(is_incremental=not self._is_asked_for_all)

    def ask_for_sign(self) -> None:
        """Ask for one pixel, whether it has changed or not: a server that lives sends it."""
        self._said += messages.dump_request(Rect(0, 0, 1, 1), is_incremental=False)

    def send(self, event: Event) -> None:
        """Have the guest feel this."""
        if self._is_shown:
            self._said += self._hands.dump(event)

    def prefer(self, encodings: tuple[int, ...]) -> None:
        """Have pictures written like that from the next one on."""
        if encodings != self._encodings:
            self._encodings = encodings
            if self._is_shown:
                self._said += messages.dump_encodings(encodings)

    def resize(self, width: int, height: int) -> None:
        """Ask for another size, where the server can."""
        if self.remarks.can_resize:
            self._said += messages.dump_size(width, height, self.remarks.screen_id)

    def _request(self, *, is_incremental: bool) -> None:
        self.is_asked = True
        whole = self._canvas.surface.whole
        self._said += messages.dump_request(whole, is_incremental=is_incremental)

    # How it is read

    def _run(self, access: Access) -> Steps:
        greeting = yield from log_in(self.line, access)
        self.name = greeting.name
        self._canvas.show(greeting.width, greeting.height)
        self._is_shown = True
        self._said += messages.dump_setup(self._encodings)
        self._request(is_incremental=False)
        while True:
            self.is_within = False
            yield from wait(self._inbox, 1)
            self.is_within = True
            yield from self._read_message(self._inbox.take(1)[0])

    def _read_message(self, kind: int) -> Steps:
        if kind == _UPDATE:
            yield from wait(self._inbox, 3)
            yield from self._read_update(int.from_bytes(self._inbox.take(3)[1:]))
        elif kind == _COLOURS:
            yield from wait(self._inbox, 5)
            yield from skip(self._inbox, 6 * int.from_bytes(self._inbox.take(5)[3:]))
        elif kind == _CLIPBOARD:
            yield from skip(self._inbox, 3)
            yield from skip_text(self._inbox, _CLIPBOARD_MOST)
        elif kind != _BELL:
            raise DisplayBroken(detail=(f"a message of kind {kind}",))

    def _read_update(self, count: int) -> Steps:
        was_asked_for_all = self._is_asked_for_all
        self.is_asked = self._is_asked_for_all = False
        canvas = self._canvas
        before, drawn_before, raw_before = canvas.surface, canvas.drawn, canvas.raw_rects
        yield from canvas.read_update(count)
        self._hands.is_absolute = self.remarks.is_absolute
        self._hands.takes_scan_codes = self.remarks.takes_scan_codes
        if drawn := canvas.drawn - drawn_before:
            self.updates += 1
            if self._encodings[0] == messages.Encoding.RAW:  # on other links bytes are dear
                raw_rects = canvas.raw_rects - raw_before
                self._bulk.took(raw_rects, drawn, canvas.surface.pixels.size, time.monotonic())
        elif was_asked_for_all and count:
            # QEMU says its screen's size first: nothing to look at, and nothing to ask after.
            self.is_asked = True
        if canvas.surface is not before:
            self._request(is_incremental=False)
