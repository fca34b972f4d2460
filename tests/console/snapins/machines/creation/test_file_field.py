"""A file is looked at when the typing rests, and the last word holds."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import ImageMissing
from console.sdk.wizard_page import FITS
from console.snapins.machines.creation.file_field import FileField
from tests.console.snapins.lent import LentContext


@pytest.fixture
def field(context: LentContext, qtbot: QtBot) -> FileField:
    field = FileField(context, "Kernel", "*", "Kernels")
    qtbot.addWidget(field)
    return field


def test_a_missing_one_says_so_where_it_is_needed(field: FileField) -> None:
    assert field.file is None
    assert field.verdict("Choose one.") == ("Choose one.", field.remark)
    assert field.verdict("") == FITS


def test_facts_stand_below(field: FileField, qtbot: QtBot) -> None:
    async def look(path: Path) -> str:
        return f"{path.name}, 1 MiB"

    field.look = look
    field.path.setText("/boot/linux")
    assert field.verdict("")[0] == "Looking at the file..."
    qtbot.waitUntil(lambda: field.verdict("") == FITS)
    assert field.remark.text() == "linux, 1 MiB"


def test_why_it_will_not_do(field: FileField, qtbot: QtBot) -> None:
    async def look(path: Path) -> str:
        raise ImageMissing(path=str(path))

    field.look = look
    field.path.setText("/none")
    qtbot.waitUntil(lambda: "/none" in field.verdict("")[0])
    assert field.verdict("")[1] is field.remark


def test_who_clears_it_is_told_nothing_of_what_was_there(field: FileField, qtbot: QtBot) -> None:
    looked: list[Path] = []

    async def look(path: Path) -> str:
        looked.append(path)
        return ""

    field.look = look
    field.path.setText("/a")
    field.path.setText("")
    qtbot.wait(400)
    assert not looked
    assert field.verdict("") == FITS
