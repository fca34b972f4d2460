import os
from pathlib import Path

import pytest

from backend.hypervisor.embedded import rights, shortcut
from backend.hypervisor.embedded.failures import ShortPathRefused


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shortcut, "_TEMPORARY", tmp_path)
    return tmp_path


def test_a_shortcut_leads_there_and_is_closed_to_others(temporary: Path) -> None:
    link = shortcut.point("abc", Path("/somewhere"), rights.identity_of_self())
    assert link.readlink() == Path("/somewhere")
    assert link.parent.stat().st_mode & 0o777 == 0o700
    assert shortcut.point("abc", Path("/elsewhere"), rights.identity_of_self()) == link
    assert link.readlink() == Path("/elsewhere")


def test_removing_the_last_one_removes_the_directory(temporary: Path) -> None:
    user = rights.identity_of_self()
    for name in ("one", "two"):
        shortcut.point(name, Path("/somewhere"), user)
    shortcut.remove(("one",), user)
    assert [path.name for path in temporary.glob("*/*")] == ["two"]
    shortcut.remove(("one", "two"), user)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("trap", ["link", "open directory", "file"])
def test_what_others_planted_is_not_used(temporary: Path, trap: str) -> None:
    victim = temporary / "victim"
    victim.mkdir(mode=0o700)
    planted = temporary / f"cel-{os.geteuid()}"
    if trap == "link":
        planted.symlink_to(victim)
    elif trap == "file":
        planted.touch()
    else:
        planted.mkdir()
        planted.chmod(0o777)
    link = shortcut.point("abc", Path("/somewhere"), rights.identity_of_self())
    assert link.parent == temporary / f"cel1-{os.geteuid()}"
    assert list(victim.iterdir()) == []


def test_when_every_place_is_taken_it_says_so(temporary: Path) -> None:
    for name in ("cel", "cel1", "cel2", "cel3"):
        (temporary / f"{name}-{os.geteuid()}").touch()
    with pytest.raises(ShortPathRefused):
        shortcut.point("abc", Path("/somewhere"), rights.identity_of_self())
