"""A link is judged by how long answers and pictures take, and by enough of them."""

import pytest

from backend.display.rfb.gauge import Gauge
from backend.display.rfb.messages import Link

MEGABYTE = 1 << 20


def pour(gauge: Gauge, count: int, piece: int, pause_s: float) -> None:
    """Have a picture of so many bytes come in pieces."""
    now, left = 100.0, count
    while left:
        part = min(piece, left)
        left -= part
        gauge.received(part, now, is_within=left > 0)
        now += pause_s


@pytest.mark.parametrize(
    ("round_trip_s", "link"), [(0.0005, Link.NETWORK), (0.01, Link.NETWORK), (0.1, Link.SLOW)]
)
def test_the_first_answer_decides_how_it_begins(round_trip_s: float, link: Link) -> None:
    gauge = Gauge(Link.NETWORK)
    gauge.greeted(round_trip_s)
    assert now(gauge) is link


def now(gauge: Gauge) -> Link:
    return gauge.link


def test_what_comes_slowly_is_slow_and_what_comes_fast_is_not() -> None:
    gauge = Gauge(Link.NETWORK)
    pour(gauge, 2 * MEGABYTE, 65536, 0.1)
    assert now(gauge) is Link.SLOW
    pour(gauge, 4 * MEGABYTE, 65536, 0.03)  # neither: it stays as it is
    assert now(gauge) is Link.SLOW
    pour(gauge, 4 * MEGABYTE, 262144, 0.001)
    assert now(gauge) is Link.NETWORK


def test_small_pictures_and_pauses_between_them_tell_nothing() -> None:
    gauge = Gauge(Link.NETWORK)
    for second in range(1000):
        gauge.received(1000, float(second), is_within=False)
    assert now(gauge) is Link.NETWORK


def test_a_local_one_is_local_whatever_happens() -> None:
    gauge = Gauge(Link.LOCAL)
    gauge.greeted(5.0)
    pour(gauge, 2 * MEGABYTE, 65536, 0.5)
    assert now(gauge) is Link.LOCAL
