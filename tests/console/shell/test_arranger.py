"""Arranging a list, and keeping it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from console.shell.arrangement import Mode
from console.shell.arranger import Arranger
from console.shell.settings import Settings
from tests.fakes.snapin import machines_view

COLUMNS = machines_view("here").columns


def test_what_is_asked_for_is_told_once_and_kept_without_saving(
    settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    arranger = Arranger(COLUMNS, settings, "machines")
    told: list[int] = []
    arranger.changed.connect(lambda: told.append(1))
    arranger.hide("cpu")
    arranger.hide("cpu")
    arranger.sort_by("state")
    arranger.descend()
    arranger.group_by("state")
    arranger.draw_as(Mode.LARGE_ICONS)
    assert len(told) == 5
    qtbot.waitUntil(lambda: settings.value("lists/machines") is not None)
    again = Arranger(COLUMNS, settings, "machines")
    assert again.arrangement == arranger.arrangement
    assert Arranger(COLUMNS, settings, "others").arrangement != arranger.arrangement


def test_what_has_not_come_to_rest_is_kept_at_the_end(settings: Settings, qtbot: QtBot) -> None:
    arranger = Arranger(COLUMNS, settings, "machines")
    arranger.hide("cpu")
    assert settings.value("lists/machines") is None
    arranger.save()
    assert "cpu" in str(settings.value("lists/machines"))


def test_the_name_cannot_be_hidden(settings: Settings, qtbot: QtBot) -> None:
    arranger = Arranger(COLUMNS, settings, "machines")
    arranger.hide("name")
    assert "name" not in arranger.arrangement.hidden


def test_columns_move_past_those_that_are_gone(settings: Settings, qtbot: QtBot) -> None:
    settings.put("lists/machines", {"order": ["name", "gone", "state", "cpu"]})
    arranger = Arranger(COLUMNS, settings, "machines")
    arranger.move("cpu", 1)
    known = [name for name in arranger.arrangement.order if name != "gone"]
    assert known[:3] == ["name", "cpu", "state"]
    arranger.move("name", len(COLUMNS) - 1)
    assert arranger.arrangement.order[-1] == "name"
    arranger.move("name", len(COLUMNS))
    assert arranger.arrangement.order[-1] == "name"


def test_reset_is_the_first_day_in_the_same_mode(settings: Settings, qtbot: QtBot) -> None:
    arranger = Arranger(COLUMNS, settings, "machines")
    start = arranger.arrangement
    arranger.draw_as(Mode.LARGE_ICONS)
    arranger.hide("cpu")
    arranger.group_by("state")
    arranger.fold("Off")
    assert arranger.arrangement.closed == {"Off"}
    arranger.reset()
    assert arranger.arrangement.mode is Mode.LARGE_ICONS
    arranger.draw_as(Mode.DETAILS)
    assert arranger.arrangement == start
