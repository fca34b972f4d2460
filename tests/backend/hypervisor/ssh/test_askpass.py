"""The program itself, run as ssh runs it; what hears it is in test_ear."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest

from backend.hypervisor.ssh import askpass


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with (
        tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as name,
        socket.socket(socket.AF_UNIX) as one,
    ):
        one.bind(f"{name}/asked")
        one.listen()
        one.settimeout(10)
        yield one


def ask(listening: socket.socket, text: str, hint: str = "") -> "subprocess.Popen[str]":
    environment = {**os.environ, askpass.SOCKET: listening.getsockname()}
    if hint:
        environment["SSH_ASKPASS_PROMPT"] = hint
    command = [sys.executable, "-I", "-S", str(askpass.__file__), text]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_the_question_goes_there_and_the_answer_comes_back(listening: socket.socket) -> None:
    asking = ask(listening, "root@rack-2's password: ", "none")
    channel, _ = listening.accept()
    with channel, channel.makefile() as lines:
        told = json.loads(lines.readline())
        assert told == {"text": "root@rack-2's password: ", "hint": "none"}
        channel.sendall(json.dumps('grün & "so"').encode() + b"\n")
    assert asking.communicate(timeout=10)[0] == 'grün & "so"\n'
    assert asking.returncode == 0


def test_nobody_answers_when_the_other_side_has_gone(listening: socket.socket) -> None:
    asking = ask(listening, "root@rack-2's password: ")
    listening.accept()[0].close()
    assert asking.communicate(timeout=10)[0] == ""
    assert asking.returncode == 1
