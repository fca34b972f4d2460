"""Places to come back to: kept, in order, and honest about those that are not there."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.model import HostState
from console.shell.favorites import Favorite, Favorites, parse, refusal, why_not_there
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.fakes.machines import AWAY, HOST

WEB = Favorite("", "web", "machine/uuid-web-01", "ph.desktop", HOST.host)


@pytest.fixture
def favorites(settings: Settings) -> Favorites:
    return Favorites(settings)


def names(favorites: Favorites) -> list[str]:
    return [favorite.name for favorite in favorites.all()]


def test_they_come_back_in_their_order(favorites: Favorites, settings: Settings) -> None:
    added = [favorites.add(replace(WEB, name=name, filter="a b")) for name in ("c", "a", "b")]
    favorites.arrange([added[1], added[0], added[2]])
    favorites.rename(favorites.all()[2], "z")
    settings.save()
    again = Favorites(Settings(settings.keeper.path))
    assert names(again) == ["a", "c", "z"]
    assert again.all()[0].filter == "a b"


def test_two_consoles_keep_each_others(tmp_path: Path) -> None:
    path = tmp_path / "console.json"
    one, other = Settings(path), Settings(path)
    Favorites(one).add(replace(WEB, name="one"))
    Favorites(other).add(replace(WEB, name="other"))
    assert one.save()
    assert other.save()
    assert names(Favorites(Settings(path))) == ["one", "other"]


def test_what_is_removed_can_be_taken_back(favorites: Favorites, shell: MainWindow) -> None:
    for name in ("a", "b"):
        favorites.add(replace(WEB, name=name))
    step = favorites.remove(favorites.all()[0])
    assert names(favorites) == ["b"]
    again = step.take_back(shell.context)
    assert names(favorites) == ["a", "b"]
    assert step.title == "Remove Favorite a"
    again.take_back(shell.context)  # type: ignore[union-attr]
    assert names(favorites) == ["b"]


@pytest.mark.parametrize("told", [None, 7, {}, {"name": "x"}, {"name": "", "node": "n"}])
def test_what_is_no_favorite_is_passed_over(told: object) -> None:
    assert parse("x", told) is None  # type: ignore[arg-type]


def test_odd_values_are_passed_over() -> None:
    assert parse("x", {"name": "n", "node": "m", "rank": "y", "icon": 7}) == Favorite("x", "n", "m")


def test_a_place_that_is_not_there_says_why(shell: MainWindow) -> None:
    scope, mirror = shell.scope, shell.bridge.mirror
    assert why_not_there(WEB, scope, mirror) == ""
    gone = replace(WEB, node="machine/gone")
    assert why_not_there(gone, scope, mirror) == "it is not there now"
    assert why_not_there(replace(gone, host=""), scope, mirror) == "it is not there now"
    away = next(r for r in mirror.every_record() if r.ref == AWAY)
    assert getattr(away, "state", None) is HostState.AWAY
    assert why_not_there(replace(gone, host=AWAY.host), scope, mirror) == "rack-2 is away"
    removed = why_not_there(replace(gone, host="other"), scope, mirror)
    assert removed == "its server is not managed here now"


def test_a_name_has_to_be_one() -> None:
    assert refusal("a") == ""
    assert refusal("  ")
    assert refusal("x" * 81)
