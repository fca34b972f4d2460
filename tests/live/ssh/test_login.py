"""Who we are, to real servers: passwords, keys, an agent, a jump host, and what is refused."""

import contextlib
import os
import socket
import subprocess
from pathlib import Path

import pytest
from celadon_tour.sshd import (
    PASSPHRASE,
    PASSWORD,
    Sshd,
    children,
    free_port,
    make_key,
    run,
)

from backend.hypervisor.ssh import master
from backend.model import PromptKind
from backend.operations import host
from backend.specs import HostSpec
from tests.live.client import HOST, client
from tests.live.ssh.setting import There, by_password, is_alive, needs_sshd

pytestmark = [pytest.mark.live, needs_sshd]


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


def told_by(path: Path) -> bytes:
    """Return what a file says to whoever may read it: a server of SSH tells nobody."""
    with contextlib.suppress(PermissionError):
        return path.read_bytes()
    return b""


def test_no_secret_is_in_a_record_or_a_log(
    spec: HostSpec, sshd: Sshd, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sshd.let_in(make_key(place / "key", PASSPHRASE))
    caplog.set_level("DEBUG")
    with client(spec) as one:
        one.answer(PromptKind.HOST_KEY)
        one.asked(PromptKind.PASSPHRASE)
        environments = [
            told_by(Path(f"/proc/{pid}/{what}"))
            for pid in children(os.getpid())
            for what in ("environ", "cmdline")
            if is_alive(pid)
        ]
        one.answer(PromptKind.PASSPHRASE, PASSPHRASE)
        one.connected()
        told = repr(one.heard.changes) + caplog.text
    assert PASSPHRASE not in told
    assert not [text for text in environments if PASSPHRASE.encode() in text]
