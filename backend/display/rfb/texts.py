"""Texts that a server sends: a length of four bytes, and so many bytes."""

from collections.abc import Generator

from backend.display.rfb.inbox import Inbox, Steps, skip, wait
from backend.errors import DisplayBroken

_TEXT_MOST = 4096


def read_bytes(inbox: Inbox, most: int = _TEXT_MOST) -> Generator[int, None, bytes]:
    """Return the bytes that come after their length. Raises DisplayBroken for more than `most`."""
    yield from wait(inbox, 4)
    length = int.from_bytes(inbox.take(4))
    if length > most:
        raise DisplayBroken(detail=(f"a text of {length} bytes",))
    yield from wait(inbox, length)
    return inbox.take(length)


def read_text(inbox: Inbox) -> Generator[int, None, str]:
    """Return a text as one line. Raises DisplayBroken for one that is no name and no reason."""
    text = yield from read_bytes(inbox)
    return " ".join(text.decode("utf-8", "replace").replace("\0", "").split())


def skip_text(inbox: Inbox, most: int) -> Steps:
    """Pass over a text that nobody wants. Raises DisplayBroken for more than `most` bytes."""
    yield from wait(inbox, 4)
    # A negative length is that of the extended clipboard, which was not asked for.
    length = abs(int.from_bytes(inbox.take(4), signed=True))
    if length > most:
        raise DisplayBroken(detail=(f"a text of {length} bytes",))
    yield from skip(inbox, length)
