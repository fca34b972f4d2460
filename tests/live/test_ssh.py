"""The way by SSH, against real servers: who is asked what, what is refused, what is left over."""

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.hypervisor.ssh import master
from backend.model import Domain, HostState, PromptKind
from backend.operations import domain, host
from backend.specs import HostSpec
from tests.live.client import HOST, Client, client
from tests.live.sshd import (
    IS_ROOT,
    PASSPHRASE,
    PASSWORD,
    SSHD,
    Libvirtd,
    Sshd,
    children,
    free_port,
    libvirtd,
    make_key,
    run,
    throw_away_user,
    until,
)

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not Path(SSHD).exists(), reason="there is no sshd (openssh-server)"),
]
by_password = pytest.mark.skipif(
    not IS_ROOT, reason="only an sshd that runs as root can check a password"
)


@pytest.fixture(scope="module")
def there() -> Iterator["There"]:
    """Another computer, with a user and a libvirt."""
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="cel-", dir="/var/tmp"))
        directory = Path(name)
        directory.chmod(0o755)
        user = (
            stack.enter_context(throw_away_user(directory / "home"))
            if IS_ROOT
            else run("id", "-un").strip()
        )
        daemon = libvirtd(directory, user, environment={})
        stack.callback(daemon.stop)
        yield There(directory, user, daemon)


class There:
    """Where tests go by SSH."""

    def __init__(self, directory: Path, user: str, daemon: Libvirtd) -> None:
        self.directory = directory
        self.user = user
        self.daemon = daemon

    def uri(self, sshd: Sshd, extra: str = "") -> str:
        """Return the address of its libvirt by that server."""
        where = f"netcat={self.daemon.netcat}&socket={self.daemon.socket}"
        return f"test+ssh://{self.user}@127.0.0.1:{sshd.port}/default?{where}{extra}"


@pytest.fixture
def place(there: There) -> Iterator[Path]:
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
    names = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in left if _is_alive(pid)]
    assert not [name for name in names if b"ssh" in name and b"sshd" not in name]


def _is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").exists()


# Keys of hosts


@pytest.mark.usefixtures("key")
def test_an_unknown_host_shows_its_fingerprint_and_is_known_from_then_on(
    spec: HostSpec, sshd: Sshd, known: Path
) -> None:
    with client(spec) as one:
        prompt = one.answer(PromptKind.HOST_KEY)
        assert prompt.fingerprint == sshd.fingerprint
        assert prompt.subject == f"127.0.0.1:{sshd.port}"
        one.connected()
        assert [r.name for r in one.heard.records.values() if isinstance(r, Domain)] == ["test"]
        assert len(one.prompts()) == 1
    assert f":{sshd.port}" in known.read_text()
    with client(spec) as again:
        again.connected()
        assert again.prompts() == []


@pytest.mark.usefixtures("key")
def test_an_unknown_host_that_is_declined_is_not_tried_again(spec: HostSpec, known: Path) -> None:
    with client(spec) as one:
        one.decline(PromptKind.HOST_KEY)
        assert one.away().message_id == "HostKeyRejected"
        assert one.host.retry_at is None
        assert not known.exists()
        # Whoever asks for it is asked again.
        one.engine.submit(host.reconnect, HOST)
        one.answer(PromptKind.HOST_KEY)
        one.connected()


@pytest.mark.usefixtures("key", "trusted")
def test_a_changed_key_is_shown_beside_the_old_one_and_replaced_when_accepted(
    spec: HostSpec, sshd: Sshd, known: Path
) -> None:
    old = sshd.fingerprint
    sshd.change_host_key()
    known.write_text("[other]:22 " + known.read_text().partition(" ")[2] + known.read_text())
    with client(spec) as one:
        prompt = one.answer(PromptKind.HOST_KEY_CHANGED)
        assert (prompt.fingerprint, prompt.detail) == (sshd.fingerprint, (old, f"{known}:2"))
        one.connected()
        assert len(one.prompts()) == 1, "the accepted key is not asked about again"
    found = run("ssh-keygen", "-l", "-F", f"[127.0.0.1]:{sshd.port}", "-f", str(known))
    assert found.split()[-1] == sshd.fingerprint
    assert "[other]:22" in known.read_text()


@pytest.mark.usefixtures("key", "trusted")
def test_a_changed_key_that_is_declined_changes_nothing(
    spec: HostSpec, sshd: Sshd, known: Path
) -> None:
    before, old = known.read_text(), sshd.fingerprint
    sshd.change_host_key()
    with client(spec) as one:
        one.decline(PromptKind.HOST_KEY_CHANGED)
        problem = one.away()
        assert problem.message_id == "HostKeyChanged"
        assert (problem["old"], problem["new"]) == (old, sshd.fingerprint)
        assert (problem["file"], problem["line"]) == (str(known), 1)
        assert one.host.retry_at is None
    assert known.read_text() == before


# Who we are


@by_password
@pytest.mark.usefixtures("trusted")
def test_a_password_is_asked_for_and_a_wrong_one_again(
    spec: HostSpec, sshd: Sshd, there: There
) -> None:
    with client(spec) as one:
        first = one.answer(PromptKind.PASSWORD, "wrong")
        assert (first.subject, first.is_again) == (f"{there.user}@127.0.0.1", False)
        assert one.answer(PromptKind.PASSWORD, PASSWORD).is_again
        one.connected()
        assert sshd.connections() == 1


@by_password
@pytest.mark.usefixtures("trusted")
def test_three_wrong_passwords_are_enough(spec: HostSpec) -> None:
    with client(spec) as one:
        for _ in range(3):
            one.answer(PromptKind.PASSWORD, "wrong")
        assert one.away().message_id == "AuthenticationFailed"
        assert one.host.retry_at is None


@by_password
@pytest.mark.usefixtures("trusted")
def test_a_password_that_nobody_gives_is_said_and_not_asked_again(spec: HostSpec) -> None:
    with client(spec) as one:
        one.decline(PromptKind.PASSWORD)
        assert one.away().message_id == "PromptDeclined"
        assert one.host.retry_at is None
        one.engine.submit(host.reconnect, HOST)
        one.answer(PromptKind.PASSWORD, PASSWORD)
        one.connected()


@by_password
def test_a_server_of_pam_asks_in_its_own_way(place: Path, there: There, spec: HostSpec) -> None:
    sshd = Sshd(place / "pam", PasswordAuthentication="no", KbdInteractiveAuthentication="yes")
    sshd.start()
    uri = there.uri(sshd)
    with client(HostSpec("there", "There", uri, ssh_config=spec.ssh_config)) as one:
        one.answer(PromptKind.HOST_KEY)
        prompt = one.answer(PromptKind.PASSWORD, PASSWORD)
        assert prompt.subject == f"{there.user}@127.0.0.1"
        one.connected()
    sshd.stop()


@by_password
@pytest.mark.usefixtures("trusted")
def test_a_server_that_hung_up_meanwhile_is_told_the_answer_all_the_same(
    place: Path, spec: HostSpec, there: There, known: Path
) -> None:
    hasty = Sshd(place / "hasty", LoginGraceTime="2")
    hasty.start()
    key = (hasty.directory / "host_key.pub").read_text()
    known.write_text(f"[127.0.0.1]:{hasty.port} {key}")
    with client(HostSpec("there", "There", there.uri(hasty), ssh_config=spec.ssh_config)) as one:
        one.asked(PromptKind.PASSWORD)
        one.wait(lambda: not hasty.sessions())
        one.answer(PromptKind.PASSWORD, PASSWORD)
        one.connected()
        assert len(one.prompts()) == 1
    hasty.stop()


@pytest.mark.usefixtures("trusted")
def test_a_keys_passphrase_is_asked_for(spec: HostSpec, sshd: Sshd, place: Path) -> None:
    sshd.let_in(make_key(place / "key", PASSPHRASE))
    with client(spec) as one:
        first = one.answer(PromptKind.PASSPHRASE, "wrong")
        assert (first.subject, first.is_again) == (str(place / "key"), False)
        assert one.answer(PromptKind.PASSPHRASE, PASSPHRASE).is_again
        one.connected()


@pytest.mark.usefixtures("trusted")
def test_an_agent_that_has_the_key_spares_the_question(
    spec: HostSpec, sshd: Sshd, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key(place / "in_agent")
    sshd.let_in(key)
    agent = f"{place}/agent"
    running = subprocess.Popen(["ssh-agent", "-D", "-a", agent], stdout=subprocess.DEVNULL)
    try:
        monkeypatch.setenv("SSH_AUTH_SOCK", agent)
        while not Path(agent).exists():
            pass
        run("ssh-add", "-q", str(key))
        assert spec.ssh_config
        config = spec.ssh_config.read_text().replace("IdentityAgent none\n", "")
        spec.ssh_config.write_text(config)
        with client(spec) as one:
            one.connected()
            assert one.prompts() == []
    finally:
        running.terminate()
        running.wait()


@pytest.mark.usefixtures("trusted")
def test_a_key_that_the_server_does_not_know_is_refused(place: Path, there: There) -> None:
    sshd = Sshd(place / "strict", PasswordAuthentication="no")
    sshd.start()
    make_key(place / "key")
    config = place / "other_config"
    config.write_text(
        f"UserKnownHostsFile {place}/other\nStrictHostKeyChecking accept-new\n"
        f"GlobalKnownHostsFile /dev/null\nIdentityAgent none\nIdentityFile {place}/key\n"
    )
    with client(HostSpec("there", "There", there.uri(sshd), ssh_config=config)) as one:
        problem = one.away()
        assert problem.message_id == "AuthenticationFailed"
        assert problem["user"] == there.user
        assert one.host.retry_at is None
    sshd.stop()


# Through another computer


def test_a_jump_host_has_its_own_key_and_its_own_login(
    place: Path, spec: HostSpec, there: There, sshd: Sshd, key: Path
) -> None:
    gate = Sshd(place / "gate")
    gate.start()
    gate.let_in(key)
    jump = f"{there.user}@127.0.0.1:{gate.port}"
    by_gate = HostSpec("there", "There", spec.uri, jump=jump, ssh_config=spec.ssh_config)
    with client(by_gate) as one:
        assert one.answer(PromptKind.HOST_KEY).fingerprint == gate.fingerprint
        assert one.answer(PromptKind.HOST_KEY).fingerprint == sshd.fingerprint
        one.connected()
        assert (gate.connections(), sshd.connections()) == (1, 1)
    gate.stop()


# What the way costs, and how it ends


@pytest.mark.usefixtures("key", "trusted")
def test_one_connection_carries_all_andnothing_is_left_of_it(spec: HostSpec, sshd: Sshd) -> None:
    with client(spec) as one:
        one.connected()
        (machine,) = (r for r in one.heard.records.values() if isinstance(r, Domain))
        stop = one.engine.watch(HOST)
        one.heard.until(lambda: one.heard.samples)
        stop()
        job = one.heard.end_of(one.engine.submit(domain.suspend, machine.ref))
        assert job.problem is None
        one.engine.query(domain.description, machine.ref).result(10)
        assert one.heard.end_of(one.engine.submit(domain.resume, machine.ref)).problem is None
        assert sshd.connections() == 1
        assert one.do(host.disconnect) is None
        one.wait(lambda: not sshd.sessions())
        one.until(HostState.DISCONNECTED)
        assert not _ssh_processes()
        assert one.do(host.reconnect) is None
        one.connected()
        one.engine.forget("there")
        one.wait(lambda: not _ssh_processes() and not sshd.sessions())


def _ssh_processes() -> list[int]:
    found = []
    for pid in children(os.getpid()):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() == "ssh":
                found.append(pid)
    return found


_CONSOLE = """
import sys
from pathlib import Path
from backend.model import HostState
from backend.specs import HostSpec
from tests.live.client import client
with client(HostSpec("there", "There", sys.argv[1], ssh_config=Path(sys.argv[2]))) as one:
    one.connected()
    print("connected", flush=True)
    sys.stdin.read()
"""


@pytest.mark.usefixtures("key", "trusted")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_console_that_dies_leaves_no_ssh_behind(
    spec: HostSpec, sshd: Sshd, number: signal.Signals, nothing_is_left: Path
) -> None:
    command = [sys.executable, "-c", _CONSOLE, spec.uri, str(spec.ssh_config)]
    environment = {**os.environ, "PYTHONPATH": "packaging/tour:."}
    with subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as console:
        assert console.stdout
        assert console.stdout.readline() == "connected\n"
        ours = children(console.pid)
        assert ours
        console.send_signal(number)
        console.wait()
    until(lambda: not any(_is_alive(pid) for pid in ours), "a process of the console's is left")
    until(lambda: not sshd.sessions(), "the server still has somebody")
    # What a dead console could not take along is taken away by the next.
    with client(spec) as one:
        one.connected()
        (place,) = nothing_is_left.iterdir()
        assert place.is_dir()


@pytest.mark.usefixtures("key", "trusted")
@pytest.mark.parametrize("cut", ["killed", "stopped", "forgotten"])
def test_a_link_that_is_cut_is_noticed_and_comes_back(spec: HostSpec, sshd: Sshd, cut: str) -> None:
    with client(spec) as one:
        one.connected()
        before = [r.ref for r in one.heard.records.values() if isinstance(r, Domain)]
        how: dict[str, Callable[[], None]] = {
            "killed": lambda: _signal(sshd.sessions(), signal.SIGKILL),
            "stopped": lambda: _signal(sshd.sessions(), signal.SIGSTOP),
            "forgotten": sshd.stop,
        }
        how[cut]()
        one.until(HostState.AWAY)
        assert one.away().message_id in ("ConnectionLost", "ConnectionRefused")
        assert [r.ref for r in one.heard.records.values() if isinstance(r, Domain)] == before
        if cut == "forgotten":
            one.heard.until(lambda: len(_waits(one)) >= 3)
            waits = _waits(one)
            assert waits == sorted(waits), "each wait is longer than the one before"
            assert one.away().message_id == "ConnectionRefused"
            sshd.start()
            assert one.do(host.reconnect) is None
        one.until(HostState.CONNECTED)
        assert one.prompts() == []
        if cut == "stopped":
            _signal(sshd.sessions(), signal.SIGCONT)


def _waits(one: Client) -> list[float]:
    """Return how long it was to wait after each failure, by the records."""
    found = []
    for change in one.heard.changes:
        record = change.after
        is_host = record is not None and record.ref == HOST
        if is_host and getattr(record, "retry_at", None) and record not in found:
            found.append(record)
    ends = [getattr(record, "retry_at", 0.0) for record in found]
    return [later - earlier for earlier, later in itertools.pairwise(ends)]


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@by_password
@pytest.mark.usefixtures("trusted")
def test_a_link_that_comes_back_asks_nobody_again(spec: HostSpec, sshd: Sshd) -> None:
    with client(spec) as one:
        one.answer(PromptKind.PASSWORD, PASSWORD)
        one.connected()
        _signal(sshd.sessions(), signal.SIGKILL)
        one.until(HostState.AWAY)
        one.until(HostState.CONNECTED)
        assert len(one.prompts()) == 1
        assert one.do(host.disconnect) is None
        one.engine.submit(host.reconnect, HOST)
        one.answer(PromptKind.PASSWORD, PASSWORD)
        one.connected()


# What is wrong there


def test_a_port_that_nobody_listens_at_is_named(spec: HostSpec) -> None:
    port = free_port()
    uri = f"qemu+ssh://root@127.0.0.1:{port}/system"
    with client(HostSpec("there", "There", uri, ssh_config=spec.ssh_config)) as one:
        problem = one.away()
        assert (problem.message_id, problem["host"], problem["port"]) == (
            *("ConnectionRefused", "127.0.0.1"), port,
        )  # fmt: skip
        assert one.host.retry_at


def test_a_name_that_nobody_knows_is_named(spec: HostSpec) -> None:
    uri = "qemu+ssh://root@rack-2.invalid/system"
    with client(HostSpec("there", "There", uri, ssh_config=spec.ssh_config)) as one:
        problem = one.away()
        assert (problem.message_id, problem["host"]) == ("NameNotResolved", "rack-2.invalid")


def test_a_server_that_says_nothing_is_given_up(
    spec: HostSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master, "_PATIENCE_S", 2.0)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        uri = f"qemu+ssh://root@127.0.0.1:{mute.getsockname()[1]}/system"
        with client(HostSpec("there", "There", uri, ssh_config=spec.ssh_config)) as one:
            assert one.away().message_id == "ConnectionTimedOut"


@pytest.mark.usefixtures("key", "trusted")
def test_a_host_without_libvirt_says_so(spec: HostSpec, there: There) -> None:
    uri = spec.uri.replace(str(there.daemon.socket), "/nowhere/libvirt-sock")
    with client(HostSpec("there", "There", uri, ssh_config=spec.ssh_config)) as one:
        problem = one.away()
        assert (problem.message_id, problem["host"]) == ("LibvirtMissingThere", "127.0.0.1")


def test_no_secret_is_in_a_record_or_a_log(
    spec: HostSpec, sshd: Sshd, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sshd.let_in(make_key(place / "key", PASSPHRASE))
    caplog.set_level("DEBUG")
    with client(spec) as one:
        one.answer(PromptKind.HOST_KEY)
        one.asked(PromptKind.PASSPHRASE)
        environments = [
            Path(f"/proc/{pid}/{what}").read_bytes()
            for pid in children(os.getpid())
            for what in ("environ", "cmdline")
            if _is_alive(pid)
        ]
        one.answer(PromptKind.PASSPHRASE, PASSPHRASE)
        one.connected()
        told = repr(one.heard.changes) + caplog.text
    assert PASSPHRASE not in told
    assert not [text for text in environments if PASSPHRASE.encode() in text]
