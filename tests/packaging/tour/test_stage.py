"""The program on its first day knows nothing of the days before."""

import json
import os
from pathlib import Path

import pytest
from celadon_tour.stage import Program, draw_for_nobody


@pytest.mark.parametrize(("wanted", "size"), [("1", (1920, 1080)), ("2", (3840, 2160))])
def test_the_screen_that_nobody_sees_has_room_at_any_scale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", wanted)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # and so again afterwards
    draw_for_nobody(tmp_path)
    (screen,) = json.loads((tmp_path / "screen.json").read_text())["screens"]
    assert (screen["width"], screen["height"]) == size
    assert float(os.environ["QT_SCALE_FACTOR"]) == float(wanted)


def test_on_the_first_day_nothing_is_remembered_and_the_host_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = (
        "console.json",
        "console.json.previous",
        "servers.json",
        "journal.sqlite-wal",
        "history.sqlite",
    )
    others = ("ssh_config", "screen.json", "host")
    for name in (*remembered, *others):
        (tmp_path / name).touch()
    days: list[str] = []
    program = Program(tmp_path)
    monkeypatch.setattr(program, "end", lambda: days.append("end"))
    monkeypatch.setattr(program, "start", lambda: days.append(f"{len(list(tmp_path.iterdir()))}"))
    program.first_day()
    assert days == ["end", str(len(others))]
    assert {file.name for file in tmp_path.iterdir()} == set(others)
