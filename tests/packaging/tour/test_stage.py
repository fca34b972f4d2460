"""The program on its first day knows nothing of the days before."""

from pathlib import Path

import pytest
from celadon_tour.stage import Program


def test_on_the_first_day_nothing_is_remembered_and_the_host_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = ("console.json", "console.json.previous", "servers.json", "journal.sqlite-wal")
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
