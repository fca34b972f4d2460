import string
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from backend.errors import StartFailed
from backend.journal.entry import (
    GUEST,
    HOST,
    OUTSIDE,
    UNKNOWN,
    During,
    Fact,
    Scope,
    What,
    fact,
)
from console.sdk import happenings as words
from console.sdk.nodes import Tone
from tests.fakes.entries import CELADON, entry


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def test_everything_that_can_be_told_has_words() -> None:
    assert set(words.FACTS) == set(What)


@pytest.mark.parametrize("what", What)
def test_words_are_a_beginning_and_no_sentence(what: What) -> None:
    text = words.FACTS[what]
    assert not text.endswith((".", " "))
    assert text[:1].isupper() or text.startswith(("{operation}", "libvirt"))
    arguments = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    given: dict[str, str | int] = {
        name: 1024 if name.endswith("_bytes") else "x" for name in arguments
    }
    assert "…" not in words.said(fact(what, **given))
    words.said(fact(what))  # nothing missing breaks it


def test_what_a_later_version_says_is_shown_by_its_id() -> None:
    assert words.said(Fact("levitated")) == "levitated"
    assert words.mark(entry(Fact("levitated")))[0]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (fact(What.RENAMED, before="a", after="b"), "Renamed from “a” to “b”"),
        (
            fact(What.MEMORY, before_bytes=2**30, after_bytes=2**31, scope=Scope.NEXT_START),
            "Memory changed from 1 GiB to 2 GiB from its next start on",
        ),
        (fact(What.NIC_ADDED, source="nat", mac="x", scope=Scope.BOTH),
         "Network adapter added on nat"),
        (fact(What.DISK_FAILED, path="/a", reason="enospc"), "Storage full: /a"),
        (fact(What.DISK_FAILED, path="/a", reason="eio"), "Disk error: /a"),
        (fact(What.MEDIUM_CHANGED, target="sda", before="/x.iso", after="", scope="live"),
         "Drive sda emptied until it is turned off"),
        (fact(What.FAILED, operation="domain.shutdown"), "Shutting down failed"),
        (fact(What.DONE, operation="no.verb"), "no.verb: done"),
        (fact(What.BLOCK_JOB_DONE, target="vda", job="active_commit"), "Disk vda: merging done"),
    ],
)  # fmt: skip
def test_facts_in_words(said: Fact, text: str) -> None:
    assert words.said(said) == text


def test_several_facts_are_one_line() -> None:
    told = entry(What.NOTES, What.AUTOSTART_ON)
    assert words.headline(told) == "Notes changed, set to start with the server"
    crashed = entry(What.AUTOSTART_ON, What.CRASHED)
    assert words.headline(crashed).endswith(", QEMU ended unexpectedly")


def test_what_nobody_saw_is_said_so() -> None:
    closed = entry(What.STARTED, during=During.CLOSED)
    assert words.headline(closed) == "While Celadon was not running: started"
    away = entry(What.STOPPED, during=During.AWAY)
    assert words.headline(away) == "While the server was out of reach: stopped"


def test_the_worst_gives_the_mark() -> None:
    assert words.mark(entry(What.STARTED))[1] is Tone.GOOD
    assert words.mark(entry(What.STARTED, What.CRASHED))[1] is Tone.BAD
    assert words.mark(entry(What.NOTES, What.SILENT))[1] is Tone.WARNING
    many = entry(What.STARTED, What.NOTES, during=During.CLOSED)
    assert words.mark(many) == ("ph.clock-counter-clockwise", Tone.MUTED)


def test_by_whom() -> None:
    assert words.author(CELADON) == "Celadon (ada@desk)"
    assert words.author(OUTSIDE) == "Outside Celadon"
    assert words.author(GUEST) == "Guest"
    assert words.author(HOST) == "Server"
    assert words.author(UNKNOWN) == "Not known"
    assert "process 4711" in words.about_author(entry(What.STARTED, author=CELADON))
    assert "reset button" in words.about_author(entry(What.RESTARTED, author=GUEST))
    assert "power button" in words.about_author(entry(What.SHUT_DOWN, author=GUEST))
    for who in (OUTSIDE, GUEST, HOST, UNKNOWN):
        assert words.about_author(entry(What.STARTED, author=who))


def test_details() -> None:
    problem = StartFailed(name="web-01", detail=("no disk",)).problem
    assert words.detail(entry(What.START_FAILED, problem=problem)).endswith("\nno disk")
    added = fact(What.DISK_ADDED, target="vdb", source="/images/b", scope="both")
    assert words.detail(entry(added)) == "/images/b"
    assert words.detail(entry(What.STARTED)) == ""


def test_days_and_times() -> None:
    noon = time.mktime((2025, 11, 24, 12, 0, 5, 0, 0, -1))
    day = 86400
    assert words.day(noon, noon + 60) == "Today"
    assert words.day(noon, noon + day) == "Yesterday"
    assert words.day(noon, noon + 3 * day) == "Monday, 24 November"
    assert words.day(noon, noon + 300 * day) == "Monday, 24 November 2025"
    assert words.clock(noon) == "12:00:05"
    full, ago = words.moment(noon, noon + 7200).split("\n")
    assert "24 November 2025" in full
    assert ago == "02:00 ago"
