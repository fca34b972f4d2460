"""An import is taken back only as it was left: what somebody has taken up stays."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.jobs import Job
from backend.model import Kind, Ref
from backend.operations import definition
from backend.operations.package import withdrawal
from backend.operations.package.withdrawal import Brought
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST

KEY = "11111111-2222-4333-8444-555555555555"
TEXT = f"""<domain type='test'><name>web</name><uuid>{KEY}</uuid><memory>65536</memory>
<os><type>hvm</type></os><devices><disk type='file' device='disk'>
<source file='/default-pool/web'/><target dev='vda'/></disk></devices></domain>"""
MADE = Ref("t", Kind.DOMAIN, KEY)
POOL = "default-pool"


def ask(heard: Heard, question: Callable[[Any], Any]) -> Any:
    async def answer(host: ManagedHost, _ref: Ref) -> Any:
        return await host.tell(question)

    return heard.engine.query(answer, HOST).result(20)


def make_volume(connect: Any) -> str:
    pool = connect.storagePoolLookupByName(POOL)
    return str(pool.createXML("<volume><name>web</name><capacity>1024</capacity></volume>").path())


@pytest.fixture
def brought(heard: Heard) -> Brought:
    path = ask(heard, make_volume)
    heard.end_of(heard.engine.submit(definition.define, HOST, TEXT))
    return heard.engine.query(
        lambda host, _ref: withdrawal.as_left(host, MADE, (path,)), HOST
    ).result(20)


def taken_back(heard: Heard, brought: Brought) -> Job:
    return heard.end_of(heard.engine.submit(withdrawal.take_back, HOST, brought))


def volumes(heard: Heard) -> list[str]:
    return [str(v) for v in ask(heard, lambda c: c.storagePoolLookupByName(POOL).listVolumes())]


def test_what_was_brought_in_goes_with_its_volumes(heard: Heard, brought: Brought) -> None:
    assert "web" in volumes(heard)
    assert taken_back(heard, brought).problem is None
    assert ask(heard, lambda connect: commands.name_of(connect, KEY)) == ""
    assert "web" not in volumes(heard)


@pytest.mark.parametrize(
    "change",
    [
        lambda connect: commands.start(connect, KEY),
        lambda connect: connect.defineXML(TEXT.replace("65536", "131072")),
        lambda connect: connect.storageVolLookupByPath("/default-pool/web").delete(0),
    ],
    ids=["started", "changed", "another volume"],
)
def test_what_somebody_has_taken_up_stays(
    heard: Heard, brought: Brought, change: Callable[[Any], object]
) -> None:
    ask(heard, change)
    problem = taken_back(heard, brought).problem
    assert problem
    assert problem.message_id == "ChangedSince"
    assert ask(heard, lambda connect: commands.name_of(connect, KEY)) == "web"


def test_one_that_is_gone_is_nobody_s(heard: Heard, brought: Brought) -> None:
    ask(heard, lambda connect: commands.undefine(connect, KEY))
    problem = taken_back(heard, brought).problem
    assert problem
    assert problem.message_id == "Gone"
    assert "web" in volumes(heard)
