"""Keys of hosts, against real servers: unknown, declined, changed, accepted."""

from pathlib import Path

import pytest
from celadon_tour.sshd import (
    Sshd,
    run,
)

from backend.model import Domain, PromptKind
from backend.operations import host
from backend.specs import HostSpec
from tests.live.client import HOST, client
from tests.live.ssh.setting import needs_sshd

pytestmark = [pytest.mark.live, needs_sshd]


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
