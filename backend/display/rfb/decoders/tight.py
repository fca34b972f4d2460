"""Tight (rfbproto, 7.7.7), with JPEG by libjpeg-turbo where a link is slow enough to ask for it."""

from collections.abc import Generator

import numpy as np
import numpy.typing as npt
import simplejpeg

from backend.display.rfb.decoders.streams import Stream
from backend.display.rfb.inbox import PIECE, Inbox, Steps, wait
from backend.display.surface import BYTES_PER_PIXEL, Pixels
from backend.errors import DisplayBroken

_FILL, _JPEG = 8, 9
# A picture may be sent in several passes, each of which costs as much as it is large.
_PASSES_MOST = 10
_JPEG_SLACK = 4096
_COPY, _PALETTE, _GRADIENT = 0, 1, 2
_UNCOMPRESSED_BELOW = 12
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)


def _colours(data: bytes) -> Pixels:
    """Return what pixels of red, green and blue are, in ours."""
    return _joined(np.frombuffer(data, np.uint8).reshape(-1, 3))


class Tight:
    """Four streams, and a filter for each rectangle."""

    def __init__(self) -> None:
        self._streams = tuple(Stream() for _ in range(4))

    def read(self, inbox: Inbox, target: Pixels) -> Steps:
        """Fill `target`."""
        yield from wait(inbox, 1)
        control = inbox.take(1)[0]
        for number, stream in enumerate(self._streams):
            if control >> number & 1:
                stream.reset()
        control >>= 4
        if control == _FILL:
            yield from wait(inbox, 3)
            target[:] = _colours(inbox.take(3))[0]
        elif control == _JPEG:
            yield from _read_jpeg(inbox, target)
        elif control < _FILL:
            yield from self._read_filtered(inbox, target, control)
        else:
            raise DisplayBroken(detail=(f"Tight of kind {control}",))

    def _read_filtered(self, inbox: Inbox, target: Pixels, control: int) -> Steps:
        stream = self._streams[control & 3]
        chosen = _COPY
        if control & 4:
            yield from wait(inbox, 1)
            chosen = inbox.take(1)[0]
        if chosen == _PALETTE:
            yield from self._read_palette(inbox, target, stream)
        elif chosen in (_COPY, _GRADIENT):
            data = yield from _payload(inbox, stream, target.size * 3)
            parts = np.frombuffer(data, np.uint8).reshape(*target.shape, 3)
            target[:] = _joined(_from_gradient(parts) if chosen == _GRADIENT else parts)
        else:
            raise DisplayBroken(detail=(f"Tight filter {chosen}",))

    def _read_palette(self, inbox: Inbox, target: Pixels, stream: Stream) -> Steps:
        yield from wait(inbox, 1)
        count = inbox.take(1)[0] + 1
        yield from wait(inbox, count * 3)
        palette = _colours(inbox.take(count * 3))
        height, width = target.shape
        if count == 2:
            row_bytes = (width + 7) // 8
            data = yield from _payload(inbox, stream, row_bytes * height)
            # Eight pixels for each byte there can be: one gather a byte.
            octets = palette[_BITS].view("V32").ravel()
            rows = octets.take(np.frombuffer(data, np.uint8)).view(np.uint32)
            target[:] = rows.reshape(height, -1)[:, :width]
            return
        data = yield from _payload(inbox, stream, width * height)
        whole = np.zeros(256, np.uint32)
        whole[:count] = palette
        target[:] = whole.take(np.frombuffer(data, np.uint8)).reshape(height, width)


def _read_jpeg(inbox: Inbox, target: Pixels) -> Steps:
    length = yield from _compact_length(inbox)
    if length > target.size * BYTES_PER_PIXEL + _JPEG_SLACK:
        raise DisplayBroken(detail=(f"a JPEG of {length} bytes for {target.size} pixels",))
    data = bytearray()
    while len(data) < length:
        piece = min(length - len(data), PIECE)
        yield from wait(inbox, piece)
        data += inbox.take(piece)
    if data.count(b"\xff\xda") > _PASSES_MOST:
        raise DisplayBroken(detail=("a JPEG of too many passes",))
    picture = np.empty((*target.shape, BYTES_PER_PIXEL), np.uint8)
    try:
        height, width, *_ = simplejpeg.decode_jpeg_header(data)
        if (height, width) == target.shape:
            simplejpeg.decode_jpeg(data, "BGRX", buffer=picture)
    except ValueError as error:
        raise DisplayBroken(detail=(f"JPEG: {error}",)) from error
    if (height, width) != target.shape:
        raise DisplayBroken(detail=(f"a JPEG of {width} x {height} pixels",))
    target[:] = picture.view(np.uint32)[..., 0]


def _payload(inbox: Inbox, stream: Stream, size: int) -> Generator[int, None, bytes | bytearray]:
    """Return `size` bytes, which are compressed unless they are few."""
    if size < _UNCOMPRESSED_BELOW:
        yield from wait(inbox, size)
        return inbox.take(size)
    length = yield from _compact_length(inbox)
    data = yield from stream.read(inbox, length, size)
    if len(data) != size:
        raise DisplayBroken(detail=(f"{len(data)} of {size} bytes of a rectangle",))
    return data


def _compact_length(inbox: Inbox) -> Generator[int, None, int]:
    length = 0
    for shift in (0, 7, 14):
        yield from wait(inbox, 1)
        byte = inbox.take(1)[0]
        if shift == 14:
            return length | byte << shift
        length |= (byte & 127) << shift
        if not byte & 128:
            break
    return length


def _joined(parts: npt.NDArray[np.uint8]) -> Pixels:
    """Return pixels for bytes of red, green and blue along the last axis."""
    whole = np.zeros((*parts.shape[:-1], BYTES_PER_PIXEL), np.uint8)
    whole[..., 2::-1] = parts
    return whole.view(np.uint32)[..., 0]


def _from_gradient(parts: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Undo the prediction of each pixel from those left, above, and left above of it."""
    height, width, _three = parts.shape
    above = np.zeros((width + 1, 3), np.int16)
    result = np.empty_like(parts)
    for y in range(height):
        row = np.zeros((width + 1, 3), np.int16)
        steps = above[1:] - above[:-1]
        for x in range(width):
            guess = np.clip(row[x] + steps[x], 0, 255)
            row[x + 1] = (guess + parts[y, x]) & 255
        result[y] = row[1:]
        above = row
    return result
