"""virsh and the guest's log are believed to the letter, and nothing is made up in their place."""

import os
import pty
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celadon_tour.evidence import GuestLog, NotSo, Tcp, Virsh, tcp

Put = Callable[[str], Virsh]


def test_virsh_tells_a_machines_state(fake_virsh: Put) -> None:
    virsh = fake_virsh('case $command in list) echo "my machine";; *) echo paused;; esac')
    assert virsh.names() == ["my machine"]
    assert virsh.state("my machine") == "paused"
    assert virsh.state("other") == "gone"
    with pytest.raises(NotSo, match="still 'paused' after"):
        virsh.until("my machine", "running", patience_s=0.1)


def test_a_machine_that_goes_while_one_asks_is_gone(fake_virsh: Put, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    virsh = fake_virsh(
        f"case $command in list) [ -e {seen} ] || echo web; touch {seen};; "
        '*) echo "error: failed to get domain" >&2; exit 1;; esac'
    )
    assert virsh.state("web") == "gone"


def test_a_machine_that_cannot_be_asked_is_not_gone(fake_virsh: Put) -> None:
    virsh = fake_virsh("case $command in list) echo web;; *) echo busy >&2; exit 1;; esac")
    with pytest.raises(NotSo, match="busy"):
        virsh.state("web")


def test_an_error_of_virsh_is_no_evidence(fake_virsh: Put) -> None:
    virsh = fake_virsh('echo "error: no connection" >&2; exit 1')
    with pytest.raises(NotSo, match="error: no connection"):
        virsh.names()


@pytest.fixture
def port() -> Iterator[tuple[int, GuestLog]]:
    here, there = pty.openpty()
    log = GuestLog(Path(os.ttyname(there)))
    yield here, log
    log.close()
    os.close(here)
    os.close(there)


def test_the_guests_log_is_read_line_by_line(port: tuple[int, GuestLog]) -> None:
    here, log = port
    os.write(here, b"@@ 1.00 READY cpus=1\r\nTICK 1 1.0")
    assert log.wait_for("READY", patience_s=5) == "@@ 1.00 READY cpus=1"
    assert log.ticks() == []
    os.write(here, b"5\r\nTICK 2 1.15\r\n")
    log.wait_for("^TICK 2 ", patience_s=5)
    assert [(number, uptime) for _, number, uptime in log.ticks()] == [(1, 1.05), (2, 1.15)]


def test_what_the_guest_never_said_is_not_so(port: tuple[int, GuestLog]) -> None:
    here, log = port
    os.write(here, b"TICK 1 1.05\r\n")
    log.wait_for("TICK", patience_s=5)
    with pytest.raises(NotSo, match=r"never said 'READY'; its last words: \['TICK 1 1.05'\]"):
        log.wait_for("READY", patience_s=0.1)
    assert log.count_ticks(0.1) == 0


def test_of_a_guest_that_says_other_things_all_the_time_it_is_not_so_either(
    port: tuple[int, GuestLog],
) -> None:
    here, log = port
    is_over = threading.Event()

    def talk() -> None:
        while not is_over.wait(0.01):
            os.write(here, b"TICK 1 1.05\r\n")

    talker = threading.Thread(target=talk)
    talker.start()
    try:
        with pytest.raises(NotSo):
            log.wait_for("READY", patience_s=0.3)
    finally:
        is_over.set()
        talker.join()


def test_the_kernel_tells_who_listens_and_who_is_connected() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        assert tcp(port) == Tcp(0, 0)
        server.listen()
        assert tcp(port) == Tcp(1, 0)
        with socket.create_connection(("127.0.0.1", port)), server.accept()[0]:
            assert tcp(port) == Tcp(1, 1)
