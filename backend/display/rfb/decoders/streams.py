"""Deflated data, inflated to at most what it may be."""

from collections.abc import Generator

from zlib_ng import zlib_ng

from backend.display.rfb.inbox import PIECE, Inbox, wait
from backend.errors import DisplayBroken

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
        if length > most + most // 64 + _SLACK:
            raise DisplayBroken(detail=(f"{length} compressed bytes for {most}",))
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

    def _inflate(self, data: bytes, most: int) -> bytes:
        try:
            part = self._inflater.decompress(data, most + 1)
        except _ERROR as error:
            raise DisplayBroken(detail=(str(error),)) from error
        if len(part) > most or self._inflater.unconsumed_tail:
            raise DisplayBroken(detail=(f"compressed data of more than {most} bytes",))
        return part
