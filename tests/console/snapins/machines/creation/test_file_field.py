"""A file is looked at when the typing rests, and the last word holds."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import ImageMissing
from console.sdk.look import ROLES
from console.sdk.nodes import Tone
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
    assert field.remark.foregroundRole() == ROLES[Tone.MUTED]  # nothing is wrong yet
    qtbot.waitUntil(lambda: field.verdict("") == FITS)
    assert field.remark.text() == "linux, 1 MiB"


def test_why_it_will_not_do(field: FileField, qtbot: QtBot) -> None:
    async def look(path: Path) -> str:
        raise ImageMissing(path=str(path))

    field.look = look
    field.path.setText("/none")
    qtbot.waitUntil(lambda: "/none" in field.verdict("")[0])
    assert field.verdict("")[1] is field.remark
    assert field.remark.foregroundRole() == ROLES[Tone.WARNING]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(36, "File name too long"), "File name too long"),
        (TimeoutError("late"), "late"),
        (ValueError("embedded null byte"), "embedded null byte"),
    ],
)
def test_a_file_that_cannot_be_looked_at_says_why(
    context: LentContext, field: FileField, qtbot: QtBot, error: Exception, reason: str
) -> None:
    async def look(_path: Path) -> str:
        raise error

    field.look = look
    field.path.setText("/odd")
    told = f"/odd cannot be looked at: {reason}. Choose another file."
    qtbot.waitUntil(lambda: field.verdict("") == (told, field.remark))
    assert not context.problems


def test_a_fault_of_our_own_ends_the_look_and_is_told(
    context: LentContext, field: FileField, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "console.bridge.promises")

    async def look(_path: Path) -> str:
        raise KeyError("format")

    field.look = look
    field.path.setText("/a")
    qtbot.waitUntil(lambda: bool(context.problems))
    assert [problem.message_id for problem in context.problems] == ["Unexpected"]
    assert "a fault of its own" in field.verdict("")[0]


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
