"""What was used last outlives the window."""

from pathlib import Path

from console.shell.palette.recent import KEPT, Recent
from console.shell.settings import Settings


def test_only_so_many_are_kept_and_what_has_no_name_is_not(settings: Settings) -> None:
    recent = Recent(settings)
    for number in range(2 * KEPT):
        recent.add(f"thing {number}, odd = \\ name")
    recent.add("")
    assert len(recent.ids) == KEPT
    assert recent.ids[0] == f"thing {2 * KEPT - 1}, odd = \\ name"


def test_the_newest_is_first_and_stands_there_once(settings: Settings) -> None:
    recent = Recent(settings)
    for name in ("a", "b", "a"):
        recent.add(name)
    assert recent.ids == ("a", "b")


def test_another_day_they_are_still_there(settings: Settings, tmp_path: Path) -> None:
    Recent(settings).add("a")
    Recent(settings).add("b")
    settings.save()
    assert Recent(Settings(tmp_path / "console.json")).ids == ("b", "a")
