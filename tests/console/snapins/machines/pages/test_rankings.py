from dataclasses import replace
from typing import Any

import pytest

from backend.model import Domain, DomainState
from backend.series import Sample
from console.snapins.machines.pages.rankings import Ranking, rankings, tiles
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, domain, reading

WEB = domain("web-01", DomainState.RUNNING, memory_gib=2)
BUILD = domain("build", DomainState.RUNNING, memory_gib=8)
OFF = domain("old")


def ranking(name: str) -> Ranking:
    return next(one for one in rankings() if one.id == name)


@pytest.fixture
def lookup(context: LentContext) -> LentContext:
    gib = float(GIB)
    read = [
        sample(WEB, 1, cpu=0.1, memory_used_bytes=gib, disk_write_bytes_s=1e6),
        sample(WEB, 2, cpu=0.2, memory_used_bytes=gib, disk_write_bytes_s=1e6),
        sample(BUILD, 1, cpu=0.9, memory_used_bytes=2 * gib, disk_write_bytes_s=4e6),
        sample(BUILD, 2, cpu=0.9, memory_used_bytes=2 * gib, disk_write_bytes_s=4e6),
    ]
    context.lookup.apply_samples(read)
    return context


def sample(machine: Domain, at: float, **figures: float) -> Sample:
    assert machine.configuration
    held = float(machine.configuration.memory_bytes)
    named: dict[str, Any] = {"memory_assigned_bytes": held, **figures}
    return replace(reading(machine.ref, at, **named), when=at)


def test_a_share_is_much_by_itself(lookup: LentContext) -> None:
    web, build, off = tiles((WEB, BUILD, OFF), lookup.lookup, ranking("cpu"))
    assert (web.words, web.share, web.trend) == ("20 %", 0.2, (0.1, 0.2))
    assert (build.words, build.share) == ("90 %", 0.9)
    assert (off.words, off.share) == ("Off", None)
    assert not web.is_relative


def test_a_rate_is_much_by_the_most_that_any_has(lookup: LentContext) -> None:
    web, build = tiles((WEB, BUILD), lookup.lookup, ranking("written"))
    assert (web.share, build.share) == (0.25, 1.0)
    assert build.words == "3.8 MiB/s"
    assert build.is_relative


def test_what_nothing_is_known_of_is_not_cold(lookup: LentContext) -> None:
    (web,) = tiles((WEB,), lookup.lookup, ranking("delay"))
    assert (web.share, web.words) == (None, "")


def test_memory_by_its_own_and_by_size(lookup: LentContext) -> None:
    web, build = tiles((WEB, BUILD), lookup.lookup, ranking("memory_share"))
    assert (web.share, build.share) == (0.5, 0.25)
    web, build = tiles((WEB, BUILD), lookup.lookup, ranking("memory"))
    assert (web.words, build.share) == ("1 GiB", 1.0)


def test_noise_looks_like_noise(context: LentContext) -> None:
    context.lookup.apply_samples([sample(WEB, 1, disk_write_bytes_s=100.0)])
    (web,) = tiles((WEB,), context.lookup, ranking("written"))
    assert web.share is not None
    assert web.share < 0.01
