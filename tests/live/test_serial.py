"""The serial port of the real sample guest: what is typed and answered, and who else wants it."""

import gc
import os
import pty
import select
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from celadon_tour.patience import Patience

from backend.errors import BackendError, Problem
from backend.interruptions import SerialInUse
from backend.model import Ref
from backend.operations import serial
from backend.ports import Hold
from backend.serial.backlog import MAXIMUM_BYTES
from backend.serial.channel import SerialChannel
from tests.live.stage import PATIENCE_S, Guest, Stage, close_all, to_close

pytestmark = pytest.mark.live
CYCLES = 100


@pytest.fixture(autouse=True)
def _port_is_free() -> Iterator[None]:
    """Leave the port to the next test: it has one line."""
    yield
    close_all()
    patience = Patience(PATIENCE_S)
    while serial_threads() and not patience.is_over:
        time.sleep(0.05)


class Reader:
    """Reads a channel as the GUI does, without one."""

    def __init__(self, channel: SerialChannel) -> None:
        self.channel = channel
        self.text = b""
        self.lost_lines = 0
        self.reason: Problem | None = None
        self._woken = threading.Event()
        channel.listen(self._woken.set)

    def wait_for_shell(self) -> "Reader":
        """Return once the guest's shell reads: what is typed before, it throws away."""
        patience = Patience(PATIENCE_S)
        while b"# " not in self.text:
            assert not patience.is_over, "there is no shell"
            self.channel.send(b"\x03\r")  # whatever a test before left running
            time.sleep(0.5)
            self.text += self.channel.take().heard.data
        return self

    def until(self, holds: Callable[["Reader"], object]) -> None:
        patience = Patience(PATIENCE_S)
        while not holds(self):
            assert not patience.is_over, f"it never came to that: {self.text[-400:]!r}"
            self._woken.wait(0.05)
            self._woken.clear()
            news = self.channel.take()
            self.text += news.heard.data
            self.lost_lines += news.heard.lost_lines
            self.reason = news.reason

    def asks(self, line: bytes, answer: bytes) -> None:
        """Type a line; return when it is answered, which is more than to be echoed."""
        assert answer not in line + b"\r\n"
        self.text = b""
        assert self.channel.send(line + b"\r")
        self.until(lambda reader: answer in reader.text)


def open_reader(stage: Stage, ref: Ref, hold: Hold = Hold.SAFE) -> Reader:
    """Open the port and have the shell read."""
    return Reader(open_port(stage, ref, hold)).wait_for_shell()


def open_port(stage: Stage, ref: Ref, hold: Hold = Hold.SAFE) -> SerialChannel:
    opening = stage.engine.query(serial.open_port, ref, "serial", 0, hold)
    channel = opening.result(PATIENCE_S)
    to_close.add(channel)
    return channel


class Held(NamedTuple):
    """A virsh that has the port, and our end of its terminal."""

    process: subprocess.Popen[bytes]
    terminal: int

    def ends(self) -> None:
        """Return once it has ended, which it must: it lost the port."""
        patience = Patience(PATIENCE_S)
        while self.process.poll() is None:
            assert not patience.is_over
            # libvirt 9.0 fails to tell it now and then: it learns of it as somebody types.
            os.write(self.terminal, b"\r")
            time.sleep(0.1)


@contextmanager
def virsh_console(stage: Stage, guest: Guest) -> Iterator[Held]:
    """Have virsh hold the port, in a terminal of its own."""
    ours, theirs = pty.openpty()
    command = ("virsh", "-c", stage.host().uri, "console", guest.name)
    held = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        said, patience = b"", Patience(PATIENCE_S)
        while b"# " not in said:  # how one leaves it is told before it has the port
            assert not patience.is_over, said
            os.write(ours, b"\r")
            if select.select([ours], [], [], 0.5)[0]:
                said += os.read(ours, 1024)
        yield Held(held, ours)
    finally:
        held.kill()
        held.wait()
        os.close(ours)


def serial_threads() -> int:
    return sum(thread.name.startswith("serial-") for thread in threading.enumerate())


def test_a_command_is_answered(stage: Stage, guest: Guest) -> None:
    reader = open_reader(stage, guest.ref)
    reader.asks(b"echo $((6 * 7))", b"\r\n42\r\n")
    reader.channel.close()


def test_the_log_port_is_another_one_and_goes_on(stage: Stage, guest: Guest) -> None:
    reader = open_reader(stage, guest.ref)
    log = guest.listen()
    begin = len(log.lines)
    reader.asks(b"echo hello$((6 * 7))", b"hello42")
    patience = Patience(PATIENCE_S)
    while len(log.lines) < begin + 5 and not patience.is_over:
        time.sleep(0.05)
    assert len(log.lines) >= begin + 5
    reader.channel.close()


def test_a_flood_is_cut_and_ctrl_c_is_heard(stage: Stage, guest: Guest) -> None:
    reader = open_reader(stage, guest.ref)
    reader.asks(b"echo ready$((6 * 7))", b"ready42")
    reader.channel.send(b"yes 0123456789012345678901234567890123456789\r")
    patience, lost_lines = Patience(PATIENCE_S), 0
    while not lost_lines:
        assert not patience.is_over
        time.sleep(6)  # nobody looks for so long
        heard = reader.channel.take().heard
        assert len(heard.data) <= MAXIMUM_BYTES
        lost_lines = heard.lost_lines
    reader.channel.send(b"\x03")
    reader.asks(b"echo over$((6 * 7))", b"over42")
    reader.channel.close()


def test_a_long_paste_arrives_whole(stage: Stage, guest: Guest) -> None:
    reader = open_reader(stage, guest.ref)
    reader.asks(b"echo ready$((6 * 7))", b"ready42")
    lines = b"".join(b"echo %04d >> /tmp/pasted\r" % number for number in range(200))
    assert reader.channel.send(lines)
    reader.asks(b"wc -l < /tmp/pasted; rm /tmp/pasted", b"\r\n200\r\n")
    reader.channel.close()


def test_another_client_is_not_disturbed_unless_somebody_wants_that(
    stage: Stage, guest: Guest
) -> None:
    with virsh_console(stage, guest) as held:
        with pytest.raises(BackendError) as caught:
            open_port(stage, guest.ref)
        assert isinstance(caught.value, SerialInUse)
        assert held.process.poll() is None
        reader = open_reader(stage, guest.ref, Hold.FORCE)
        reader.asks(b"echo mine$((6 * 7))", b"mine42")
        held.ends()
        reader.channel.close()


def test_who_takes_it_from_us_ends_our_line(stage: Stage, guest: Guest) -> None:
    first = open_reader(stage, guest.ref)
    second = open_reader(stage, guest.ref, Hold.FORCE)
    first.until(lambda reader: reader.reason)
    second.asks(b"echo mine$((6 * 7))", b"mine42")
    first.channel.close()
    second.asks(b"echo still$((6 * 7))", b"still42")
    second.channel.close()


def test_nothing_is_left_of_a_hundred_lines(stage: Stage, guest: Guest) -> None:
    def use() -> None:
        channel = open_port(stage, guest.ref)
        channel.send(b"\r")
        channel.close()
        patience = Patience(PATIENCE_S)
        while serial_threads() and not patience.is_over:
            time.sleep(0.005)

    def left() -> tuple[int, int, int]:
        gc.collect()
        time.sleep(0.5)
        ours, qemus = Path("/proc/self/fd"), Path(f"/proc/{guest.qemu()}/fd")
        return len(list(ours.iterdir())), serial_threads(), len(list(qemus.iterdir()))

    for _ in range(5):
        use()
    before = left()
    for _ in range(CYCLES):
        use()
    after = left()
    # A connection of the host's may have been made anew meanwhile; a hundred lines would be more.
    assert after[0] < before[0] + CYCLES // 4
    assert after[1:] == before[1:]


def test_a_restart_of_the_guest_does_not_end_the_line(stage: Stage, guest: Guest) -> None:
    reader = open_reader(stage, guest.ref)
    stage.virsh("reset", guest.name)
    reader.text = b""
    reader.until(lambda reader: b"shell" in reader.text.lower() or b"# " in reader.text)
    assert reader.reason is None
    reader.channel.close()


def test_the_line_ends_with_the_machine(stage: Stage, guest: Guest) -> None:
    reader = open_reader(stage, guest.ref)
    stage.virsh("destroy", guest.name)
    reader.until(lambda reader: reader.reason)
    assert reader.reason is not None
    assert reader.reason.message_id == "SerialEnded"
    reader.channel.close()
    guest.until(lambda record: not record.is_active)
