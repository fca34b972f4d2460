"""The two commands at their edges: what they say, and what they do not start."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("packaging/run", "packaging/test", "packaging/bench", "packaging/lock", ".ci/run")


def pinned(lock: str) -> dict[str, str]:
    """Return what a lock file pins: a distribution's name -> the lines with its hashes."""
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {part.split("==")[0]: part for part in parts}


@pytest.mark.parametrize("arguments", [[], ["--tour", "pictures"]])
def test_without_a_display_nothing_is_set_up(arguments: list[str], tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    run = subprocess.run(
        [ROOT / "packaging" / "run", *arguments],
        env={**environment, "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "There is no display here" in run.stderr
    assert "packaging/run --offscreen" in run.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_can_be_started(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)


@pytest.mark.parametrize("lock", ["build.lock", "requirements.lock"])
def test_everything_is_locked_by_hash(lock: str) -> None:
    assert pinned(lock)
    assert not [name for name, text in pinned(lock).items() if "--hash=sha256:" not in text]


def test_the_locks_hold_what_the_project_asks_for() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    groups = project["dependency-groups"]

    def asked(requirements: list[str]) -> set[str]:
        found = (re.match(r"[A-Za-z0-9-]+", text) for text in requirements)
        return {match.group().lower() for match in found if match}

    wanted = asked(project["project"]["dependencies"]) | asked(groups["dev"])
    assert not wanted - set(pinned("requirements.lock"))
    wanted = asked(groups["build"]) | asked(project["build-system"]["requires"])
    assert not wanted - set(pinned("build.lock"))
