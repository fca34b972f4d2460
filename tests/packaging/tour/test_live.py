"""The whole tour, as it is called: real guests, and nothing left behind."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SHOWN = {
    "first steps": {
        "Quick Create", "Start", "Heartbeat", "Thumbnail", "Pause", "Save", "Shut Down", "Delete",
    },
    "connections": {
        "Connect to Server, with a slip", "Unknown server", "Log in", "Machines elsewhere",
        "Link cut", "Back again", "Remembered, in the dark and at 200 %", "Disconnect",
        "Remove from the list",
    },
    "lists": {
        "A thousand machines beside it", "Filter by words and fields", "Columns, by keys",
        "Export", "Large icons", "Kept after a restart", "Dark and at 200 %",
    },
    "scripts": {"Define from XML", "Import a disk", "Show as Script, and run it"},
    "shell": {
        "New Window from Here", "Settings", "Undo and Redo, by keys",
        "Jobs of before, after a restart", "Support bundle",
    },
}  # fmt: skip


@pytest.mark.live
@pytest.mark.parametrize("chapter", SHOWN)
def test_the_tour_shows_what_it_says(tmp_path: Path, chapter: str) -> None:
    before = set(Path("/var/tmp").glob("celadon-tour-*"))
    run = subprocess.run(
        [ROOT / "packaging" / "run", "--tour", tmp_path, "--only", chapter, "--offscreen"],
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
    )
    assert run.returncode == 0, run.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["ok"]
    makes_sample_guest = chapter in ("first steps", "keynote", "shell", "lists")
    assert report["accelerator"] in (("kvm", "tcg") if makes_sample_guest else ("",))
    assert "?" not in report["versions"].values()
    assert {step["name"] for step in report["steps"]} >= SHOWN[chapter]
    if chapter == "keynote":
        assert report["heartbeat"]["ratio"] > 0  # how much it is hangs on what else runs here
        assert len(report["devices_in_guest"]["with_both"]) == 4
        assert (tmp_path / report["video"]).stat().st_size > 100_000
    for step in report["steps"]:
        assert step["ok"], step
        assert step["evidence"], step
        assert (tmp_path / step["picture"]).stat().st_size > 10_000
    assert not set(Path("/var/tmp").glob("celadon-tour-*")) - before
