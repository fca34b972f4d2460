"""The master over a stand-in for ssh; over the real one, see tests/live/test_ssh.py."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from backend.errors import (
    AuthenticationFailed,
    ConnectionLost,
    ConnectionTimedOut,
    HostKeyChanged,
    HostKeyRejected,
    LoginFailed,
    PromptDeclined,
)
from backend.hypervisor.embedded.failures import ProgramMissing
from backend.hypervisor.ssh import master as under_test
from backend.hypervisor.ssh.master import Master
from backend.hypervisor.ssh.target import Target
from backend.hypervisor.workers import Workers
from backend.model import Prompt, PromptKind

# No blank may stand in what a script begins with; the way to our own interpreter can have one.
PYTHON = Path(sys.executable).resolve()
# What a script finds: ask(question) as ssh asks, say(words), say_beside(words) as others do,
# log_in() and then live on.
_SSH = """#!{python}
import os, subprocess, sys, time
control = sys.argv[sys.argv.index("-S") + 1]
log = open(sys.argv[sys.argv.index("-E") + 1], "a", buffering=1)
def say(words): log.write(words + "\\r\\n")
def say_beside(words): sys.stderr.write(words + "\\n"); sys.stderr.flush()
def ask(question):
    asked = subprocess.run([os.environ["SSH_ASKPASS"], question], stdout=subprocess.PIPE, text=True)
    return asked.stdout.rstrip("\\n")
def log_in(): open(control, "w").close(); time.sleep(60)
{script}
"""
UNKNOWN = (
    "The authenticity of host 'rack-2 (192.0.2.7)' can't be established.\\n"
    "ED25519 key fingerprint is SHA256:new.\\n"
    "Are you sure you want to continue connecting (yes/no/[fingerprint])? "
)

Setting = Callable[[str], Master]


class User:
    """Says what he is told to say, and remembers what he was asked."""

    def __init__(self) -> None:
        self.asked: list[Prompt] = []
        self.says: str | None = "open sesame"

    async def ask(self, prompt: Prompt) -> str:
        self.asked.append(prompt)
        if self.says is None:
            raise PromptDeclined(subject=prompt.subject)
        return self.says


@pytest.fixture
def user() -> User:
    return User()


@pytest.fixture
async def with_ssh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: User
) -> AsyncIterator[Setting]:
    """Return a function that gives a master over an ssh that does what a script says."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(under_test, "_PATIENCE_S", 5.0)
    workers = Workers("t", 1)
    made: list[Master] = []

    def set_up(script: str) -> Master:
        (tmp_path / "ssh").write_text(_SSH.format(python=PYTHON, script=script))
        (tmp_path / "ssh").chmod(0o755)
        made.append(Master(Target("rack-2", "root"), user.ask, workers))
        return made[-1]

    yield set_up
    for one in made:
        await one.close()
    workers.close()


def names_in(directory: str) -> list[str]:
    return [path.name for path in Path(directory).iterdir()]


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_what_ssh_asks_is_asked_and_then_it_is_open(with_ssh: Setting, user: User) -> None:
    one = with_ssh('assert ask("root@rack-2\'s password: ") == "open sesame"\nlog_in()')
    await one.open()
    assert user.asked == [Prompt(0, PromptKind.PASSWORD, "root@rack-2")]
    directory = one.place.directory
    await one.close()
    assert not directory.exists()


async def test_closed_its_process_has_gone(with_ssh: Setting) -> None:
    one = with_ssh("log_in()")
    await one.open()
    assert one._process
    pid = one._process.pid
    await one.close()
    assert not lives(pid)


async def test_one_that_ignores_that_is_killed(
    with_ssh: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "_LEAVE_S", 0.2)
    one = with_ssh("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nlog_in()")
    await one.open()
    assert one._process
    pid = one._process.pid
    await one.close()
    assert not lives(pid)


async def test_its_end_is_told_with_its_last_words(with_ssh: Setting) -> None:
    one = with_ssh(
        'open(control, "w").close()\ntime.sleep(0.3)\nsay("Timeout, server rack-2 not responding.")'
    )
    await one.open()
    with pytest.raises(ConnectionLost) as raised:
        await one.until_ended()
    assert raised.value.detail == ("Timeout, server rack-2 not responding.",)


async def test_what_is_said_after_it_was_closed_makes_no_place_anew(
    with_ssh: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as runtime:  # a short path
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        one = with_ssh("log_in()")
        await one.open()
        assert names_in(runtime)
        await one.close()
        with pytest.raises(ConnectionLost):
            await one.until_ended()
        assert not names_in(runtime)


async def test_a_refusal_is_read_from_its_words(with_ssh: Setting) -> None:
    one = with_ssh('say("root@rack-2: Permission denied (publickey).")\nsys.exit(255)')
    with pytest.raises(AuthenticationFailed):
        await one.open()


async def test_what_others_say_beside_it_is_told_but_not_believed(with_ssh: Setting) -> None:
    one = with_ssh(
        'say_beside("root@rack-2: Permission denied (publickey).")\nsay("Bye")\nsys.exit(255)'
    )
    with pytest.raises(LoginFailed) as raised:
        await one.open()
    assert type(raised.value) is LoginFailed
    assert raised.value.detail == ("root@rack-2: Permission denied (publickey).", "Bye")


async def test_who_declines_ends_the_attempt(with_ssh: Setting, user: User) -> None:
    user.says = None
    one = with_ssh('ask("root@rack-2\'s password: ")\nlog_in()')
    with pytest.raises(PromptDeclined):
        await one.open()


async def test_a_key_is_accepted_by_its_fingerprint(with_ssh: Setting, user: User) -> None:
    one = with_ssh(f'assert ask("{UNKNOWN}") == "SHA256:new"\nlog_in()')
    await one.open()
    assert [(prompt.kind, prompt.fingerprint) for prompt in user.asked] == [
        (PromptKind.HOST_KEY, "SHA256:new")
    ]


async def test_a_key_that_is_not_accepted_is_named(with_ssh: Setting, user: User) -> None:
    user.says = None
    one = with_ssh(f'ask("{UNKNOWN}")\nlog_in()')
    with pytest.raises(HostKeyRejected) as raised:
        await one.open()
    assert raised.value.arguments == {"host": "rack-2", "fingerprint": "SHA256:new"}


async def test_a_key_without_a_fingerprint_is_asked_about_too(
    with_ssh: Setting, user: User
) -> None:
    told = UNKNOWN.replace("ED25519 key fingerprint is SHA256:new.", "Its key is unlike any other.")
    one = with_ssh(f'assert ask("{told}") == "yes"\nlog_in()')
    await one.open()
    assert [(prompt.kind, prompt.fingerprint) for prompt in user.asked] == [
        (PromptKind.HOST_KEY, "")
    ]


def changed(known_hosts: Path, asked: str = "") -> str:
    return f"""
import pathlib
known = pathlib.Path({str(known_hosts)!r})
if known.read_text():
    for line in ("REMOTE HOST IDENTIFICATION HAS CHANGED!",
                 "The fingerprint for the ED25519 key sent by the remote host is",
                 "SHA256:new.", f"Offending RSA key in {{known}}:1",
                 "Host key for rack-2 has changed and you have requested strict checking.",
                 "Host key verification failed."):
        say(line)
    sys.exit(255)
assert "-oHostKeyAlgorithms=ssh-ed25519" in sys.argv
assert ask({(asked or UNKNOWN.encode().decode("unicode_escape"))!r}).startswith("SHA256:")
log_in()
"""


async def test_a_changed_key_is_asked_about_once_and_exactly_that_is_taken(
    with_ssh: Setting, user: User, tmp_path: Path
) -> None:
    known = tmp_path / "known_hosts"
    known.write_text("rack-2 ssh-rsa AAAA\n")
    await with_ssh(changed(known)).open()
    (prompt,) = user.asked
    assert (prompt.kind, prompt.subject) == (PromptKind.HOST_KEY_CHANGED, "rack-2")
    assert prompt.fingerprint == "SHA256:new"
    assert prompt.detail[0].startswith("SHA256:")
    assert prompt.detail[1] == f"{known}:1"


async def test_another_key_than_the_accepted_one_is_asked_about_again(
    with_ssh: Setting, user: User, tmp_path: Path
) -> None:
    known = tmp_path / "known_hosts"
    known.write_text("rack-2 ssh-rsa AAAA\n")
    third = UNKNOWN.encode().decode("unicode_escape").replace("SHA256:new", "SHA256:third")
    await with_ssh(changed(known, third)).open()
    assert [prompt.fingerprint for prompt in user.asked] == ["SHA256:new", "SHA256:third"]


async def test_a_changed_key_that_nobody_accepts_stays_out(
    with_ssh: Setting, user: User, tmp_path: Path
) -> None:
    known = tmp_path / "known_hosts"
    known.write_text("rack-2 ssh-rsa AAAA\n")
    user.says = None
    with pytest.raises(HostKeyChanged) as raised:
        await with_ssh(changed(known)).open()
    assert raised.value.arguments["file"] == str(known)
    assert "rack-2" in known.read_text()


async def test_silence_ends_but_not_while_somebody_thinks(
    with_ssh: Setting, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "_PATIENCE_S", 0.6)
    thinks: Callable[[Prompt], Awaitable[str]] = user.ask

    async def think(prompt: Prompt) -> str:
        await asyncio.sleep(1.2)
        return await thinks(prompt)

    monkeypatch.setattr(user, "ask", think)
    await with_ssh('ask("root@rack-2\'s password: ")\nlog_in()').open()
    with pytest.raises(ConnectionTimedOut) as raised:
        await with_ssh("time.sleep(60)").open()
    assert raised.value.arguments == {"host": "rack-2", "port": 22}


async def test_without_ssh_it_is_said_what_to_install(
    with_ssh: Setting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = with_ssh("log_in()")
    (tmp_path / "ssh").unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing):
        await one.open()
