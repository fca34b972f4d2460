"""Remarks stand in words, or it is said that there are none."""

from pytestqt.qtbot import QtBot

from backend.errors import Problem
from console.snapins.machines.dialogs.remark_list import RemarkList


def test_remarks_or_that_there_are_none(qtbot: QtBot) -> None:
    found = RemarkList("What to know")
    qtbot.addWidget(found)
    found.show_remarks([Problem("NetworkNotThere", (("name", "lan"),), ("as told",))], "nothing")
    assert "“lan”" in found.item(0).text()
    assert found.item(0).text().endswith("as told")
    found.show_remarks([], "nothing")
    assert (found.count(), found.empty_words) == (0, "nothing"), "it is no remark, and quieter"
    assert found.accessibleDescription() == "nothing"
    found.show_remarks([], "")
    assert (found.count(), found.empty_words) == (0, "")
