"""QEMU's D-Bus display of a real guest: what is shown, what arrives, and whose it is."""

import contextlib
import gc
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from celadon_tour.patience import Patience

from backend.display.channel import ChannelState, PointerMode, Transport
from backend.display.dbus import spare as spares
from backend.display.input import Button, Key, PointerBy, PointerTo, Press, Wheel
from backend.errors import BackendError
from backend.host import carriers
from backend.operations import domain
from tests.live.screens import (
    MB,
    Other,
    answers,
    end_of,
    opened,
    qemu_bytes,
    qemu_version,
    until,
    viewer_of,
)
from tests.live.stage import PATIENCE_S, Guest, Stage
from tests.live.test_display import Viewer, display_threads, resident_bytes, screenshot

pytestmark = [pytest.mark.live, pytest.mark.alone]
SHARES_A_GUEST = True
CYCLES = 100
CTRL = "KEY 29"


# What is shown, and what arrives


def test_the_picture_is_the_guests(stage: Stage, guest: Guest, tmp_path: Path) -> None:
    viewer = viewer_of(stage, guest)
    news = viewer.until(lambda news: news.surface)
    assert (news.standing.kind, news.standing.remark) == (Transport.DBUS, None)
    assert news.standing.transport.startswith("D-Bus")
    alike = 0
    patience = Patience(PATIENCE_S)
    while alike < 3:
        assert not patience.is_over, "the pictures never were the same"
        before = screenshot(stage, guest, tmp_path)
        time.sleep(0.2)
        surface = viewer.channel.take().surface
        assert surface is not None
        alike += before == (surface.pixels & 0xFFFFFF).tobytes()
    viewer.channel.close()


def attended(viewer: Viewer, guest: Guest) -> None:
    """Return once what is pressed is told: a guest is ready before it reads its keyboard."""
    log = guest.listen()
    begin = len(log.lines)
    patience = Patience(PATIENCE_S)
    while not any(f"{CTRL} up" in line for _, line in log.lines[begin:]):
        assert not patience.is_over, "the guest never felt a key"
        viewer.channel.send(Key(0x1D, is_down=True), Key(0x1D, is_down=False))
        time.sleep(0.5)


@pytest.mark.parametrize("transport", [Transport.DBUS, Transport.VNC])
def test_what_is_done_arrives(stage: Stage, guest: Guest, transport: Transport) -> None:
    viewer = viewer_of(stage, guest, transport)
    news = viewer.until(lambda news: news.surface)
    assert news.standing.pointer is PointerMode.ABSOLUTE
    log = guest.listen()
    attended(viewer, guest)
    begin = len(log.lines)
    for down in (True, False):
        viewer.channel.send(Key(0x1E, is_down=down), Key(0xC8, is_down=down))
    viewer.channel.send(PointerTo(320, 600))
    for down in (True, False):
        viewer.channel.send(Press(Button.RIGHT, is_down=down))
    viewer.channel.send(Wheel(0, -2), Key(0x30, is_down=True), Key(0x30, is_down=False))

    def felt() -> list[str]:
        told = [line.split(" ", 2)[-1] for _, line in log.lines[begin:] if line.startswith("@@")]
        return [line for line in told if line.startswith(("KEY", "BUTTON")) and CTRL not in line]

    assert until(lambda: any("KEY 48 up" in line for line in felt())), felt()
    assert until(lambda: any("BUTTON 273 up" in line for line in felt())), felt()
    told = [line for line in felt() if line.startswith("KEY")]
    assert told[:4] == ["KEY 30 down", "KEY 103 down", "KEY 30 up", "KEY 103 up"]
    place = next(line for line in felt() if "BUTTON 273 up" in line).rpartition(" ")[2]
    x, y = (int(number) for number in place.split(","))
    assert abs(x - 320 * 32767 / 1280) < 60
    assert abs(y - 600 * 32767 / 800) < 60
    viewer.channel.close()


@pytest.mark.parametrize("transport", [Transport.DBUS, Transport.VNC])
def test_the_guest_takes_the_size_that_it_is_asked_for(
    stage: Stage, guest: Guest, transport: Transport
) -> None:
    viewer = viewer_of(stage, guest, transport)
    viewer.until(lambda news: news.standing.can_resize)

    def shown() -> tuple[int, int]:
        surface = viewer.channel.take().surface
        return (surface.width, surface.height) if surface else (0, 0)

    for size in ((1000, 600), (1280, 800)):
        viewer.channel.resize(*size)
        patience = Patience(PATIENCE_S)
        while shown() != size:
            assert not patience.is_over, shown()
            time.sleep(0.05)
    assert viewer.channel.take().standing.can_resize
    viewer.channel.close()


def test_a_move_of_the_wrong_kind_hurts_nobody(stage: Stage, guest: Guest) -> None:
    viewer = viewer_of(stage, guest, Transport.DBUS)
    viewer.until(lambda news: news.surface)
    viewer.channel.send(PointerBy(3, 3), PointerTo(99999, 99999), Key(0x1FFFF, is_down=True))
    assert answers(stage, guest)
    assert viewer.channel.take().standing.state is ChannelState.LIVE
    viewer.channel.close()


def test_two_viewers_by_vnc_do_not_disturb_each_other(stage: Stage, guest: Guest) -> None:
    one, two = (viewer_of(stage, guest, Transport.VNC) for _ in range(2))
    first = one.until(lambda news: news.tally.updates).tally.updates
    two.until(lambda news: news.tally.updates)
    two.channel.close()
    one.until(lambda news: news.tally.updates > first + 1)
    one.channel.close()


def test_views_in_one_program_share_it(stage: Stage, guest: Guest) -> None:
    one, two = viewer_of(stage, guest), viewer_of(stage, guest)
    first = one.until(lambda news: news.surface)
    second = two.until(lambda news: news.surface)
    assert first.surface is second.surface
    two.channel.close()
    one.until(lambda news: news.tally.updates > first.tally.updates + 1)
    one.channel.close()


def test_who_looks_again_and_again_costs_qemu_one_socket(
    stage: Stage, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 8.1 on QEMU never closes the socket of a view; so there is to be one, not twenty."""
    monkeypatch.setattr(carriers, "KEPT_S", 3.0)

    def sockets() -> set[str]:
        names = set()
        for place in Path(f"/proc/{guest.qemu()}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed since it was listed
                names.add(str(place.readlink()))
        return {name for name in names if name.startswith("socket:")}

    viewer_of(stage, guest, Transport.DBUS).channel.close()
    seen = before = sockets()
    for _ in range(20):
        viewer = viewer_of(stage, guest, Transport.DBUS)
        assert viewer.channel.take().surface is not None, "the picture is there at once"
        seen = seen | sockets()
        viewer.channel.close()
    assert len(seen) - len(before) < 3, "the monitor's come and go"
    assert until(lambda: not display_threads())


@pytest.mark.parametrize("transport", [Transport.DBUS, Transport.VNC])
def test_nothing_is_left_of_a_hundred_views(
    stage: Stage, guest: Guest, transport: Transport
) -> None:
    def look() -> None:
        viewer = viewer_of(stage, guest, transport)
        news = viewer.until(lambda news: news.surface and news.tally.updates)
        assert news.standing.kind is transport
        viewer.channel.close()

    def left() -> tuple[int, int, int, int]:
        """Count our descriptors, threads and processes and QEMU's descriptors, once settled."""
        until(lambda: not display_threads())
        time.sleep(0.5)
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        ours, qemus = Path("/proc/self/fd"), Path(f"/proc/{guest.qemu()}/fd")
        return (
            len(list(ours.iterdir())), display_threads(), len(children), len(list(qemus.iterdir())),
        )  # fmt: skip

    for _ in range(10):
        look()
    gc.collect()
    before, memory, qemu = left(), resident_bytes(), qemu_bytes(guest)
    for _ in range(CYCLES):
        look()
    gc.collect()
    (ours, *rest, qemus), (ours_before, *rest_before, qemus_before) = left(), before
    assert rest == rest_before
    # What else this process has open comes and goes by a few.
    assert ours - ours_before < CYCLES / 10
    # From 8.1 on QEMU keeps the socket of each listener that went, whoever that was: what filters
    # its messages holds the listener, which holds the filter (seen with 10.0).
    is_kept = transport is Transport.DBUS and qemu_version(stage) >= (8, 1)
    assert qemus - qemus_before < (CYCLES * 1.1 if is_kept else CYCLES / 10)
    # A hundred screens of 4 MB would be 400; what else comes and goes are a few tens.
    assert resident_bytes() - memory < 100 * MB
    assert qemu_bytes(guest) - qemu < 50 * MB


# Who has it


def test_another_program_takes_it_and_it_can_be_taken_back(
    stage: Stage, guest: Guest, other: Callable[[], Other]
) -> None:
    viewer = viewer_of(stage, guest)
    viewer.until(lambda news: news.surface)
    window = other()
    reason = end_of(viewer)
    assert reason
    assert reason.message_id == "DisplayTaken"
    by_vnc = viewer_of(stage, guest, Transport.VNC)
    news = by_vnc.until(lambda news: news.surface)
    assert news.standing.kind is Transport.VNC
    time.sleep(2)
    assert window.standing()[0] == "live", "nobody fights for it"
    back = viewer_of(stage, guest, Transport.DBUS)
    back.until(lambda news: news.surface)
    assert until(lambda: window.standing() == ["ended", "DisplayTaken"], 10)
    for one in (back, by_vnc):
        one.channel.close()


def test_a_machine_that_ends_took_nothing(stage: Stage, guest: Guest) -> None:
    for end in ("managedsave", "destroy"):
        viewer = viewer_of(stage, guest, Transport.DBUS)
        viewer.until(lambda news: news.surface)
        stage.virsh(end, guest.name)
        reason = end_of(viewer)
        assert reason
        assert reason.message_id == "DisplayEnded"
        guest.until(lambda record: not record.is_active)
        stage.must(domain.start, guest.ref)
    guest.listen().wait_for("READY")
    viewer = viewer_of(stage, guest, Transport.DBUS)
    viewer.until(lambda news: news.surface)
    os.kill(guest.qemu(), signal.SIGKILL)
    reason = end_of(viewer)
    assert reason
    assert reason.message_id == "DisplayEnded"
    guest.until(lambda record: not record.is_active)
    stage.must(domain.start, guest.ref)
    guest.listen().wait_for("READY")


# Which way is chosen


@pytest.mark.parametrize(
    ("left_out", "best", "missing"),
    [("dbus", Transport.VNC, Transport.DBUS), ("vnc", Transport.DBUS, Transport.VNC)],
)
def test_a_machine_with_one_of_them(
    stage: Stage, tmp_path: Path, left_out: str, best: Transport, missing: Transport
) -> None:
    guest = stage.create(f"without {left_out}")
    try:
        described = stage.virsh.description(guest.name)
        devices = described.find("devices")
        graphics = described.find(f"devices/graphics[@type='{left_out}']")
        assert devices is not None
        assert graphics is not None
        devices.remove(graphics)
        file = tmp_path / "machine.xml"
        file.write_bytes(ElementTree.tostring(described))
        stage.virsh("define", str(file))
        guest.boot()
        viewer = viewer_of(stage, guest)
        assert viewer.until(lambda news: news.surface).standing.kind is best
        viewer.channel.close()
        with pytest.raises(BackendError) as caught:
            opened(stage, guest, missing)
        assert caught.value.problem.message_id == "DisplayMissing"
    finally:
        guest.remove()


def test_what_cannot_be_had_falls_back_and_says_why(
    stage: Stage, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spares, "_START", "import sys; sys.exit(1)")
    spares.spare.drop()
    viewer = viewer_of(stage, guest)
    news = viewer.until(lambda news: news.surface)
    assert news.standing.kind is Transport.VNC
    assert news.standing.remark is not None
    assert news.standing.remark.message_id == "DisplayEnded"
    viewer.channel.close()


def test_with_qemu_9_2_no_pixel_crosses_the_socket(stage: Stage, guest: Guest) -> None:
    viewer = viewer_of(stage, guest, Transport.DBUS)
    # Twenty times the guest's clock: each is drawn.
    news = viewer.until(lambda news: news.tally.updates >= 20)
    viewer.channel.close()
    assert news.surface is not None
    is_shared = qemu_version(stage) >= (9, 2)
    assert news.standing.transport == ("D-Bus, shared memory" if is_shared else "D-Bus")
    screen = news.surface.width * news.surface.height * 4
    assert (news.tally.received_bytes < 50_000) is is_shared
    assert (news.tally.received_bytes >= screen) is not is_shared
