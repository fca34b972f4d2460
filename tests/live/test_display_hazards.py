"""How QEMU's D-Bus display could have hurt a machine, and that it does not."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator

import libvirt
import pytest

from backend.display.channel import Transport
from backend.display.dbus.channel import DbusChannel
from backend.display.input import PointerTo
from tests.live.screens import (
    MB,
    Other,
    answers,
    end_of,
    opened,
    qemu_bytes,
    viewer_of,
)
from tests.live.stage import Guest, Stage

pytestmark = [pytest.mark.live, pytest.mark.alone]
SHARES_A_GUEST = True
BUSY = (
    "head -c 4096000 /dev/zero >/tmp/a; head -c 4096000 /dev/urandom >/tmp/b; "
    "while [ -e /tmp/a ]; do cat /tmp/a >/dev/fb0; cat /tmp/b >/dev/fb0; done"
)


@pytest.fixture
def busy(guest: Guest) -> Iterator[None]:
    """The guest changes its whole screen, again and again."""
    guest.run_inside(BUSY)
    yield
    guest.run_inside("rm -f /tmp/a")


# What could have hurt the machine


def test_a_window_that_is_stopped_costs_the_machine_nothing(
    guest: Guest, other: Callable[[], Other], busy: None
) -> None:
    window = other()
    time.sleep(3)
    before = qemu_bytes(guest)
    window.stop()
    grown = 0
    for _ in range(20):
        time.sleep(0.5)
        grown = max(grown, qemu_bytes(guest) - before)
    window.go_on()
    assert grown < 40 * MB
    assert window.standing()[0] == "live"


def test_a_reader_that_is_stopped_is_ended_at_once(stage: Stage, guest: Guest) -> None:
    viewer = viewer_of(stage, guest, Transport.DBUS)
    viewer.until(lambda news: news.surface)
    assert isinstance(viewer.channel, DbusChannel)
    os.kill(viewer.channel._carrier._process.pid, signal.SIGSTOP)
    assert end_of(viewer) is not None
    assert answers(stage, guest)
    again = viewer_of(stage, guest, Transport.DBUS)
    again.until(lambda news: news.surface)
    again.channel.close()


def test_a_qemu_that_stopped_is_said_to_hang(stage: Stage, guest: Guest) -> None:
    viewer = viewer_of(stage, guest, Transport.DBUS)
    viewer.until(lambda news: news.surface)
    os.kill(guest.qemu(), signal.SIGSTOP)
    try:
        for number in range(1000):  # nothing that is done here may wait for it
            viewer.channel.send(PointerTo(number % 800, 5))
        reason = end_of(viewer)
        assert reason
        assert reason.message_id == "DisplayStalled"
    finally:
        os.kill(guest.qemu(), signal.SIGCONT)
    again = viewer_of(stage, guest, Transport.DBUS)
    again.until(lambda news: news.surface)
    again.channel.close()


def test_a_viewer_that_looks_at_nothing_costs_the_machine_nothing(
    stage: Stage, guest: Guest, busy: None
) -> None:
    channel = opened(stage, guest, Transport.DBUS)
    time.sleep(3)
    before = qemu_bytes(guest)
    time.sleep(6)
    assert qemu_bytes(guest) - before < 40 * MB
    channel.close()


def test_a_way_that_nobody_goes_does_not_hold_up_qemu(stage: Stage, guest: Guest) -> None:
    """The descriptor was had, and then whoever asked for it died or said nothing."""
    connect = libvirt.open(stage.host().uri)
    handed = connect.lookupByUUIDString(guest.ref.key).openGraphicsFD(1, 1)
    assert answers(stage, guest)
    with socket.socket(fileno=handed) as sock:
        sock.sendall(b"\0AUTH EXTERNAL ")
        assert answers(stage, guest)
    connect.close()
    viewer = viewer_of(stage, guest, Transport.DBUS)
    viewer.until(lambda news: news.surface)
    viewer.channel.close()
