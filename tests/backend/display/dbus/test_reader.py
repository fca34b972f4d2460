"""What the process does, in a thread of the test: QEMU on one side, the channel on the other."""

import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from backend.display.dbus import slot, waits, words
from backend.display.dbus.message import Header
from backend.display.dbus.reader import Reader
from backend.display.dbus.slot import Slip, Slot
from backend.display.surface import Surface
from tests.backend.display.dbus.qemu import PATIENCE_S, Peer, Qemu, scanout, shown, update

PICTURE = b"\1\2\3\0" * 16


class Read:
    """A reader, the QEMU that it reads, and the channel's end of what it tells."""

    def __init__(self) -> None:
        self.qemu = Qemu()
        self.desk, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.desk.settimeout(PATIENCE_S)
        self.slot = Slot()
        reader = Reader(theirs, self.slot.into)

        def run() -> None:
            reader.run()
            theirs.close()

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def begin(self) -> None:
        words.say(self.desk, {"open": 1}, (self.qemu.ours.fileno(),))
        self.qemu.ours.close()

    def show(self) -> None:
        """Get as far as the first picture."""
        self.begin()
        self.qemu.introduce()
        self.qemu.show(scanout(4, 4, PICTURE))

    def hear(self) -> dict[str, Any]:
        """Return what was told, without having seen it; descriptors as what they hold."""
        packet = words.hear(self.desk)
        assert packet is not None
        said = packet.said
        for name in ("surface", "cursor"):
            if said.get(name):
                size = said[name][:2]
                said[name] = os.pread(packet.descriptors[0], 4 * size[0] * size[1], 0)
                os.close(packet.descriptors.pop(0))
        return said

    def see(self) -> None:
        words.say(self.desk, {"seen": 1})

    def picture(self) -> Slip:
        """Return the last of the slips that are there, once there is one."""
        assert select.select([self.slot.out], [], [], PATIENCE_S)[0]
        return self.slot.take()[-1]

    def close(self) -> None:
        self.desk.close()
        self.qemu.close()
        self._thread.join(PATIENCE_S)
        self.slot.close()
        assert not self._thread.is_alive()


@pytest.fixture
def read() -> Iterator[Read]:
    one = Read()
    yield one
    one.close()


def test_the_first_picture_and_what_changes(read: Read) -> None:
    read.show()
    told = read.hear()
    assert told["surface"] == PICTURE
    assert told["frames"] == 1
    assert (told["absolute"], told["leds"], told["is_shared"]) == (True, 2, False)
    read.see()
    assert read.qemu.listener is not None
    read.qemu.listener.sock.sendall(update(1, 1, 2, 2, b"\7" * 16))
    slip = read.picture()
    assert (slip.areas, slip.frames, slip.sheet) == (((1, 1, 2, 2),), 2, 1)
    read.qemu.change("org.qemu.Display1.Mouse", IsAbsolute=("b", False))
    assert read.hear()["absolute"] is False
    read.see()
    cursor = shown("CursorDefine", "iiiiay", 2, 1, 1, 0, b"\5" * 8)
    read.qemu.listener.sock.sendall(cursor)
    assert read.hear()["cursor"] == b"\5" * 8


def test_it_tells_of_few_that_nobody_takes_but_reads_on(read: Read) -> None:
    read.show()
    packet = words.hear(read.desk)
    assert packet is not None
    surface = Surface(4, 4, packet.descriptors[0])
    assert read.qemu.listener is not None
    for n in range(300):
        # More than the sockets hold: who did not read would stop us here.
        read.qemu.listener.sock.sendall(update(n % 4, 0, 1, 1, bytes((n % 256, 0, 0, 0))) * 20)
    told = read.picture()
    while surface.pixels[0, 3] != 299 % 256:
        told = read.picture()
    assert told.frames < 300
    os.close(packet.descriptors[0])


def test_what_there_was_no_room_for_is_told_once_there_is(read: Read) -> None:
    read.show()
    read.hear()
    while True:
        try:
            slot.put(read.slot.into, Slip(0, 0, 0, ()))
        except BlockingIOError:
            break
    assert read.qemu.listener is not None
    read.qemu.listener.sock.sendall(update(1, 1, 2, 2, b"\7" * 16) + update(0, 0, 1, 1, b"\7" * 4))
    read.see()
    key = ("org.qemu.Display1.Keyboard", "Press", "u", (30,))
    words.say(read.desk, {"calls": [key]})
    assert read.qemu.control.next()[0].member == "Press"
    assert read.picture().frames == 0
    areas = tuple(read.picture().areas)
    if len(areas) == 1:  # the second came while the first was told
        areas = (*areas, *read.picture().areas)
    assert areas == ((1, 1, 2, 2), (0, 0, 1, 1))


def test_a_size_that_is_not_shown_is_asked_for(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """As QEMU 7.2 does in text mode: parts of a picture that never came as a whole."""
    monkeypatch.setattr(waits, "SIZE_S", 0.05)
    read.show()
    read.hear()
    read.see()
    read.qemu.change("org.qemu.Display1.Console", Width=("u", 2), Height=("u", 2))
    first = read.qemu.listener
    assert first is not None
    header, serial, _ = read.qemu.control.next()
    assert header.member == "RegisterListener"
    read.qemu.listener = Peer(socket.socket(fileno=read.qemu.control.descriptors.pop()))
    read.qemu.control.answer(serial)
    read.qemu.show(scanout(2, 2, b"\5" * 16))
    told = read.hear()
    assert told["surface"] == b"\5" * 16
    with pytest.raises((EOFError, ConnectionError)):
        first.next()
    first.sock.close()


def test_a_picture_that_came_is_there_also_if_the_last_was_not_seen_yet(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "SIZE_S", 0.05)
    monkeypatch.setattr(waits, "SILENT_S", 1.5)
    read.show()
    read.hear()
    monkeypatch.setattr(waits, "OPEN_S", 0.5)
    read.qemu.change("org.qemu.Display1.Console", Width=("u", 2), Height=("u", 2))
    first = read.qemu.listener
    assert first is not None
    _, serial, _ = read.qemu.control.next()
    read.qemu.listener = Peer(socket.socket(fileno=read.qemu.control.descriptors.pop()))
    read.qemu.control.answer(serial)
    read.qemu.show(scanout(2, 2, b"\5" * 16))
    first.sock.close()
    assert read.hear() == {"are_you_there": 1}
    read.see()
    assert read.hear()["surface"] == b"\5" * 16


def test_keys_and_sizes_go_to_qemu(read: Read) -> None:
    read.show()
    read.hear()
    key = ("org.qemu.Display1.Keyboard", "Press", "u", (30,))
    words.say(read.desk, {"calls": [key], "size": (800, 600)})
    header, _, values = read.qemu.control.next()
    assert (header.member, values) == ("Press", (30,))
    header, serial, values = read.qemu.control.next()
    assert (header.member, values) == ("SetUIInfo", (0, 0, 0, 0, 800, 600))
    read.see()
    read.qemu.control.say(Header(3, 1, error="x.Y", reply_to=serial))
    assert read.hear()["can_resize"] is False


def test_what_the_console_did_at_last_is_done(read: Read) -> None:
    read.show()
    read.hear()
    assert read.qemu.listener is not None
    read.qemu.listener.sock.sendall(update(1, 1, 2, 2, b"\7" * 16))
    read.desk.shutdown(socket.SHUT_RD)
    key = ("org.qemu.Display1.Keyboard", "Release", "u", (30,))
    words.say(read.desk, {"calls": [key], "seen": 1})
    header, _, values = read.qemu.control.next()
    assert (header.member, values) == ("Release", (30,))


@pytest.mark.parametrize("gone", ["control", "listener", "both"])
def test_who_has_gone_is_told(read: Read, gone: str) -> None:
    read.show()
    read.hear()
    read.see()
    assert read.qemu.listener is not None
    if gone != "listener":
        read.qemu.control.sock.close()
    if gone != "control":
        read.qemu.listener.sock.close()
    assert read.hear()["end"] == "closed"


def test_who_gives_no_sign_of_life_is_left(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "SILENT_S", 0.3)
    read.show()
    read.hear()
    assert read.hear() == {"are_you_there": 1}
    assert read.hear()["end"] == "alone"


def test_who_sees_nothing_but_lives_is_not(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "SILENT_S", 0.3)
    read.show()
    read.hear()
    for _ in range(3):
        assert read.hear() == {"are_you_there": 1}
        words.say(read.desk, {"here": 1})
    read.see()
    assert read.qemu.listener is not None
    read.qemu.listener.sock.sendall(update(1, 1, 2, 2, b"\7" * 16))
    assert read.picture().areas == ((1, 1, 2, 2),)


def test_who_takes_no_pictures_and_gives_no_sign_is_left(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "SILENT_S", 0.3)
    read.show()
    read.hear()
    read.see()
    assert read.qemu.listener is not None
    for _ in range(100):
        read.qemu.listener.sock.sendall(update(1, 1, 2, 2, b"\7" * 16))
        time.sleep(0.001)
    assert read.hear() == {"are_you_there": 1}
    assert read.hear()["end"] == "alone"


@pytest.mark.parametrize("step", ["login", "consoles", "listener", "question"])
def test_a_qemu_that_says_nothing_is_given_up(
    read: Read, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(waits, "OPEN_S", 0.2)
    read.begin()
    if step != "login":
        read.qemu.control.log_in()
    if step in ("listener", "question"):
        for _ in range(4):
            _, serial, values = read.qemu.control.next()
            read.qemu.control.answer(serial, "a{sv}", read.qemu.properties()[values[0]])
        read.qemu.control.next()
    assert read.hear() == {"end": "silent", "detail": ""}


def test_a_qemu_that_does_not_answer_what_is_done_is_given_up(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "SIGN_S", 0.1)
    monkeypatch.setattr(waits, "ANSWER_S", 0.3)
    read.show()
    read.hear()
    read.see()
    key = ("org.qemu.Display1.Keyboard", "Press", "u", (30,))
    words.say(read.desk, {"calls": [key]})
    assert read.qemu.control.next()[0].member == "Press"
    header, serial, _ = read.qemu.control.next()
    assert header.member == "GetAll"
    read.qemu.control.answer(serial, "a{sv}", {"Modifiers": ("u", 4)})
    assert read.hear()["leds"] == 4
    read.see()
    words.say(read.desk, {"calls": [key]})
    assert read.hear() == {"end": "silent", "detail": ""}


def test_nonsense_is_told_in_one_line(read: Read) -> None:
    read.begin()
    read.qemu.introduce()
    read.qemu.show(scanout(4, 4, b"short"))
    told = read.hear()
    assert told["end"] == "broken"
    assert "5 of 5 bytes" in told["detail"]


def test_whoever_is_refused_hears_why(read: Read) -> None:
    read.begin()
    read.qemu.control.sock.sendall(b"REJECTED\r\n")
    assert read.hear() == {"end": "refused", "detail": "REJECTED"}


def test_the_login_of_a_listener_is_complete_before_qemu_has_it(read: Read) -> None:
    read.begin()
    read.qemu.introduce()
    assert read.qemu.listener is not None
    sock = read.qemu.listener.sock
    assert sock.recv(4096, socket.MSG_DONTWAIT).endswith(b"BEGIN\r\n")
