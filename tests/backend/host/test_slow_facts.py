import platform
from collections.abc import Iterator

import pytest

from backend.host import slow_facts
from backend.host.lines import Lines
from backend.hypervisor import eventloop, facts
from backend.model import Accelerator


@pytest.fixture
def lines(uri: str) -> Iterator[Lines]:
    eventloop.run_in_thread()
    lines = Lines("t", uri, lambda _connect, _counts: ())
    yield lines
    lines.close()


async def test_nothing_is_claimed_of_a_host_far_away(lines: Lines) -> None:
    assert await slow_facts.find_accelerator(lines, None) == (Accelerator.KVM, None)


async def test_a_host_far_away_may_say_that_it_has_no_kvm(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "may_have_kvm", lambda _connect: False)
    assert await slow_facts.find_accelerator(lines, None) == (Accelerator.TCG, None)


async def test_without_an_emulator_it_says_so(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines.uri = "qemu:///system"
    monkeypatch.setattr(platform, "machine", lambda: "pdp11")
    found, reason = await slow_facts.find_accelerator(lines, None)
    assert found is Accelerator.TCG
    assert reason


async def test_the_version_is_told_or_left_out(lines: Lines) -> None:
    told = await slow_facts.read_version(lines)
    assert told
    assert told.startswith("TEST ")
    lines.close_connections()
    lines.uri = "test:///nowhere.xml"
    assert await slow_facts.read_version(lines) is None
