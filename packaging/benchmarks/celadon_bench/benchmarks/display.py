"""The display: what painting a guest's screen costs, beside gtk-vnc and TigerVNC's viewer.

Ours takes a picture once in a frame of the screen at most, its peers whenever one comes: where a
server is faster than sixty a second, more frames are no merit. What is counted is the processor
time of a viewer and the processes it started, the kernel's for them too; what the X server takes to
draw is counted for nobody. RFB goes through `tap` for all of them, and a guest is the same for all,
who take turns at it.

Work that is done thirty times a second costs two to five times what it costs at once: others had
the caches meanwhile. So figures of one run can be compared, and those of two runs hardly.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtWidgets import QApplication

from celadon_bench.display import floor
from celadon_bench.display.encoders import Coding
from celadon_bench.display.figures import Painted, beside, best, painted_rows, took_rows
from celadon_bench.display.guest import SCROLLED_ROWS, Guest, Video, has_dbus_display
from celadon_bench.display.pictures import desktop
from celadon_bench.display.stage import Play, Stage
from celadon_bench.display.tap import Tap
from celadon_bench.display.theatre import Theatre, full_frames, small_frames
from celadon_bench.display.viewers import OURS, Viewer, peers
from celadon_bench.rows import Row, say
from console.program import make_application

SIZES: Final = ((1024, 768), (1920, 1080))
ROUNDS, LIVE_S, PLAYED_S, IDLE_S, KEPT_UP_S = 2, 4.0, 2.5, 6.0, 6.0
OPENINGS, LOOKS = 5, 40
FIRST_MS, RATE = 60.0, 60.0
DBUS_OF_RAW, RAW_OF_RAW, ZLIB_OF_BEST = 0.25, 0.5, 1.0
_NEEDED: Final = ("Xvfb", "openbox", "xdotool", "qemu-system-x86_64", "gcc", "as", "ld", "objcopy")
_COMPRESSED: Final = (Coding.ZRLE, Coding.TIGHT)


def measure() -> tuple[Row, ...]:
    """Return what was measured; none where a screen or a guest cannot be had."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        say(f"the display is not measured: {', '.join(missing)} is not installed")
        return ()
    _application = QApplication.instance() or make_application()  # held: Qt does not
    theatre = Theatre()
    try:
        rows = tuple(_rows(theatre, (OURS, *peers(say))))
    finally:
        theatre.close()
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    say(f"display: the machine's load was {load:.1f} a processor, our own guests counted")
    return rows


def _rows(theatre: Theatre, viewers: Sequence[Viewer]) -> Iterator[Row]:
    for size in SIZES:
        yield from _live(theatre, viewers, size, Video.VGA, tuple(Coding))
        # VNC encodes one as the other.
        yield from _live(theatre, viewers, size, Video.VIRTIO, (Coding.RAW,))
    for size in SIZES:
        yield from _played(theatre, viewers, size)
        yield from _latency(theatre, viewers, size)
    yield from _opened(theatre, viewers)
    yield from _idle(theatre, viewers)
    yield from _kept_up(theatre)


def _live(
    theatre: Theatre,
    viewers: Sequence[Viewer],
    size: tuple[int, int],
    video: Video,
    codings: Sequence[Coding],
) -> Iterator[Row]:
    """A guest that scrolls: the viewers take turns, so that each has the same weather."""
    name = f"live scrolling guest, {video.value}, {size[0]}x{size[1]}"
    say(f"display: {name} ...")
    with_dbus = has_dbus_display()
    if not with_dbus:
        say("QEMU has no D-Bus display here: apt-get install qemu-system-modules-opengl")
    picture = desktop(size[0], size[1] + SCROLLED_ROWS)
    painted: dict[str, dict[str, Painted]] = defaultdict(dict)
    floors: list[float] = []
    guest = Guest(theatre.folder, picture, has_dbus=with_dbus, video=video)
    try:
        guest.turn()
        for _ in range(ROUNDS):
            for coding in codings:
                tap = Tap(theatre.folder / "tap", guest.vnc, size, coding)
                for viewer in viewers:
                    if coding in viewer.codings:
                        with _unless_nothing(name, coding.name, tap):
                            one = theatre.painted(viewer, tap, coding, LIVE_S)
                            _add(painted[f"RFB {coding.name}"], viewer.name, one)
                tap.close()
            if with_dbus:
                with _unless_nothing(name, "D-Bus"):
                    way = guest.dbus().detach()
                    _add(painted["D-Bus"], OURS.name, theatre.painted_by_dbus(way, size, LIVE_S))
                floors.append(floor.cost_ms(size, LIVE_S))
    finally:
        guest.close()
    yield from _live_rows(name, painted)
    yield from _dbus_rows(name, painted["D-Bus"], floors)


def _live_rows(name: str, painted: dict[str, dict[str, Painted]]) -> Iterator[Row]:
    costs: dict[str, dict[str, float]] = defaultdict(dict)
    costs |= {way: {v: one.cost_ms for v, one in of.items()} for way, of in painted.items()}
    raw = costs["RFB RAW"]
    raw_ms = raw.get(best(raw))
    packed: dict[str, float] = {}
    for coding in _COMPRESSED:
        of_coding = costs[f"RFB {coding.name}"]
        packed |= {f"{v} {coding.name}": of_coding[v] for v in of_coding if v != OURS.name}
    packed_best = best(packed)
    for way, of in painted.items():
        goal, others = None, dict(of)
        if way == "D-Bus" and raw_ms is not None:
            goal = DBUS_OF_RAW * raw_ms
            others |= {v: one for v, one in painted["RFB RAW"].items() if v != OURS.name}
        elif way == "RFB RAW" and raw_ms is not None:
            goal = RAW_OF_RAW * raw_ms
        yield from painted_rows(f"{name}, {way}", others, goal)
    if packed_best:
        figures = costs["RFB ZLIB"] | {packed_best: packed[packed_best]}
        title = f"{name}, RFB ZLIB beside the best compressed encoding, CPU per megapixel"
        yield from beside(title, "ms", figures, ZLIB_OF_BEST * packed[packed_best])


def _dbus_rows(name: str, painted: dict[str, Painted], floors: Sequence[float]) -> Iterator[Row]:
    if OURS.name in painted:
        ours = painted[OURS.name]
        title = f"{name}, D-Bus beside a bare receive and draw, CPU per megapixel"
        yield Row(title, "ms", ours.cost_ms, sum(floors) / len(floors), "floor")
        # Four, or next to none where QEMU shares the memory.
        for_a_pixel = ours.received_bytes / max(1, ours.pixels)
        yield Row(f"{name}, D-Bus, received for a pixel", "B", for_a_pixel)


def _played(theatre: Theatre, viewers: Sequence[Viewer], size: tuple[int, int]) -> Iterator[Row]:
    """Pictures made beforehand, as fast as each viewer asks for them."""
    picture = desktop(size[0], size[1] + 64)
    for kind, make in (("full frames", full_frames), ("16 rectangles of 64x64", small_frames)):
        name = f"played {kind}, {size[0]}x{size[1]}"
        say(f"display: {name} ...")
        for coding in Coding:
            frames = make(picture, size, coding)
            stage = Stage(theatre.folder / "stage", size, Play(frames))
            painted: dict[str, Painted] = {}
            for viewer in viewers:
                if coding in viewer.codings:
                    with _unless_nothing(name, coding.name):
                        painted[viewer.name] = theatre.painted(viewer, stage, coding, PLAYED_S)
            stage.close()
            yield from painted_rows(f"{name}, RFB {coding.name}", painted)


def _latency(theatre: Theatre, viewers: Sequence[Viewer], size: tuple[int, int]) -> Iterator[Row]:
    say(f"display: from write to paint, {size[0]}x{size[1]} ...")
    tile: dict[str, list[float]] = {}
    full: dict[str, list[float]] = {}
    for viewer in viewers:
        with theatre.shown(viewer, size) as shown:
            colours = [0x400000 + 0x0305 * number for number in range(2 * LOOKS)]
            seen = [shown.after_ms(colour, 64, 64) for colour in colours[:LOOKS]]
            tile[viewer.name] = [ms for ms in seen if ms is not None]
            seen = [shown.after_ms(colour, *size) for colour in colours[LOOKS:]]
            full[viewer.name] = [ms for ms in seen if ms is not None]
    yield from took_rows(f"write to paint, 64x64 of {size[0]}x{size[1]}", tile)
    yield from took_rows(f"write to paint, all of {size[0]}x{size[1]}", full)


def _opened(theatre: Theatre, viewers: Sequence[Viewer]) -> Iterator[Row]:
    say("display: the first picture ...")
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(OPENINGS):
        for viewer in viewers:
            with theatre.shown(viewer, SIZES[-1]) as shown:
                took[viewer.name] += [] if shown.first_ms is None else [shown.first_ms]
    yield from took_rows("connected to first picture, 1920x1080", took, FIRST_MS)


def _idle(theatre: Theatre, viewers: Sequence[Viewer]) -> Iterator[Row]:
    say("display: a guest that stands still ...")
    guest = Guest(theatre.folder, desktop(SIZES[0][0], SIZES[0][1] + SCROLLED_ROWS), has_dbus=False)
    wakings: dict[str, float] = {}
    try:
        for viewer in viewers:
            tap = Tap(theatre.folder / "tap", guest.vnc, SIZES[0], Coding.RAW)
            with _unless_nothing("idle guest", viewer.name, tap):
                wakings[viewer.name] = theatre.idle(viewer, tap, IDLE_S)
            tap.close()
    finally:
        guest.close()
    yield from beside("idle guest, wakings of the viewer", "1/s", wakings, 0.0)


def _kept_up(theatre: Theatre) -> Iterator[Row]:
    say("display: sixty pictures a second ...")
    size = SIZES[-1]
    frames = full_frames(desktop(size[0], size[1] + 64), size, Coding.RAW)
    painted, share = theatre.kept_up(frames, size, RATE, KEPT_UP_S)
    missed = max(0.0, (RATE - painted) * KEPT_UP_S)
    told = f"of {RATE * KEPT_UP_S:.0f} pictures at 60 a second, 1920x1080, RFB RAW"
    yield Row(f"not painted {told}", "", round(missed), goal=RATE * KEPT_UP_S / 100)
    yield Row(f"one processor's share for that, {told}", "%", share * 100, goal=100.0)


@contextmanager
def _unless_nothing(where: str, way: str, tap: Tap | None = None) -> Iterator[None]:
    """Leave out who shows nothing, and say so: the other figures stand all the same."""
    try:
        yield
    except TimeoutError as error:
        why = f" ({tap.problem})" if tap is not None and tap.problem else ""
        say(f"display: {where}, {way}: {error}{why}")


def _add(painted: dict[str, Painted], name: str, one: Painted) -> None:
    painted[name] = painted[name] + one if name in painted else one
