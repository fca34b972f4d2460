"""What the viewers are given: pictures that are written, counted and handed on as they are."""

import io
import socket
import struct
import subprocess
import threading
from pathlib import Path

import numpy as np
import pytest
from celadon_bench.display import guest
from celadon_bench.display.asks import ENCODINGS, only, read_message
from celadon_bench.display.encoders import Coding, encode
from celadon_bench.display.meter import Meter
from celadon_bench.display.pictures import Picture, desktop
from celadon_bench.display.stage import Play, Script, Stage
from celadon_bench.display.tap import Tap
from celadon_bench.display.theatre import full_frames, small_frames
from pytestqt.qtbot import QtBot

from backend.display.rfb.messages import Link as RfbLink
from backend.display.rfb.messages import encodings_for
from backend.display.rfb.protocol import RfbProtocol

SIZE = (300, 200)


@pytest.fixture
def picture(qtbot: QtBot) -> Picture:
    return desktop(SIZE[0], SIZE[1] + 64)


def seen(place: Path, updates: int) -> tuple[RfbProtocol, Meter]:
    """Look on at a server, by ours and by the yardstick, until so many updates came."""
    protocol, meter = RfbProtocol(encodings_for(RfbLink.LOCAL)), Meter()
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(10)
        sock.connect(str(place))
        while protocol.updates < updates:
            sock.sendall(protocol.outgoing)
            protocol.outgoing.clear()
            data = sock.recv(1 << 14)
            assert data
            protocol.feed(data)
            meter.feed(memoryview(data))
            if not protocol.is_within and protocol.updates < updates:
                protocol.ask()
    return protocol, meter


def shown(protocol: RfbProtocol) -> Picture:
    assert protocol.surface is not None
    return protocol.surface.pixels & np.uint32(0xFFFFFF)


@pytest.mark.parametrize("coding", Coding)
def test_a_picture_is_played_whole_in_each_encoding_and_again_after_the_last(
    coding: Coding, picture: Picture, tmp_path: Path
) -> None:
    frames = full_frames(picture, SIZE, coding)
    stage = Stage(tmp_path / "stage", SIZE, Play(frames))
    updates = len(frames) + 2
    protocol, meter = seen(stage.place, updates)
    stage.close()
    assert np.array_equal(shown(protocol), picture[8 : 8 + SIZE[1]] & np.uint32(0xFFFFFF))
    assert meter.sent.updates == updates
    assert meter.sent.pixels == updates * SIZE[0] * SIZE[1]
    assert meter.size == SIZE
    assert stage.sent.pixels >= meter.sent.pixels
    assert stage.came > 0


@pytest.mark.parametrize("coding", Coding)
def test_every_kind_of_tile_is_read_as_it_was_written(coding: Coding, tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    size = (64 * 9, 70)
    whole = np.zeros((size[1], size[0]), np.uint32)
    for number, colours in enumerate((1, 2, 3, 4, 5, 16, 100, 127, 4000)):
        part = whole[:, 64 * number : 64 * number + 64]
        part[:] = random.integers(0, 1 << 24, colours)[random.integers(0, colours, part.shape)]
    whole[20:50, 64 * 6 : 64 * 8] = 0x445566  # long runs
    frame = tuple(
        piece
        for left in range(0, size[0], 64)
        for piece in encode(coding, whole[:, left : left + 64], left, 0)
    )
    stage = Stage(tmp_path / "stage", size, Play([frame]))
    protocol, meter = seen(stage.place, 2)
    stage.close()
    assert np.array_equal(shown(protocol), whole)
    assert meter.sent.rects >= 18


def test_small_rectangles_are_parts_of_the_screen(picture: Picture) -> None:
    for frame in small_frames(picture, SIZE, Coding.RAW):
        for piece in frame:
            x, y, width, height = struct.unpack_from(">HHHH", piece.head)
            assert x + width <= SIZE[0]
            assert y + height <= SIZE[1]


def test_a_script_shows_what_it_is_told_and_nothing_before(tmp_path: Path) -> None:
    def filled(colour: int) -> Picture:
        return np.full((4, 4), colour, np.uint32)

    script = Script(encode(Coding.RAW, filled(1), 0, 0))
    stage = Stage(tmp_path / "stage", (4, 4), script)
    found: list[Picture] = []
    viewer = threading.Thread(target=lambda: found.append(shown(seen(stage.place, 2)[0])))
    viewer.start()
    assert script.is_waited_for.wait(5)
    while stage.sent.updates < 1:
        viewer.join(0.01)
    assert script.is_waited_for.wait(5)
    script.show(encode(Coding.RAW, filled(2), 0, 0))
    viewer.join(10)
    stage.close()
    assert np.array_equal(found[0], filled(2))


def test_the_tap_has_one_encoding_used_and_counts(picture: Picture, tmp_path: Path) -> None:
    frames = full_frames(picture, SIZE, Coding.ZRLE)
    stage = Stage(tmp_path / "stage", SIZE, Play(frames))
    tap = Tap(tmp_path / "tap", stage.place, SIZE, Coding.ZRLE)
    protocol, meter = seen(tap.place, 3)
    assert protocol.updates == 3
    assert tap.sent.pixels >= meter.sent.pixels == 3 * SIZE[0] * SIZE[1]
    seen(tap.place, 2)
    tap.close()
    stage.close()
    assert tap.problem == ""
    assert tap.sent.updates >= 5, "who comes second is not taken for the first"


def test_of_what_a_viewer_asks_for_only_one_encoding_and_known_remarks_are_left() -> None:
    asked = (7, 5, -223, -307, -239, 16, -32)
    message = struct.pack(f">BxH{len(asked)}i", ENCODINGS, len(asked), *asked)
    with_more = message + b"\x03" + bytes(9)
    stream = io.BytesIO(with_more)
    assert read_message(stream) == message
    assert read_message(stream)[0] == 3
    assert read_message(stream) == b""
    kept = only(16, message)
    assert struct.unpack_from(">H5i", kept, 2) == (5, 16, 0, -255, -223, -239)


def test_what_the_meter_does_not_know_is_said() -> None:
    meter = Meter()
    greeting = b"RFB 003.008\n\1\1" + bytes(4) + bytes(20) + struct.pack(">I", 0)
    meter.feed(memoryview(greeting))
    with pytest.raises(ValueError, match="an encoding of 99"):
        meter.feed(memoryview(struct.pack(">BxHHHHHi", 0, 1, 0, 0, 1, 1, 99)))


def test_the_guest_is_a_boot_sector(tmp_path: Path) -> None:
    sector = guest.assemble(tmp_path, 1920, 1080).read_bytes()
    assert len(sector) == 512
    assert sector.endswith(b"\x55\xaa")
    assert struct.pack("<HHHH", 1, 1920, 2, 1080) in sector
    with pytest.raises(subprocess.CalledProcessError):
        guest.assemble(tmp_path / "nowhere", 1920, 1080)


def test_the_guest_of_a_virtio_gpu_is_a_kernel(tmp_path: Path) -> None:
    kernel = guest.compile_kernel(tmp_path, 1920, 1080).read_bytes()
    at = kernel[:8192].index((0x1BADB002).to_bytes(4, "little"))
    assert at % 4 == 0, "QEMU looks for it there alone"
    assert kernel[4] == 1, "and takes no file of 64 bits"
