"""Deflated data, inflated to at most what it may be."""

from collections.abc import Callable, Generator

from zlib_ng import zlib_ng

from backend.display.rfb.inbox import PIECE, Inbox, Steps, wait
from backend.errors import DisplayBroken

PART = 1 << 16
"""What is larger is better poured: memory of megabytes is given back to the kernel each time."""
_SIP = 1 << 13
_SLACK = 4096
_ERROR: type[Exception] = zlib_ng.error  # type: ignore[assignment]  # its stub takes it for one


class Stream:
    """One zlib stream that lasts as long as its connection."""

    def __init__(self) -> None:
        self._inflater = zlib_ng.decompressobj()

    def reset(self) -> None:
        """Begin a new stream."""
        self._inflater = zlib_ng.decompressobj()

    def read(self, inbox: Inbox, length: int, most: int) -> Generator[int, None, bytes | bytearray]:
        """Return what `length` bytes become. Raises DisplayBroken for more than `most` of it."""
        _require_fitting(length, most)
        if length <= PIECE:
            yield from wait(inbox, length)
            return self._inflate(inbox.take(length), most)
        whole = bytearray()
        while length:
            piece = min(length, PIECE)
            yield from wait(inbox, piece)
            whole += self._inflate(inbox.take(piece), most - len(whole))
            length -= piece
        return whole

    def pour(self, inbox: Inbox, length: int, most: int, put: Callable[[bytes], None]) -> Steps:
        """Have `put` called with what `length` bytes become, in parts that stay in the cache.

        Raises DisplayBroken for more than `most` of it.
        """
        _require_fitting(length, most)
        count = 0
        while length:
            data = yield from _taken(inbox, min(length, _SIP))
            length -= len(data)
            is_full = True
            while data or is_full:
                part = self._decompress(data, PART)
                count += len(part)
                if count > most:
                    raise _too_much(most)
                put(part)
                data, is_full = self._inflater.unconsumed_tail, len(part) == PART

    def inflate(self, data: bytearray, most: int) -> bytes:
        """Return what this becomes, as `read` does."""
        _require_fitting(len(data), most)
        return self._inflate(data, most)

    def _inflate(self, data: bytes | bytearray, most: int) -> bytes:
        part = self._decompress(data, most + 1)
        if len(part) > most or self._inflater.unconsumed_tail:
            raise _too_much(most)
        return part

    def _decompress(self, data: bytes | bytearray, most: int) -> bytes:
        try:
            return self._inflater.decompress(data, most)
        except _ERROR as error:
            raise DisplayBroken(detail=(str(error),)) from error


def _taken(inbox: Inbox, count: int) -> Generator[int, None, bytes]:
    yield from wait(inbox, count)
    return inbox.take(count)


def _too_much(most: int) -> DisplayBroken:
    return DisplayBroken(detail=(f"compressed data of more than {most} bytes",))


def _require_fitting(length: int, most: int) -> None:
    if length > most + most // 64 + _SLACK:
        raise DisplayBroken(detail=(f"{length} compressed bytes for {most}",))
