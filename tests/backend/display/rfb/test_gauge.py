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


def now(gauge: Gauge) -> Link:
    return gauge.link


@pytest.mark.parametrize(
    ("round_trips_s", "link"),
    [
        ((), Link.NETWORK),
        ((0.0005,), Link.NETWORK),
        ((0.1, 0.11, 0.09), Link.SLOW),
        ((0.5, 0.001, 0.5), Link.NETWORK),  # it was busy
    ],
)
def test_the_quickest_answer_decides_how_it_begins(
    round_trips_s: tuple[float, ...], link: Link
) -> None:
    gauge = Gauge(Link.NETWORK)
    for round_trip_s in round_trips_s:
        gauge.answered(round_trip_s)
    gauge.greeted()
    assert now(gauge) is link


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
    gauge.answered(5.0)
    gauge.greeted()
    pour(gauge, 2 * MEGABYTE, 65536, 0.5)
    assert now(gauge) is Link.LOCAL
