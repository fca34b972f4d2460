"""The desktop's secret service: a real gnome-keyring on a bus of the test's own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from celadon_tour.sshd import PASSPHRASE, Sshd, libvirtd, make_key, somebody, until

from backend.hypervisor.secrets import Secrets
from backend.model import Keep, PromptKind
from backend.operations import host
from backend.specs import HostSpec
from tests.live.client import HOST, client

KEYRING = shutil.which("gnome-keyring-daemon")
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not KEYRING, reason="no secret service to try (gnome-keyring)"),
    pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="no bus to try (dbus-daemon)"),
]
KEY = (PromptKind.PASSWORD, "root@rack-2")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An unlocked keyring on a bus of its own; the directory that it writes in."""
    with (
        tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as name,
        contextlib.ExitStack() as stack,
    ):
        home = Path(name)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": name,
            **{f"XDG_{what}": f"{name}/{what}" for what in ("DATA_HOME", "RUNTIME_DIR")},
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={name}/bus",
        }
        for what in ("DATA_HOME", "RUNTIME_DIR"):
            (home / what).mkdir(mode=0o700)
        bus = [f"--address=unix:path={name}/bus", "--session", "--nofork", "--nopidfile"]
        stack.enter_context(_running(["dbus-daemon", *bus], environment))
        until((home / "bus").exists, "no bus")
        daemon = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
        stack.enter_context(_running(daemon, environment, says="a password for the keyring"))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        until(lambda: list(home.rglob("*.keyring")), "no keyring")
        yield home


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], says: str = "") -> Iterator[None]:
    process = subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(says)
    process.stdin.close()
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.usefixtures("keyring")
async def test_what_is_kept_is_found_replaced_and_dropped() -> None:
    safe, other = Secrets("qemu+ssh://rack-2"), Secrets("qemu+ssh://rack-3")
    assert await safe.is_there()
    assert await safe.find(*KEY) is None
    for text in ("open sesame", 'grün & "so"'):
        assert await safe.keep(*KEY, text)
        assert await safe.find(*KEY) == text
    assert await other.find(*KEY) is None, "another server is another matter"
    await safe.drop(*KEY)
    assert await safe.find(*KEY) is None
    for one in (safe, other):
        one.close()


@pytest.mark.usefixtures("keyring")
async def test_a_passphrase_is_the_keys_whatever_server_it_opens() -> None:
    safe, other = Secrets("qemu+ssh://rack-2"), Secrets("qemu+ssh://rack-3")
    await safe.keep(PromptKind.PASSPHRASE, "/root/.ssh/id", PASSPHRASE)
    assert await other.find(PromptKind.PASSPHRASE, "/root/.ssh/id") == PASSPHRASE
    for one in (safe, other):
        one.close()


def files_in(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


async def test_what_is_kept_is_written_in_no_clear_words(keyring: Path) -> None:
    safe = Secrets("qemu+ssh://rack-2")
    assert await safe.keep(*KEY, "open sesame")
    safe.close()
    files = files_in(keyring)
    assert files
    assert not [path for path in files if b"open sesame" in path.read_bytes()]


@pytest.fixture
def spec(tmp_path: Path) -> Iterator[HostSpec]:
    """A host by SSH, where a key with a passphrase is let in."""
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="cel-", dir="/var/tmp"))
        directory = Path(name)
        directory.chmod(0o755)
        user = stack.enter_context(somebody(directory / "home"))
        daemon = libvirtd(directory, user, environment={})
        stack.callback(daemon.stop)
        sshd = Sshd(directory / "sshd")
        sshd.start()
        stack.callback(sshd.stop)
        sshd.let_in(make_key(directory / "key", PASSPHRASE))
        (directory / "config").write_text(
            f"UserKnownHostsFile {name}/known_hosts\nGlobalKnownHostsFile /dev/null\n"
            f"StrictHostKeyChecking accept-new\nIdentityAgent none\nIdentityFile {name}/key\n"
        )
        where = f"netcat={daemon.netcat}&socket={daemon.socket}"
        uri = f"test+ssh://{user}@127.0.0.1:{sshd.port}/default?{where}"
        yield HostSpec("there", "There", uri, ssh_config=directory / "config")


@pytest.mark.usefixtures("keyring")
def test_what_the_user_wants_kept_is_not_asked_again_by_another_console(spec: HostSpec) -> None:
    with client(spec) as one:
        wrong = one.answer(PromptKind.PASSPHRASE, "wrong", Keep.YES)
        assert wrong.can_be_kept
        one.answer(PromptKind.PASSPHRASE, PASSPHRASE, Keep.YES)
        one.connected()
    with client(spec) as another:
        another.connected()
        assert another.prompts() == []


@pytest.mark.usefixtures("keyring")
def test_what_is_not_to_be_kept_is_not(spec: HostSpec) -> None:
    for _ in range(2):
        with client(spec) as one:
            assert not one.answer(PromptKind.PASSPHRASE, PASSPHRASE).is_again
            one.connected()


@pytest.mark.usefixtures("keyring")
async def test_a_kept_secret_that_is_wrong_now_is_dropped_and_asked_anew(spec: HostSpec) -> None:
    assert spec.ssh_config
    subject = (PromptKind.PASSPHRASE, str(spec.ssh_config.with_name("key")))
    safe = Secrets("")
    await safe.keep(*subject, "of yesterday")
    with client(spec) as one:
        assert one.answer(PromptKind.PASSPHRASE, PASSPHRASE).is_again
        one.connected()
        assert await safe.find(*subject) is None
        one.do(host.disconnect)
        one.engine.submit(host.reconnect, HOST)
        one.answer(PromptKind.PASSPHRASE, PASSPHRASE)
        one.connected()
    safe.close()
