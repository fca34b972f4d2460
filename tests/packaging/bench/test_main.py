"""The command's edges."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from celadon_bench import __main__ as bench
from celadon_bench.rows import Row


def test_it_knows_its_benchmarks_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    known = "charts display fleet history idle latency lists memory start"
    assert " ".join(bench.names()) == known
    with pytest.raises(SystemExit):
        bench.parse_arguments(["nothing"])
    assert "there is no benchmark nothing" in capsys.readouterr().err


@pytest.mark.parametrize(("ours", "status"), [(1.0, 0), (3.0, 1)])
def test_it_writes_what_was_measured_and_says_if_a_goal_was_missed(
    ours: float, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (Row("a", "ms", ours, goal=2.0),)
    module = SimpleNamespace(measure=lambda: rows)
    monkeypatch.setattr("importlib.import_module", lambda _name: module)
    file = tmp_path / "rows.json"
    assert bench.main(["lists", "--json", str(file)]) == status
    assert json.loads(file.read_text(encoding="utf-8"))[0]["ours"] == ours
