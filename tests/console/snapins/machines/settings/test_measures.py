"""Sizes as people type them, told exactly."""

import pytest

from console.snapins.machines.settings.measures import (
    count_measure,
    read_size,
    size_measure,
    size_words,
)

MIB, GIB = 2**20, 2**30


@pytest.mark.parametrize(
    ("typed", "size_bytes"),
    [
        ("2 GiB", 2 * GIB),
        ("1.5g", 3 * GIB // 2),
        ("1,5 GB", 3 * GIB // 2),
        ("512", 512 * MIB),
        ("2048 M", 2 * GIB),
        ("100 KiB/s", 100 * 1024),
        ("7 B", 7),
        ("0", 0),
        ("much", None),
        ("2 GiB more", None),
        ("-1", None),
        ("1,024 MiB", None),
        ("1,024MiB", None),
        ("1,024", None),
        ("1,0245 MiB", round(1.0245 * MIB)),
        ("1.024 MiB", round(1.024 * MIB)),
        ("1 024 MiB", None),
        ("9" * 5000, None),
        ("1." + "9" * 5000, None),
    ],
)
def test_a_size_is_read(typed: str, size_bytes: int | None) -> None:
    assert read_size(typed) == size_bytes


@pytest.mark.parametrize("size_bytes", [0, 1, 1023, 1024, 1536 * MIB, 2 * GIB, 2**62 + 2**20])
def test_what_is_told_reads_back(size_bytes: int) -> None:
    assert read_size(size_words(size_bytes)) == size_bytes


def test_it_is_told_in_whole_units() -> None:
    assert [size_words(s) for s in (1536 * MIB, 2 * GIB, 1000)] == ["1536 MiB", "2 GiB", "1000 B"]


def test_steps_grow_with_the_size() -> None:
    step = size_measure("").step
    assert (step(0), step(GIB), step(32 * GIB)) == (MIB, 256 * MIB, 8 * GIB)


def test_a_count_has_its_unit() -> None:
    measure = count_measure("none", "s")
    assert measure.words(30) == "30 s"
    assert [measure.read(text) for text in ("30 s", "30", "-1", "x")] == [30, 30, -1, None]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("100000", 100_000),
        ("100000 µs", 100_000),
        ("100000\u03bcs", 100_000),
        (" 100 \u00b5S ", 100),
        ("100,000", None),
        ("100,000 µs", None),
        ("2.5", None),
        ("10 000", None),
        ("100-200", None),
        ("100 ms", None),
        ("100 µs more", None),
        ("µs", None),
        ("9" * 5000, None),
    ],
)
def test_a_count_is_read_whole_or_not_at_all(typed: str, count: int | None) -> None:
    assert count_measure("", "µs").read(typed) == count


def test_a_count_without_a_unit_has_none_behind_it() -> None:
    read = count_measure("").read
    assert [read(text) for text in ("2", "2 s", "2.5")] == [2, None, None]
