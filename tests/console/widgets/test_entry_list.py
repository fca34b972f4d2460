"""Entries under headings: arrows go from entry to entry, and what is chosen stays so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.entry_list import EntryGroup, EntryList, ListEntry

MEMORY = ListEntry("memory", "ph.rows", "Memory", "2 GiB → 4 GiB", Tone.WARNING)
NAME = ListEntry("name", "ph.pencil-simple", "Name", "web-01")
GROUPS = (EntryGroup("Hardware", (MEMORY,)), EntryGroup("Management", (NAME,)))


@pytest.fixture
def entries(qtbot: QtBot) -> EntryList:
    entries = EntryList("Settings")
    qtbot.addWidget(entries)
    entries.show_groups(GROUPS)
    return entries


def test_arrows_go_over_the_headings(entries: EntryList) -> None:
    heard: list[str] = []
    entries.chosen.connect(heard.append)
    assert entries.key == "memory"
    QTest.keyClick(entries, Qt.Key.Key_Down)
    assert (entries.key, heard) == ("name", ["name"])
    QTest.keyClick(entries, Qt.Key.Key_Up)
    assert entries.key == "memory"


def test_what_is_chosen_stays_while_others_come_and_go(entries: EntryList) -> None:
    entries.choose("name")
    heard: list[str] = []
    entries.chosen.connect(heard.append)
    new = ListEntry("disk", "ph.hard-drives", "Hard drive")
    entries.show_groups((EntryGroup("Hardware", (MEMORY, new)), GROUPS[1]))
    assert (entries.key, heard) == ("name", [])
    assert entries.entries() == (MEMORY, new, NAME)
    entries.show_groups(GROUPS[:1])
    assert (entries.key, heard) == ("memory", ["memory"])


def test_who_cannot_see_hears_how_it_stands(entries: EntryList) -> None:
    spoken = [entries.item(r).data(Qt.ItemDataRole.AccessibleTextRole) for r in range(4)]
    assert spoken == ["Hardware", "Memory: 2 GiB → 4 GiB", "Management", "Name: web-01"]


def test_a_long_name_is_painted_within_the_list(entries: EntryList) -> None:
    long = ListEntry("long", "ph.disc", "x" * 500, "y" * 500)
    entries.show_groups((EntryGroup("h" * 200, (long,)),))
    entries.resize(200, 100)
    assert not entries.grab().isNull()
    assert not entries.horizontalScrollBar().isVisible()
