"""Which way leads to a host; the real ones are in tests/live."""

import asyncio

import pytest

from backend.errors import LoginFailed, UriInvalid
from backend.host import way
from backend.host.credentials import Credentials
from backend.host.questions import Questions
from backend.hypervisor.secrets import Secrets
from backend.hypervisor.ssh.master import Master
from backend.hypervisor.workers import Workers
from backend.specs import HostSpec


def to(uri: str, *, is_embedded: bool = False) -> way.Way:
    spec = HostSpec("t", "Test", uri, is_embedded=is_embedded)
    credentials = Credentials(Questions(lambda _prompt: None), Secrets("t"))
    return way.choose(spec, credentials, Workers("t", 1))


async def test_the_address_decides() -> None:
    assert type(to("qemu:///system")) is way.PlainWay
    assert type(to("qemu+tls://rack-2/system")) is way.PlainWay
    assert type(to("qemu+ssh://rack-2/system")) is way.SshWay
    assert type(to("qemu+ssh://rack-2/system?command=/opt/ssh")) is way.PlainWay
    assert type(to("", is_embedded=True)) is way.EmbeddedWay


async def test_a_plain_way_is_open_and_never_lost() -> None:
    plain = to("test:///default")
    assert await plain.open() == "test:///default"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await plain.until_lost()
    await plain.close()


async def test_an_address_without_a_host_is_said() -> None:
    nowhere = to("qemu+ssh:///system")
    with pytest.raises(UriInvalid):
        await nowhere.open()
    with pytest.raises(LoginFailed):
        await nowhere.until_lost()
    await nowhere.close()


async def test_a_server_that_hung_up_while_somebody_thought_is_called_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_ssh = to("qemu+ssh://rack-2/system")
    assert isinstance(by_ssh, way.SshWay)
    tries: list[bool] = []

    async def hang_up_once(_master: Master) -> None:
        tries.append(True)
        by_ssh._credentials._was_user_asked = True
        if len(tries) == 1:
            raise LoginFailed(host="rack-2")

    monkeypatch.setattr(Master, "open", hang_up_once)
    assert "command=" in await by_ssh.open()
    assert len(tries) == 2
    await by_ssh.close()
