"""The socket that a master would listen on, with programs that play ssh; real ones: tests/live."""

import itertools
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.errors import DisplayUnreachable
from backend.hypervisor.ssh import forward


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The master's directory, where the first way is `to-1`."""
    monkeypatch.setattr(forward, "_numbers", itertools.count(1))
    monkeypatch.setattr(forward, "_DEADLINE_S", 2.0)
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as name:
        yield Path(name)


def ssh(place: Path, script: str) -> Path:
    """Write a program that plays ssh, and keeps what it was told."""
    command = place / "ssh"
    command.write_text(f'#!/bin/sh\necho "$@" >>{place}/told\n{script}\n')
    command.chmod(0o700)
    return command


def listen(place: Path, words: bytes) -> threading.Thread:
    """Play the master: say these words to the one that connects, and then close."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(place / "to-1"))
    listening.listen(1)

    def serve() -> None:
        with listening, listening.accept()[0] as connection:
            connection.sendall(words)
            if words:
                connection.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_it_connects_and_leaves_no_way_open(place: Path) -> None:
    serving = listen(place, b"RFB 003.008\n")
    command = ssh(place, "exit 0")
    sock = forward.connect(command, "rack-2", "127.0.0.1:5900")
    assert sock.recv(12) == b"RFB 003.008\n", "what it said is still there to be read"
    sock.close()
    serving.join(5)
    way = f"-L {place}/to-1:127.0.0.1:5900 -O"
    assert (place / "told").read_text() == f"{way} forward -- rack-2\n{way} cancel -- rack-2\n"
    assert {path.name for path in place.iterdir()} == {"ssh", "told"}


def test_who_is_not_there_says_nothing(place: Path) -> None:
    serving = listen(place, b"")
    with pytest.raises(DisplayUnreachable) as caught:
        forward.connect(ssh(place, "exit 0"), "rack-2", "/run/vnc.sock")
    serving.join(5)
    assert caught.value.arguments == {"place": "/run/vnc.sock"}


def test_a_master_that_will_not_is_told_in_its_words(place: Path) -> None:
    refusing = ssh(place, "echo Port forwarding is disabled >&2; exit 255")
    with pytest.raises(DisplayUnreachable) as caught:
        forward.connect(refusing, "rack-2", "127.0.0.1:5900")
    assert caught.value.detail == ("Port forwarding is disabled",)
    assert not (place / "to-1").exists()


def test_a_master_that_has_gone(place: Path) -> None:
    with pytest.raises(DisplayUnreachable):
        forward.connect(place / "none", "rack-2", "127.0.0.1:5900")
    with pytest.raises(DisplayUnreachable):
        forward.connect(ssh(place, "exit 0"), "rack-2", "127.0.0.1:5900")
