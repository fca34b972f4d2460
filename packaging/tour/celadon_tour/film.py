"""A short video of the window: a picture now and then, and the waiting cut short."""

import contextlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt, QTimer
from PySide6.QtGui import QImageWriter

from celadon_tour.pictures import Album, picture

FILE = "keynote.webp"
INTERVAL_MS = 350
SHOWN_S_MAXIMUM = 1.2
"""While nothing changes for longer, nobody wants to look on."""
WIDTH = 1080
FRAMES_MAXIMUM = 220
_QUALITY = 60


@dataclass
class Film:
    """Pictures as they were taken, packed, each with the moment (s, monotonic) that it was seen."""

    frames: list[tuple[float, bytes]] = field(default_factory=list)

    def add(self, at: float, frame: bytes) -> None:
        """Take a picture in, unless it is like the one before; of too many, every other goes."""
        if not self.frames or self.frames[-1][1] != frame:
            self.frames.append((at, frame))
        if len(self.frames) > FRAMES_MAXIMUM:
            del self.frames[1::2]

    def durations_ms(self) -> list[int]:
        """Return how long each is shown."""
        times = [at for at, _frame in self.frames]
        ends = [*times[1:], times[-1] + SHOWN_S_MAXIMUM]
        pairs = zip(times, ends, strict=True)
        return [round(min(end - at, SHOWN_S_MAXIMUM) * 1000) for at, end in pairs]

    def write(self, file: Path) -> None:
        """Write it as an animated picture, which browsers and README show. Needs two frames."""
        first, *rest = (Image.open(io.BytesIO(frame)) for _at, frame in self.frames)
        first.save(
            file, "WEBP", save_all=True, append_images=rest, duration=self.durations_ms(),
            loop=0, quality=_QUALITY, method=2, kmin=30, kmax=60,
        )  # fmt: skip


@contextlib.contextmanager
def filmed(album: Album) -> Iterator[Film]:
    """Take pictures of the window until the block ends."""
    film, timer = Film(), QTimer()

    def take() -> None:
        packed = QBuffer()
        packed.open(QIODevice.OpenModeFlag.WriteOnly)
        smooth = Qt.TransformationMode.SmoothTransformation
        writer = QImageWriter(packed, b"jpg")
        writer.setQuality(92)
        writer.write(picture(album.window).toImage().scaledToWidth(WIDTH, smooth))
        film.add(time.monotonic(), bytes(packed.data().data()))

    timer.timeout.connect(take)
    timer.start(INTERVAL_MS)
    try:
        yield film
    finally:
        timer.stop()
