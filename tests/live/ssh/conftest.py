"""Another computer, and the way there, for each test."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from celadon_tour.sshd import (
    Sshd,
    children,
    libvirtd,
    make_key,
    somebody,
)

from backend.specs import HostSpec
from tests.live.ssh.setting import There, is_alive


@pytest.fixture(scope="module")
def there() -> Iterator[There]:
    """Another computer, with a user and a libvirt."""
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="cel-", dir="/var/tmp"))
        directory = Path(name)
        directory.chmod(0o755)
        user = stack.enter_context(somebody(directory / "home"))
        daemon = libvirtd(directory, user, environment={})
        stack.callback(daemon.stop)
        yield There(directory, user, daemon)


@pytest.fixture
def place(there: There) -> Iterator[Path]:
    there.daemon.revive()
    with tempfile.TemporaryDirectory(dir=there.directory) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def sshd(place: Path) -> Iterator[Sshd]:
    one = Sshd(place / "sshd")
    one.start()
    yield one
    one.stop()


@pytest.fixture
def known(place: Path) -> Path:
    """The known hosts of this test."""
    return place / "known_hosts"


@pytest.fixture
def spec(place: Path, there: There, sshd: Sshd, known: Path) -> HostSpec:
    """The host by that server, with a configuration of ssh in which nothing is the user's own."""
    config = place / "config"
    lines = [f"UserKnownHostsFile {known}", "GlobalKnownHostsFile /dev/null", "IdentityAgent none"]
    config.write_text("\n".join([*lines, f"IdentityFile {place / 'key'}"]) + "\n")
    return HostSpec("there", "There", there.uri(sshd), ssh_config=config)


@pytest.fixture
def trusted(sshd: Sshd, known: Path) -> None:
    """The server's key is known."""
    key = (sshd.directory / "host_key.pub").read_text()
    known.write_text(f"[127.0.0.1]:{sshd.port} {key}")


@pytest.fixture
def key(place: Path, sshd: Sshd) -> Path:
    """A key that the server accepts."""
    made = make_key(place / "key")
    sshd.let_in(made)
    return made


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No process of ours outlives a test, and nothing in the directory for such things."""
    before = set(children(os.getpid()))
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield Path(runtime)
        assert list(Path(runtime).iterdir()) == []
    left = set(children(os.getpid())) - before
    names = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in left if is_alive(pid)]
    assert not [name for name in names if b"ssh" in name and b"sshd" not in name]
