"""A channel with a real process that reads for it, and a QEMU that is made up."""

import contextlib
import errno
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.display.channel import ChannelState, News, PointerMode, Transport
from backend.display.dbus import words
from backend.display.dbus.channel import Carrier, DbusChannel
from backend.display.dbus.spare import spare
from backend.display.input import Key, Leds, PointerTo
from backend.display.surface import Rect
from backend.errors import Problem
from tests.backend.display.dbus.qemu import PATIENCE_S, Qemu, scanout, shown, update

PICTURE = b"\1\2\3\0" * 16


class Viewer:
    """Looks at a channel."""

    def __init__(self, channel: DbusChannel) -> None:
        self.channel = channel
        self.woken = threading.Event()
        channel.listen(self.woken.set)

    def news(self, holds: Callable[[News], object]) -> News:
        """Return the news for which that holds."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self.woken.wait(0.1)
            self.woken.clear()
            news = self.channel.take()
            if holds(news):
                return news
        raise AssertionError("no such news")

    def end(self) -> Problem | None:
        """Return why it ended, once it has."""
        return self.news(lambda news: news.standing.state is ChannelState.ENDED).standing.reason


class Carried:
    """A carrier, and the QEMU at its other end."""

    def __init__(self) -> None:
        self.qemu = Qemu()
        self.is_running = False
        self.carrier = Carrier()

    def show(self) -> Viewer:
        """Get as far as the first picture; return a view of it."""
        viewer = Viewer(self.carrier.view())
        self.carrier.begin(self.qemu.ours, lambda: self.is_running)
        self.qemu.introduce()
        self.qemu.show(scanout(4, 4, PICTURE))
        viewer.news(lambda news: news.surface)
        return viewer

    def process(self) -> int:
        """Return the reader's number."""
        return self.carrier._process.pid

    def close(self) -> None:
        self.carrier.close()
        self.qemu.close()


@pytest.fixture
def carried() -> Iterator[Carried]:
    one = Carried()
    yield one
    one.close()


def test_the_picture_and_what_is_done_at_it(carried: Carried) -> None:
    viewer = carried.show()
    news = viewer.channel.take()
    assert news.surface is not None
    assert news.surface.memory.tobytes() == PICTURE
    standing = news.standing
    assert (standing.state, standing.transport) == (ChannelState.LIVE, "D-Bus")
    assert (standing.kind, standing.pointer) == (Transport.DBUS, PointerMode.ABSOLUTE)
    assert (standing.leds, standing.can_resize) == (Leds.NUM, True)
    assert carried.qemu.listener is not None
    cursor = shown("CursorDefine", "iiiiay", 1, 1, 0, 0, b"\5\6\7\xff")
    carried.qemu.listener.sock.sendall(update(1, 1, 1, 1, b"\7\7\7\7") + cursor)
    news = viewer.news(lambda news: news.standing.cursor)
    assert news.surface is not None
    assert news.surface.pixels[1, 1] == 0x07070707
    assert news.standing.cursor
    assert news.standing.cursor.pixels == b"\5\6\7\xff"
    viewer.channel.send(Key(30, is_down=True), PointerTo(9, 1))
    assert [carried.qemu.control.next()[2] for _ in range(2)] == [(30,), (3, 1)]
    viewer.channel.resize(800, 600)
    assert carried.qemu.control.next()[2] == (0, 0, 0, 0, 800, 600)


def test_views_share_one_way_until_the_last_is_closed(carried: Carried) -> None:
    first = carried.show()
    second = Viewer(carried.carrier.view())
    assert second.news(lambda news: news.surface).surface is first.channel.take().surface
    first.channel.close()
    assert carried.qemu.listener is not None
    carried.qemu.listener.sock.sendall(update(1, 1, 1, 1, b"\7\7\7\7"))
    second.news(lambda news: news.surface and news.surface.pixels[1, 1] == 0x07070707)
    second.channel.close()
    with pytest.raises((EOFError, ConnectionError)):
        carried.qemu.control.next()


def test_who_has_a_bell_is_told_of_pictures_by_it_alone(carried: Carried) -> None:
    viewer = carried.show()
    second = Viewer(carried.carrier.view())
    second.channel.take()
    bell = viewer.channel.bell()
    assert bell is not None
    viewer.channel.take()
    viewer.woken.clear()
    assert carried.qemu.listener is not None
    for column in (1, 2):
        pixel = update(column, 1, 1, 1, b"\7\7\7\7")
        carried.qemu.listener.sock.sendall(pixel)
        assert select.select([bell], [], [], PATIENCE_S)[0]
        assert not viewer.woken.is_set()
        assert viewer.channel.take().damage == (Rect(column, 1, 1, 1),)
        assert not select.select([bell], [], [], 0)[0]
        assert not viewer.woken.is_set(), "who takes need not be told"
        assert second.news(lambda news: news.damage).damage == (Rect(column, 1, 1, 1),)
    again = viewer.channel.bell()
    assert again is not None
    for one in (bell, again):
        os.close(one)
    viewer.channel.close()
    carried.qemu.listener.sock.sendall(update(3, 1, 1, 1, b"\7\7\7\7"))
    assert second.news(lambda news: news.damage).damage == (Rect(3, 1, 1, 1),)
    carried.close()
    second.end()
    assert second.channel.bell() is None, "nothing comes any more"


def test_who_can_have_no_bell_is_told_of_pictures_too(
    carried: Carried, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    viewer = carried.show()
    monkeypatch.setattr(os, "dup", refuse)
    assert viewer.channel.bell() is None
    monkeypatch.undo()
    assert carried.qemu.listener is not None
    carried.qemu.listener.sock.sendall(update(1, 1, 1, 1, b"\7\7\7\7"))
    assert viewer.news(lambda news: news.damage).damage == (Rect(1, 1, 1, 1),)


def test_a_view_that_is_forgotten_is_closed(carried: Carried) -> None:
    carried.show()
    gc.collect()
    with pytest.raises((EOFError, ConnectionError)):
        carried.qemu.control.next()


@pytest.mark.parametrize(("is_running", "why"), [(True, "DisplayTaken"), (False, "DisplayEnded")])
def test_who_has_lost_it_hears_whether_somebody_took_it(
    carried: Carried, is_running: bool, why: str
) -> None:
    viewer = carried.show()
    carried.is_running = is_running
    carried.qemu.control.sock.close()
    reason = viewer.end()
    assert reason
    assert reason.message_id == why


def test_nonsense_ends_it_in_one_line(carried: Carried) -> None:
    viewer = carried.show()
    assert carried.qemu.listener is not None
    carried.qemu.listener.sock.sendall(b"B" + bytes(40))
    reason = viewer.end()
    assert reason
    assert reason.message_id == "DisplayBroken"
    assert len(reason.detail) == 1


def test_a_reader_that_dies_ends_it(carried: Carried) -> None:
    viewer = carried.show()
    os.kill(carried.process(), signal.SIGKILL)
    reason = viewer.end()
    assert reason
    assert reason.message_id == "DisplayEnded"


def test_a_reader_that_is_stopped_is_ended_and_qemu_let_go(carried: Carried) -> None:
    viewer = carried.show()
    os.kill(carried.process(), signal.SIGSTOP)
    reason = viewer.end()
    assert reason
    assert reason.message_id == "DisplayEnded"
    with pytest.raises((EOFError, ConnectionError)):
        carried.qemu.control.next()


def test_a_reader_that_hears_nothing_holds_up_nobody(
    carried: Carried, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = carried.show()

    def deaf(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(words, "say", deaf)
    viewer.channel.send(Key(30, is_down=True))
    reason = viewer.end()
    assert reason
    assert reason.message_id == "DisplayStalled"


_CONSOLE = """
import os, socket, sys, time
from backend.display.dbus import words
from backend.display.dbus.channel import Carrier
carrier = Carrier()
view = carrier.view()
carrier.begin(socket.socket(fileno=int(sys.argv[1])), lambda: False)
print(carrier._process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_what_befalls_the_console(blow: signal.Signals) -> None:
    qemu = Qemu()
    console = subprocess.Popen(
        [sys.executable, "-c", _CONSOLE, str(qemu.ours.fileno())],
        pass_fds=(qemu.ours.fileno(),),
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[4],
        start_new_session=True,
    )
    assert console.stdout is not None
    with console, console.stdout:
        reader = int(console.stdout.readline())
        qemu.introduce()
        qemu.show(scanout(4, 4, PICTURE))
        os.killpg(console.pid, blow)
        assert qemu.listener is not None
        try:
            if blow is signal.SIGSTOP:
                # Thirty times what sockets hold: all of it is read, as nobody who was stopped does.
                for _ in range(100):
                    qemu.listener.sock.sendall(update(0, 0, 4, 4, PICTURE) * 400)
                os.kill(reader, 0)
            else:
                with contextlib.suppress(ConnectionError):
                    while True:
                        qemu.listener.sock.sendall(update(0, 0, 4, 4, PICTURE))
        finally:
            os.killpg(console.pid, signal.SIGKILL)
    end = time.monotonic() + PATIENCE_S
    while Path(f"/proc/{reader}/fd").exists() and time.monotonic() < end:
        if (Path(f"/proc/{reader}/stat").read_text().rpartition(")")[2].split())[0] == "Z":
            break  # ended; who buries it is process 1's matter
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{reader}").exists()
    qemu.close()


def test_the_next_one_need_not_wait_for_python(carried: Carried) -> None:
    spare.drop()
    carried.show()
    end = time.monotonic() + PATIENCE_S
    while (kept := spare._kept) is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    following = Carried()
    assert following.process() == kept.process.pid
    assert following.show().channel.take().surface is not None
    following.close()


def test_it_begins_with_an_interpreter_that_everybody_has() -> None:
    """The standard library has to do: what else is there would cost time at each opening."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import backend.display.dbus.reader; "
        "print(*({'dataclasses', 'numpy', 'typing_extensions'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, str(Path(__file__).parents[4])],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not told.stdout.strip()


def test_nobody_else_can_be_told(carried: Carried) -> None:
    carried.close()
    ours, theirs = socket.socketpair()
    carried.carrier.begin(ours, lambda: True)
    assert theirs.recv(1) == b""
    theirs.close()
