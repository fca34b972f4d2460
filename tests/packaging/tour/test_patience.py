"""On a busy computer patience lasts as much longer as everything else does."""

from pathlib import Path

import pytest
from celadon_tour import patience
from celadon_tour.patience import Patience


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock says."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("os.sched_getaffinity", lambda _process: {0, 1})
    return now


def runs(monkeypatch: pytest.MonkeyPatch, folder: Path, running: int) -> None:
    """Have so many want a processor."""
    load = folder / "loadavg"
    load.write_text(f"0.10 0.20 0.30 {running}/400 12345\n")
    monkeypatch.setattr(patience, "_LOAD", load)


def test_on_a_calm_computer_a_second_is_a_second(
    at: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs(monkeypatch, tmp_path, 1)
    waited = Patience(10)
    at[0] += 9
    assert not waited.is_over
    at[0] += 2
    assert waited.is_over


def test_a_second_counts_as_much_as_each_has_of_it(
    at: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs(monkeypatch, tmp_path, 8)
    waited = Patience(10)
    at[0] += 39
    assert not waited.is_over
    runs(monkeypatch, tmp_path, 2)
    at[0] += 1
    assert waited.is_over


def test_the_load_of_this_computer_is_read() -> None:
    assert 0 < patience.share() <= 1
