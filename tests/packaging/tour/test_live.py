"""The whole tour, as it is called: real guests, and nothing left behind."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from celadon_tour.chapters.create import installer

ROOT = Path(__file__).resolve().parents[3]
SHOWN = {
    "first steps": {
        "Quick Create", "Start", "Heartbeat", "Thumbnail", "Pause", "Save", "Shut Down", "Delete",
    },
    "create": {"The wizard, by its keys"} | ({
        "The installer's kernel", "The machine is made, and started", "The installer on the screen",
    } if installer() else set()),
    "display": {
        "Every change", "Keys", "Pointer", "Another program takes the display",
        "Every change, over VNC", "Pointer, over VNC", "Keys, over VNC", "Take Back",
        "The guest follows the window", "Screens side by side", "It comes back",
    },
    "performance": {
        "Load rises in its chart", "Back to the load, by keys", "Its screen of that moment",
        "Kept for another day",
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
    "settings": {
        "Its settings, while it runs", "A change that acts now", "A change for the next start",
        "A change that is refused", "A change is undone", "The machine is left",
    },
    "shell": {
        "New Window from Here", "Settings", "Undo and Redo, by keys",
        "Jobs of before, after a restart", "Support bundle",
    },
}  # fmt: skip
DEADLINE_S = 210
"""The longest takes a third of it where nothing else runs."""


@pytest.mark.live
@pytest.mark.timeout(DEADLINE_S + 25)
@pytest.mark.parametrize("chapter", SHOWN)
def test_the_tour_shows_what_it_says(tmp_path: Path, chapter: str) -> None:
    run = subprocess.Popen(
        [ROOT / "packaging" / "run", "--tour", tmp_path, "--only", chapter, "--offscreen"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
    )
    try:
        _told, errors = run.communicate(timeout=DEADLINE_S)
    finally:
        if run.poll() is None:
            run.terminate()  # and it throws its guests away
            run.wait(20)
    assert run.returncode == 0, errors
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["ok"]
    makes_guest = chapter not in ("connections", "scripts") and len(SHOWN[chapter]) > 1
    assert report["accelerator"] in (("kvm", "tcg") if makes_guest else ("",))
    assert "?" not in report["versions"].values()
    assert {step["name"] for step in report["steps"]} >= SHOWN[chapter]
    for step in report["steps"]:
        assert step["ok"], step
        assert step["evidence"], step
        assert (tmp_path / step["picture"]).stat().st_size > 10_000
    assert not list(Path("/var/tmp").glob(f"celadon-tour-{run.pid}-*"))
