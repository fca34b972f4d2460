"""Being let in to a machine's display: what is asked of the user, and what is not asked twice."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from backend.display.channel import ChannelState, FramebufferChannel
from backend.display.failures import DisplayAsks, DisplayDeclined
from backend.display.rfb.des import answer_challenge
from backend.hypervisor import screens
from backend.hypervisor.screens import Way
from backend.model import Host, Keep, Prompt, PromptKind, Ref
from backend.operations import display
from backend.operations import host as host_verbs
from tests.backend.conftest import Heard

CHALLENGE = bytes(range(16))
SCREEN = struct.pack(">HH16xI", 4, 4, 2) + b"vm"


class Server:
    """A VNC server with a password, which each connection is a new one to."""

    def __init__(self) -> None:
        self.password = "secret"
        self.known_password = ""
        self.connections = 0

    def way(self, _connect: object, _uuid: str) -> Way:
        """Return a way in, as a worker opens it."""
        self.connections += 1
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._serve, args=(theirs,), name="vnc server").start()
        return Way(ours, "VNC", is_local=True, password=self.known_password)

    def _serve(self, sock: socket.socket) -> None:
        with sock:
            sock.settimeout(20)
            sock.sendall(b"RFB 003.008\n\1\2")
            if len(_read(sock, 13)) < 13:
                return
            sock.sendall(CHALLENGE)
            if _read(sock, 16) != answer_challenge(self.password, CHALLENGE):
                sock.sendall(b"\0\0\0\1\0\0\0\2no")
                return
            sock.sendall(b"\0\0\0\0" + SCREEN)
            while sock.recv(65536):
                pass


def _read(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count and (part := sock.recv(count - len(data))):
        data += part
    return data


class Person:
    """Opens the display and answers what the host's record then asks."""

    def __init__(self, heard: Heard, vm: Ref) -> None:
        self.heard, self.vm = heard, vm

    def open(self) -> "Future[FramebufferChannel]":
        return self.heard.engine.query(display.open_display, self.vm)

    def asked(self) -> Prompt:
        self.heard.until(lambda: self.heard.host().prompt)
        prompt = self.heard.host().prompt
        assert prompt is not None
        return prompt

    def answer(self, text: str) -> Prompt:
        prompt = self.asked()
        self._do(host_verbs.answer, prompt.id, text, Keep.NO)
        self.heard.until(lambda: self.heard.host().prompt != prompt)
        return prompt

    def decline(self) -> None:
        self._do(host_verbs.decline, self.asked().id)

    def _do(self, verb: Any, *arguments: object) -> None:
        self.heard.engine.query(verb, self.heard.host().ref, *arguments).result(10)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    made = Server()
    monkeypatch.setattr(screens, "open_vnc", made.way)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return made


@pytest.fixture
def person(heard: Heard, vm: Ref, server: Server) -> Iterator[Person]:
    yield Person(heard, vm)
    end = time.monotonic() + 10
    while any(thread.name == "vnc server" for thread in threading.enumerate()):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_password_is_asked_once_and_then_known(person: Person, server: Server) -> None:
    opening = person.open()
    prompt = person.answer("secret")
    assert (prompt.kind, prompt.subject) == (PromptKind.DISPLAY_PASSWORD, "test")
    channel = opening.result(10)
    channel.close()
    connections = server.connections
    person.open().result(10).close()
    assert server.connections == connections + 1, "nothing is tried in vain"
    assert person.heard.host().prompt is None


def test_what_is_wrong_is_asked_again(person: Person) -> None:
    opening = person.open()
    assert not person.answer("wrong").is_again
    assert person.answer("secret").is_again
    opening.result(10).close()


def test_what_the_host_tells_is_not_asked_and_may_be_outdated(
    person: Person, server: Server
) -> None:
    server.known_password = "secret"
    person.open().result(10).close()
    assert person.heard.host().prompt is None
    server.password = "changed"
    opening = person.open()
    assert not person.answer("changed").is_again
    opening.result(10).close()


def test_a_password_that_was_changed_is_asked_anew(person: Person, server: Server) -> None:
    opening = person.open()
    person.answer("secret")
    opening.result(10).close()
    server.password = "changed"
    opening = person.open()
    assert person.answer("changed").is_again
    opening.result(10).close()


def test_who_declines_is_told_so_and_the_host_is_left_in_peace(person: Person) -> None:
    opening = person.open()
    person.decline()
    with pytest.raises(DisplayDeclined) as caught:
        opening.result(10)
    assert caught.value.arguments == {"name": "test"}
    assert isinstance(person.heard.host(), Host)
    assert person.heard.host().problem is None


def test_who_may_not_ask_is_let_in_by_what_is_known_or_not_at_all(
    person: Person, server: Server
) -> None:
    def glance() -> "Future[FramebufferChannel]":
        return person.heard.engine.query(display.open_display, person.vm, may_ask=False)

    with pytest.raises(DisplayAsks):
        glance().result(10)
    assert person.heard.host().prompt is None
    opening = person.open()
    person.answer("secret")
    opening.result(10).close()
    glance().result(10).close()
    server.password = "changed"
    with pytest.raises(DisplayAsks):
        glance().result(10)
    assert person.heard.host().prompt is None


def test_two_views_ask_once(person: Person) -> None:
    one, two = person.open(), person.open()
    person.answer("secret")
    for opening in (one, two):
        channel = opening.result(10)
        assert channel.take().standing.state is ChannelState.LIVE
        channel.close()


def test_a_view_that_is_closed_takes_its_question_with_it(person: Person) -> None:
    opening = person.open()
    person.asked()
    opening.cancel()
    person.heard.until(lambda: person.heard.host().prompt is None)


def test_a_server_that_is_none_says_so(
    person: Person, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def way(_connect: object, _uuid: str) -> Way:
        ours, theirs = socket.socketpair()
        theirs.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
        theirs.close()
        return Way(ours, "VNC", is_local=True)

    monkeypatch.setattr(screens, "open_vnc", way)
    channel = person.open().result(10)
    reason = channel.take().standing.reason
    assert reason is not None
    assert reason.message_id == "DisplayBroken"
    channel.close()


def test_ways_show_no_password() -> None:
    ours, theirs = socket.socketpair()
    way = Way(ours, "VNC", is_local=True, password="secret")  # noqa: S106
    assert "secret" not in repr(way)
    for sock in (ours, theirs):
        sock.close()


def test_a_host_that_is_forgotten_asks_nobody_any_more(person: Person) -> None:
    opening = person.open()
    person.asked()
    person.heard.engine.forget(person.vm.host)
    with pytest.raises(DisplayDeclined):
        opening.result(10)
