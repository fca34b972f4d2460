"""Hears what ssh asks through `askpass`, and answers it when somebody has said something."""

import asyncio
import contextlib
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

Reply = Callable[[str], Awaitable[str]]
_LONGEST_QUESTION = 65536
# SSH_ASKPASS_PROMPT: "none" only tells something, and ends the program when that is over; "confirm"
# is for agents and shared masters, which ask nothing of us.
_NOTICE, _CONFIRMATION = "none", "confirm"


async def hear(path: Path, reply: Reply) -> None:
    """Answer each question with what `reply` returns, until cancelled; what it raises ends this."""
    with _listen(path) as listening:
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            while True:
                channel, _ = await loop.sock_accept(listening)
                tasks.create_task(_converse(channel, reply))


def _listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    listening.setblocking(False)  # noqa: FBT003
    listening.bind(str(path))
    listening.listen()
    return listening


async def _converse(channel: socket.socket, reply: Reply) -> None:
    loop = asyncio.get_running_loop()
    with channel, contextlib.suppress(OSError):  # ssh has left
        question = b""
        while not question.endswith(b"\n") and len(question) < _LONGEST_QUESTION:
            received = await loop.sock_recv(channel, 4096)
            if not received:
                return
            question += received
        asked = json.loads(question)
        if asked["hint"] == _NOTICE:
            await loop.sock_recv(channel, 1)  # it is closed when the notice is of the past
        elif asked["hint"] != _CONFIRMATION:
            answer = await reply(asked["text"])
            await loop.sock_sendall(channel, json.dumps(answer).encode() + b"\n")
