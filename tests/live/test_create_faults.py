"""A few cycles of the soak: machines are made whole, or nothing is left of them."""

import os
from collections.abc import Iterator

import pytest

from tests.live.soak_create import Cycle, Soak, small_host
from tests.live.stage import Stage

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system"),
]


@pytest.fixture(scope="module")
def small() -> Iterator[Stage]:
    with small_host() as stage:
        yield stage


@pytest.mark.parametrize(
    ("number", "step", "nth", "fault", "told"),
    [
        (1, "upload", 2, "cancel", "cancelled"),
        (2, "create_volume", 2, "disk_full", "DiskFull"),
        (0, "define", 1, "name_taken", "NameTaken"),
        (1, "start", 1, "cancel", "cancelled"),
        (2, "define", 2, "daemon_killed", ""),
    ],
)
def test_nothing_is_left(
    small: Stage, number: int, step: str, nth: int, fault: str, told: str
) -> None:
    ended = Soak(small).run(Cycle(number, step, nth, fault))
    assert ended == told or not told
