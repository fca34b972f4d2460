"""What is handed on says nothing of the machine that it was written on."""

import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

# Folders that any machine has, so that their names give nothing away.
EVERYWHERE = {
    Path(name) for name in ("/", "/home", "/opt", "/root", "/srv", "/tmp", "/usr", "/var")
}


def places_here() -> list[str]:
    """Return the folders that lead to this checkout, and its user's home, as texts name them."""
    places = {ROOT, *ROOT.parents, Path.home()} - EVERYWHERE
    return [f"{place}/" for place in sorted(places)]


def test_no_text_names_a_place_of_this_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what belongs to it is not known")
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    wrong = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            text = path.read_bytes()
            wrong += [(name, place) for place in places_here() if place.encode() in text]
    assert not wrong
