"""A machine comes with what it is a part of, and goes with it."""

import pytest

from backend.errors import DescriptionRefused
from backend.host.managed import ManagedHost
from backend.model import Ref
from backend.operations import defining
from backend.operations.takeback import undone_on_failure
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST

KEY = "11111111-2222-4333-8444-555555555555"
TEXT = f"""<domain type='test'><name>new</name><uuid>{KEY}</uuid><memory>1024</memory>
<os><type>hvm</type></os></domain>"""


async def come(host: ManagedHost, _ref: Ref) -> Ref:
    async with undone_on_failure() as undo:
        return await defining.add(host, KEY, "new", TEXT, undo)


async def come_and_fail(host: ManagedHost, _ref: Ref) -> None:
    async with undone_on_failure() as undo:
        await defining.add(host, KEY, "new", TEXT, undo)
        raise DescriptionRefused


async def come_under(host: ManagedHost, _ref: Ref, name: str) -> Ref:
    async with undone_on_failure() as undo:
        return await defining.add(host, KEY, name, TEXT.replace("new", name), undo)


def test_it_comes(heard: Heard) -> None:
    job = heard.end_of(heard.engine.submit(come, HOST))
    assert isinstance(job.result, Ref)
    assert job.result.key == KEY
    assert heard.domain(KEY)
    again = heard.end_of(heard.engine.submit(come, HOST))
    assert again.problem
    assert again.problem.message_id == "NameTaken"


def test_it_goes_with_what_it_is_a_part_of(heard: Heard) -> None:
    heard.end_of(heard.engine.submit(come_and_fail, HOST))
    heard.until(lambda: heard.domain(KEY) is None)
    assert any(change.ref.key == KEY for change in heard.changes)


def test_who_was_quicker_with_its_uuid_stays(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    heard.end_of(heard.engine.submit(come, HOST))

    async def free(*_: object) -> None:
        return  # as it was a moment before

    monkeypatch.setattr(defining, "require_free", free)
    job = heard.end_of(heard.engine.submit(come_under, HOST, "other"))
    assert job.problem
    assert job.problem.message_id == "DescriptionRefused"
    there = heard.domain(KEY)
    assert there
    assert there.name == "new"
